import { constants } from "node:fs"
import { access, lstat, readdir, stat, statfs } from "node:fs/promises"
import { join } from "node:path"
import { Effect } from "effect"
import { ifMissing } from "../files/IfMissing.js"
import { failureOf } from "../media/MediaFailures.js"
import { type Check, degraded, healthy, type Observation } from "./Check.js"
import { judge, writeAndRemove } from "./DataDirectoryCheck.js"

const isThere = (path: string): Promise<boolean> => stat(path).then(() => true, ifMissing(false))

const isLink = (path: string): Promise<boolean> => lstat(path).then((found) => found.isSymbolicLink(), ifMissing(false))

/** Number of folders in `media/` that are not writable. */
const closedShelves = async (media: string): Promise<number> => {
  const shelves = (await readdir(media)).filter((name) => /^[0-9a-f]{2}$/.test(name))
  const closed = await Promise.all(
    shelves.map((shelf) =>
      access(join(media, shelf), constants.W_OK | constants.X_OK).then(
        () => false,
        () => true
      )
    )
  )
  return closed.filter(Boolean).length
}

const look = async (dataPath: string): Promise<Observation> => {
  const media = join(dataPath, "media")
  if (!(await isThere(media))) {
    // A broken link means that its file system is not mounted. Without a link, the first upload creates the directory.
    if (await isLink(media)) await stat(media)
    return healthy()
  }
  const incoming = join(media, ".incoming")
  await writeAndRemove(join((await isThere(incoming)) ? incoming : media, `.health-check-${process.pid}`))
  const closed = await closedShelves(media)
  if (closed > 0) return degraded("folders_not_writable", { closed_folders: closed })
  const isOnDiskOfData = (await stat(media)).dev === (await stat(dataPath)).dev
  return isOnDiskOfData ? healthy() : judge(await statfs(media))
}

/**
 * Writes, syncs and removes a small file where uploads begin, every 30 seconds, and checks that each folder is
 * writable.
 */
export const mediaDirectory = (dataPath: string): Check => ({
  name: "media",
  interval: "30 seconds",
  look: Effect.tryPromise({ try: () => look(dataPath), catch: (error) => failureOf("write", error) })
})
