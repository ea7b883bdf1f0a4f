import { chown, copyFile, lstat, readlink, rename, rm, symlink, unlink } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { syncDirectory, syncFile } from "../files/DurableFile.js"
import { codeOf } from "../files/FileTrouble.js"

/** Begins the names of copies on their way; what is called so is no file of the site's. */
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
 * Moves a file or a link, replacing what lies at its target. Where a rename cannot do that, across file systems and
 * between two mounts of one (`EXDEV`), the file is copied: its target is whole at every moment, and the source goes only
 * once the copy is durable, so a move that was cut off can be repeated.
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
