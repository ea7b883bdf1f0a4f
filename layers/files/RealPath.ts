import { lstat, readlink, realpath } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT"

/**
 * The absolute path that a path leads to once every symbolic link is followed, also where the last parts do not exist
 * yet: a link to a file that is still to be made leads to the place of that file. Rejects with the system's error, such as
 * `ELOOP`.
 */
export const realPathOf = async (given: string): Promise<string> => {
  const path = resolve(given)
  try {
    return await realpath(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false
  )
  const parent = await (dirname(path) === path ? path : realPathOf(dirname(path)))
  return isLink ? realPathOf(resolve(parent, await readlink(path))) : join(parent, basename(path))
}
