import { open, statfs, unlink } from "node:fs/promises"
import { join } from "node:path"
import { Effect } from "effect"
import type { Failure } from "../../src/errors/Failure.js"
import { DatabaseFull, DatabaseReadOnly, DatabaseUnavailable } from "../../src/errors/failure/Database.js"
import { type Check, degraded, healthy, type Observation, unhealthy } from "./Check.js"

/** Room below which the owner should look, and below which the next photo may not fit. 1 MiB = 1,048,576 bytes. */
const bytes = { warn: 256 * 1_048_576, fail: 16 * 1_048_576 }
/** The same for files that can still be made. File systems without such a limit (btrfs) say there are none at all. */
const inodes = { warn: 1_000, fail: 100 }

/** Whether a file can be made and removed again, durably. Rejects with the system's error. */
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

/** What is left of a file system, as `statfs(2)` tells it. */
export interface Room {
  readonly bavail: number
  readonly bsize: number
  readonly ffree: number
  readonly files: number
}

/** Whether the room that is left is enough. */
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
  // Named after the process, so that one that was killed in between leaves a single file behind.
  await writeAndRemove(join(directory, `.health-check-${process.pid}`))
  return observation
}

/** What happened as the database would have called it: it lies on the same disk. */
const failureOf = (error: unknown): Failure => {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "UNKNOWN"
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new DatabaseFull({ driverCode: code })
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new DatabaseReadOnly({ driverCode: code })
    default:
      return new DatabaseUnavailable({ driverCode: code })
  }
}

/** Writes, syncs and removes a small file in the data directory every 30 seconds, and looks how much room is left. */
export const filesystem = (directory: string): Check => ({
  name: "filesystem",
  interval: "30 seconds",
  look: Effect.tryPromise({ try: () => look(directory), catch: failureOf })
})
