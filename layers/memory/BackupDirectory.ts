import { Clock, Effect, Option } from "effect"
import { type BackupManifest, backupFormat, backupName } from "../../src/domain/archive/BackupManifest.js"
import { BackupTargetExists } from "../../src/errors/failure/Maintenance.js"
import type { MakeBackupFailure } from "../../src/services/Backup.js"
import type { KeptDirectory } from "../../src/services/BackupDirectory.js"

/** A directory of backups of nothing, for tests of what keeps them. */
export interface MemoryDirectory extends KeptDirectory {
  /** When each was made, oldest first, in epoch milliseconds. */
  readonly made: Array<number>
  /** What the next one fails with, if it is to fail. */
  failure: MakeBackupFailure | undefined
}

const manifestAt = (createdAt: number): BackupManifest => ({
  format: backupFormat,
  program: "1.0.0",
  schema: 1,
  createdAt,
  posts: 0,
  media: 0,
  members: []
})

/** An empty one, which keeps so many. */
export const make = (keep: number): MemoryDirectory => {
  const directory: MemoryDirectory = {
    made: [],
    failure: undefined,
    latest: Effect.sync(() => (directory.made.length === 0 ? Option.none() : Option.some(Math.max(...directory.made)))),
    add: Effect.gen(function* () {
      if (directory.failure !== undefined) return yield* directory.failure
      const now = yield* Clock.currentTimeMillis
      const path = backupName(now)
      if (directory.made.includes(now)) return yield* new BackupTargetExists({ path, what: "file" })
      const removed = directory.made.toSorted((a, b) => b - a).slice(keep - 1)
      const kept = directory.made.filter((time) => !removed.includes(time))
      directory.made.splice(0, directory.made.length, ...[...kept, now].toSorted((a, b) => a - b))
      return { report: { path, bytes: 1, manifest: manifestAt(now), skipped: [] }, removed: removed.map(backupName) }
    })
  }
  return directory
}
