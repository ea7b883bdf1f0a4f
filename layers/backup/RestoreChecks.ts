import { constants } from "node:fs"
import { access, lstat, readFile, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { RestoreNotDone } from "../../src/errors/Restore.js"
import { codeOf } from "../files/ErrorCode.js"
import { pathOf, troubleOf } from "../files/FileTrouble.js"
import { ifMissing } from "../files/IfMissing.js"
import type { Places } from "./Places.js"

type Reason = RestoreNotDone["reason"]

const refused = (path: string, reason: Reason, detail: string) =>
  new RestoreNotDone({ path, reason, detail, state: "unchanged" })

const ifThere = <A>(work: Promise<A>): Promise<A | undefined> => work.catch(ifMissing(undefined))

/** Converts a failed call to a refusal. `EPERM` for root is an immutable file: `chattr +i`. */
const refusal =
  (path: string) =>
  (error: unknown): RestoreNotDone => {
    const { detail, reason } = troubleOf(error)
    return refused(pathOf(error) ?? path, codeOf(error) === "EPERM" ? "immutable" : reason, detail)
  }

/** Fails unless files in the directory can be created, replaced and removed. */
const mayChange = async (path: string): Promise<void> => {
  const found = await stat(path)
  if (!found.isDirectory()) throw refused(path, "not_a_directory", "ENOTDIR")
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
}

/**
 * Mount points of the process: https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html; empty on systems
 * without that file.
 */
const mountPoints = async (): Promise<ReadonlySet<string>> => {
  const text = await readFile("/proc/self/mountinfo", "utf8").catch(() => "")
  const unescape = (path: string) =>
    path.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
  return new Set(text.split("\n").map((line) => unescape(line.split(" ")[4] ?? "")))
}

/** Fails if a file that has to be replaced or moved is immutable. */
const mayBeMoved = async (path: string): Promise<void> => {
  await access(path, constants.W_OK).catch((error: unknown) => {
    // Write access to the directory is enough to replace a file that is not writable, or a broken link.
    if (codeOf(error) !== "EACCES" && codeOf(error) !== "ENOENT") throw error
  })
}

/**
 * Rejects with `RestoreNotDone` unless everything that a restore moves into place can be moved, as far as that can be
 * checked before.
 */
export const places = async ({ dataPath, databasePath, mediaPath }: Places): Promise<void> => {
  try {
    await mayChange(dataPath)
    await mayChange(dirname(databasePath))
    const database = await ifThere(lstat(databasePath))
    if (database !== undefined && !database.isFile())
      throw refused(databasePath, "in_the_way", "it is not a regular file")
    if ((await mountPoints()).has(databasePath)) throw refused(databasePath, "mount_point", "a mounted file")
    if (database !== undefined) await mayBeMoved(databasePath)
    if ((await ifThere(stat(mediaPath))) !== undefined) await mayChange(mediaPath)
    // A broken link in place of the media directory means that its file system is not mounted.
    else await mayChange(dirname(mediaPath))
  } catch (error) {
    throw error instanceof RestoreNotDone ? error : refusal(dataPath)(error)
  }
}

/**
 * Rejects with `RestoreNotDone` unless the new and the existing media files can be moved, as far as that can be checked
 * before.
 */
export const media = async (
  { mediaPath }: Places,
  put: ReadonlyArray<string>,
  old: ReadonlyArray<string>
): Promise<void> => {
  try {
    const known = new Set(old)
    for (const directory of new Set([...put, ...old].map((name) => dirname(join(mediaPath, name))))) {
      if ((await ifThere(stat(directory))) !== undefined) await mayChange(directory)
    }
    for (const name of old) await mayBeMoved(join(mediaPath, name))
    for (const name of put) {
      if (known.has(name)) continue
      const found = await ifThere(lstat(join(mediaPath, name)))
      if (found !== undefined && !found.isFile())
        throw refused(join(mediaPath, name), "in_the_way", "it is not a regular file")
    }
  } catch (error) {
    throw error instanceof RestoreNotDone ? error : refusal(mediaPath)(error)
  }
}
