import { Context, type Effect, type Option } from "effect"
import type { BackupNotRead } from "../errors/failure/Maintenance.js"
import type { BackupReport, MakeBackupFailure } from "./Backup.js"

/** A new archive, and those that made room for it. */
export interface Added {
  readonly report: BackupReport
  /** Paths of the archives that were removed. */
  readonly removed: ReadonlyArray<string>
}

/** A directory of backups that is kept by itself. */
export interface KeptDirectory {
  /** When the newest was made, in epoch milliseconds; none where there is none. Reads names, no archive. */
  readonly latest: Effect.Effect<Option.Option<number>, BackupNotRead>
  /**
   * Makes one more, and then removes the oldest beyond the number to keep. Nothing is removed unless the new one is
   * sound, and nothing but archives with the names that this gives.
   */
  readonly add: Effect.Effect<Added, MakeBackupFailure>
}

/** The directory that the server keeps backups in (`STARPUNK_BACKUP_DIRECTORY`); none where none is set. */
export class BackupDirectory extends Context.Tag("starpunk/BackupDirectory")<
  BackupDirectory,
  Option.Option<KeptDirectory>
>() {}
