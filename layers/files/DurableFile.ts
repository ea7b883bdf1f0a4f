import { link, open, rename, unlink } from "node:fs/promises"
import { dirname } from "node:path"
import { codeOf } from "./FileTrouble.js"

/** Makes the names in a directory survive a power cut, where the system can (Windows cannot open directories). */
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

/** Makes a file's content survive a power cut. */
export const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, "r+")
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** File systems without hard links (FAT, some network shares) say so in these ways. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"])

/** Whether an error says that no hard link can be made there. */
export const cannotLink = (error: unknown): boolean => withoutLinks.has(codeOf(error))

/**
 * Gives a finished file its name, in one step and durably. Without `replace`, rejects with EEXIST when something lies
 * there by now.
 */
export const place = async (from: string, to: string, replace: boolean): Promise<void> => {
  if (replace) await rename(from, to)
  else {
    try {
      // A link is refused where something lies; a rename would replace it.
      await link(from, to)
      await unlink(from)
    } catch (error) {
      if (!cannotLink(error)) throw error
      // Only a reservation can keep others from the name here; the rename then replaces it.
      await (await open(to, "wx", 0o600)).close()
      await rename(from, to)
    }
  }
  await syncDirectory(dirname(to))
}
