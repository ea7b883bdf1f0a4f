import { link, open, rename, unlink } from "node:fs/promises"
import { dirname } from "node:path"
import { codeOf } from "./ErrorCode.js"

/**
 * Syncs the entries of a directory, so that they survive a power failure, where the system can (Windows cannot open
 * directories).
 */
export const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(path, "r").catch((error: unknown) => {
    if (codeOf(error) === "EISDIR" || codeOf(error) === "EPERM") return undefined
    throw error
  })
  try {
    await directory?.sync()
  } finally {
    await directory?.close()
  }
}

/** Syncs a file, so that its content survives a power failure. */
export const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, "r+")
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Writes a file and syncs it, so that its content survives a power failure. */
export const writeSynced = async (
  path: string,
  content: Uint8Array | string,
  { flag, mode }: { readonly flag: "w" | "wx"; readonly mode: number }
): Promise<void> => {
  const file = await open(path, flag, mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Error codes of file systems without hard links (FAT, some network shares). */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"])

/** Returns whether an error says that hard links are not possible. */
export const cannotLink = (error: unknown): boolean => withoutLinks.has(codeOf(error))

/**
 * Moves a finished file to its name, atomically, and syncs it. Without `replace`, rejects with EEXIST if the name is
 * taken.
 */
export const place = async (from: string, to: string, replace: boolean): Promise<void> => {
  if (replace) await rename(from, to)
  else {
    try {
      // A hard link fails if the name is taken; a rename would replace the file.
      await link(from, to)
      await unlink(from)
    } catch (error) {
      if (!cannotLink(error)) throw error
      // Without hard links, an exclusively created file reserves the name; the rename then replaces it.
      await (await open(to, "wx", 0o600)).close()
      await rename(from, to)
    }
  }
  await syncDirectory(dirname(to))
}
