import { Context, type Effect, type Option } from "effect"
import type { BackupNotRead } from "../errors/Backup.js"
import type { BackupReport, MakeBackupFailure } from "./Backup.js"

/** A new archive, and the old ones that were removed for it. */
export interface Added {
  readonly report: BackupReport
  /** Paths of the archives that were removed. */
  readonly removed: ReadonlyArray<string>
}

/** A directory in which backups are made and removed automatically. */
export interface KeptDirectory {
  /** Time of the newest archive in epoch milliseconds; none if there is no archive. Reads file names only. */
  readonly latest: Effect.Effect<Option.Option<number>, BackupNotRead>
  /**
   * Makes an archive, then removes the oldest ones beyond the number to keep. Removes nothing unless the new archive is
   * valid, and only files whose names this service gives.
   */
  readonly add: Effect.Effect<Added, MakeBackupFailure>
}

/** The directory in which the server keeps backups (`STARPUNK_BACKUP_DIRECTORY`); none if it is not set. */
export class BackupDirectory extends Context.Tag("starpunk/BackupDirectory")<
  BackupDirectory,
  Option.Option<KeptDirectory>
>() {}
