import { Clock, Effect, Option } from "effect"
import { type BackupManifest, backupFormat, backupName } from "../../src/domain/archive/BackupManifest.js"
import { BackupTargetExists } from "../../src/errors/failure/Maintenance.js"
import type { MakeBackupFailure } from "../../src/services/Backup.js"
import type { KeptDirectory } from "../../src/services/BackupDirectory.js"

/** In-memory directory of empty backups for tests. */
export interface MemoryDirectory extends KeptDirectory {
  /** Creation times of the backups in epoch milliseconds, oldest first. */
  readonly made: Array<number>
  /** Failure of the next backup, if it shall fail. */
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

/** Creates an empty directory that keeps this many backups. */
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
