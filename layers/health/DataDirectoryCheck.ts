import { open, statfs, unlink } from "node:fs/promises"
import { join } from "node:path"
import { Effect } from "effect"
import { DatabaseFull, DatabaseReadOnly, DatabaseUnavailable } from "../../src/errors/Database.js"
import type { Failure } from "../../src/errors/Failure.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"
import { type Check, degraded, healthy, type Observation, unhealthy } from "./Check.js"

/** Free space below which the owner should act, and below which the next photo may not fit. 1 MiB = 1,048,576 bytes. */
const bytes = { warn: 256 * 1_048_576, fail: 16 * 1_048_576 }
/** The same limits for the number of files. File systems without such a limit (btrfs) report zero. */
const inodes = { warn: 1_000, fail: 100 }

/** Creates, syncs and removes a file. Rejects with the system's error. */
export const writeAndRemove = async (path: string): Promise<void> => {
  const file = await open(path, "w", 0o600)
  try {
    await file.write("ok")
    await file.sync()
  } finally {
    await file.close()
    await unlink(path)
  }
}

/** Free space of a file system, as in `statfs(2)`. */
export interface Room {
  readonly bavail: number
  readonly bsize: number
  readonly ffree: number
  readonly files: number
}

/** Judges the free space. */
export const judge = ({ bavail, bsize, ffree, files }: Room): Observation => {
  const free = bavail * bsize
  const counted = files > 0
  const details = { free_bytes: free, ...(counted ? { free_inodes: ffree } : {}) }
  if (free < bytes.fail || (counted && ffree < inodes.fail)) return unhealthy("storage.full", details)
  if (free < bytes.warn || (counted && ffree < inodes.warn)) return degraded("low_space", details)
  return healthy(details)
}

const look = async (directory: string): Promise<Observation> => {
  const observation = judge(await statfs(directory))
  // The name contains the process id, so that a killed process leaves at most one file.
  await writeAndRemove(join(directory, `.health-check-${process.pid}`))
  return observation
}

/** Converts an error to the failure that the database would report, because it is on the same disk. */
const failureOf = (error: unknown): Failure => {
  const driverCode = codeOf(error) || "UNKNOWN"
  switch (troubleOf(error).reason) {
    case "full":
      return new DatabaseFull({ driverCode })
    case "read_only":
    case "denied":
      return new DatabaseReadOnly({ driverCode })
    default:
      return new DatabaseUnavailable({ driverCode })
  }
}

/** Writes, syncs and removes a small file in the data directory every 30 seconds, and checks the free space. */
export const filesystem = (directory: string): Check => ({
  name: "filesystem",
  interval: "30 seconds",
  look: Effect.tryPromise({ try: () => look(directory), catch: failureOf })
})
