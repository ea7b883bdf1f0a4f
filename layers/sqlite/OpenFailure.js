import { accessSync, constants, statSync } from "node:fs"
import { dirname } from "node:path"

/** @typedef {typeof import("../../src/errors/failure/Startup.js").OpenReason.Type} OpenReason */

/** @param {unknown} error */
const codeOf = (error) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined

/**
 * SQLite says CANTOPEN for half a dozen different reasons; the file system knows which one it was.
 * @param {string} path
 * @returns {OpenReason}
 */
const reasonFromFileSystem = (path) => {
  const directory = statSync(dirname(path), { throwIfNoEntry: false })
  if (!directory?.isDirectory()) return "directory_missing"
  const file = statSync(path, { throwIfNoEntry: false })
  if (file?.isDirectory()) return "is_a_directory"
  try {
    accessSync(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK)
    if (file) accessSync(path, constants.R_OK | constants.W_OK)
    return "unknown"
  } catch (error) {
    return codeOf(error) === "EROFS" ? "read_only" : "not_permitted"
  }
}

/**
 * @param {string} code
 * @param {string} path
 * @returns {OpenReason}
 */
const reasonFromCode = (code, path) => {
  if (code === "SQLITE_NOTADB") return "not_a_database"
  if (code.startsWith("SQLITE_CORRUPT")) return "corrupt"
  if (code.startsWith("SQLITE_READONLY")) return "read_only"
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return "locked"
  if (code.startsWith("SQLITE_") || code === "EACCES") return reasonFromFileSystem(path)
  return code === "ERR_DLOPEN_FAILED" || code.endsWith("MODULE_NOT_FOUND") ? "driver_missing" : "unknown"
}

/** Why a connection could not be opened. */
export class OpenFailure extends Error {
  /**
   * @param {OpenReason} reason
   * @param {string} detail For the operator.
   */
  constructor(reason, detail) {
    super(detail)
    this.reason = reason
  }

  /**
   * Finds the reason behind whatever the driver threw.
   * @param {unknown} error
   * @param {string} path
   * @returns {OpenFailure}
   */
  static from(error, path) {
    if (error instanceof OpenFailure) return error
    const detail = error instanceof Error ? error.message : String(error)
    const code = codeOf(error)
    if (code !== undefined) return new OpenFailure(reasonFromCode(code, path), `${code}: ${detail}`)
    if (detail.startsWith("Could not locate the bindings file")) return new OpenFailure("driver_missing", detail)
    return new OpenFailure(reasonFromFileSystem(path), detail)
  }
}
