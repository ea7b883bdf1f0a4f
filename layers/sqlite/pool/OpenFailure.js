import { accessSync, constants, statSync } from "node:fs"
import { dirname } from "node:path"
import { codeOf } from "../../files/ErrorCode.js"

/** @typedef {typeof import("../../../src/errors/Opening.js").OpenReason.Type} OpenReason */

/**
 * @param {string} path
 * @param {number} mode
 * @returns {OpenReason | undefined}
 */
const forbidden = (path, mode) => {
  try {
    accessSync(path, mode)
    return undefined
  } catch (error) {
    if (codeOf(error) === "EROFS") return "read_only"
    return codeOf(error) === "ENOENT" ? undefined : "not_permitted"
  }
}

/**
 * Returns the reason for which the file system prevents writing there. SQLite itself
 * reports CANTOPEN for all of it, or silently
 * opens a read-only file for reading.
 * @param {string} path
 * @returns {OpenReason | undefined}
 */
export const obstacle = (path) => {
  const directory = statSync(dirname(path), { throwIfNoEntry: false })
  if (!directory?.isDirectory()) return "directory_missing"
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return "is_a_directory"
  // The log and its index are created beside the file.
  const reason = forbidden(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK)
  if (reason !== undefined) return reason
  return forbidden(path, constants.R_OK) ?? (forbidden(path, constants.W_OK) && "read_only")
}

/**
 * @param {string} code
 * @param {string} path
 * @returns {OpenReason}
 */
const reasonFromCode = (code, path) => {
  if (code === "SQLITE_NOTADB") return "not_a_database"
  if (code.startsWith("SQLITE_CORRUPT")) return "corrupt"
  // Another file was moved into place between opening and the first write; a retry opens that one.
  if (code === "SQLITE_READONLY_DBMOVED") return "locked"
  if (code.startsWith("SQLITE_READONLY")) return "read_only"
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return "locked"
  if (code.startsWith("SQLITE_")) return obstacle(path) ?? "unknown"
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
   * Finds the reason of an error of the driver.
   * @param {unknown} error
   * @param {string} path
   * @param {string | undefined} [nativeBinding] The addon that the settings name instead of the installed one.
   * @returns {OpenFailure}
   */
  static from(error, path, nativeBinding) {
    if (error instanceof OpenFailure) return error
    const failure = OpenFailure.#of(error, path)
    return nativeBinding !== undefined && failure.reason === "driver_missing"
      ? new OpenFailure("binding_unusable", `STARPUNK_SQLITE_BINDING is ${nativeBinding}: ${failure.message}`)
      : failure
  }

  /**
   * @param {unknown} error
   * @param {string} path
   */
  static #of(error, path) {
    const detail = error instanceof Error ? error.message : String(error)
    const code = codeOf(error)
    if (code !== "") return new OpenFailure(reasonFromCode(code, path), `${code}: ${detail}`)
    if (detail.startsWith("Could not locate the bindings file")) return new OpenFailure("driver_missing", detail)
    return new OpenFailure(obstacle(path) ?? "unknown", detail)
  }
}
