import { lstat, readlink, realpath } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { codeOf } from "./ErrorCode.js"

/**
 * The absolute path with all symbolic links resolved, also if its last parts do not exist yet: a link to a missing file
 * resolves to that file's path. Rejects with the system's error, such as `ELOOP`.
 */
export const realPathOf = async (given: string): Promise<string> => {
  const path = resolve(given)
  try {
    return await realpath(path)
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error
  }
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false
  )
  const parent = await (dirname(path) === path ? path : realPathOf(dirname(path)))
  return isLink ? realPathOf(resolve(parent, await readlink(path))) : join(parent, basename(path))
}
