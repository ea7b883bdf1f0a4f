import { chown, copyFile, lstat, readlink, rename, rm, symlink, unlink } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { syncDirectory, syncFile } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"

/** Prefix of files that are being copied; they do not belong to the site. */
export const draftPrefix = ".restore-draft-"

const copyTo = async (from: string, draft: string): Promise<void> => {
  const found = await lstat(from)
  await rm(draft, { force: true })
  if (found.isSymbolicLink()) return symlink(await readlink(from), draft)
  await copyFile(from, draft)
  if (process.getuid?.() === 0) await chown(draft, found.uid, found.gid)
  await syncFile(draft)
}

/**
 * Moves a file or a link and replaces the target. If a rename is not possible, across file systems or mounts (`EXDEV`),
 * it copies the file: the target is complete at every moment, and the source is removed only after the copy is synced,
 * so an interrupted move can be repeated.
 */
export const move = async (from: string, to: string): Promise<void> => {
  try {
    return await rename(from, to)
  } catch (error) {
    if (codeOf(error) !== "EXDEV") throw error
  }
  const draft = join(dirname(to), `${draftPrefix}${basename(to)}`)
  try {
    await copyTo(from, draft)
    await rename(draft, to)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw error
  }
  await syncDirectory(dirname(to))
  await unlink(from)
}
