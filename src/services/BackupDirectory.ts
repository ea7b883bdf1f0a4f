import { Context, type Effect, type Option, type Scope, type Stream } from "effect"
import type { BackupNotRead } from "../errors/Backup.js"
import type { BackupReport, MakeBackupFailure, Progress } from "./Backup.js"

/** A new archive, and the old ones that were removed for it. */
export interface Added {
  readonly report: BackupReport
  /** Paths of the archives that were removed. */
  readonly removed: ReadonlyArray<string>
}

/** An archive of the directory. */
export interface KeptBackup {
  /** Name of the file, without its directory. */
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Size in bytes. */
  readonly bytes: number
}

/** An archive that is being read. */
export interface OpenBackup extends KeptBackup {
  /** Its bytes; can be read once. */
  readonly content: Stream.Stream<Uint8Array, BackupNotRead>
}

/** A directory in which backups are made and removed automatically. */
export interface KeptDirectory {
  /** Time of the newest archive in epoch milliseconds; none if there is no archive. Reads file names only. */
  readonly latest: Effect.Effect<Option.Option<number>, BackupNotRead>
  /**
   * Makes an archive, then removes the oldest ones beyond the number to keep. Removes nothing unless the new archive is
   * valid, and only files whose names this service gives. Waits while another one is being made.
   */
  readonly add: Effect.Effect<Added, MakeBackupFailure>
  /** As `add`, but makes none if another one is being made. */
  readonly addUnlessBusy: Effect.Effect<Option.Option<Added>, MakeBackupFailure>
  /** Progress of the one that is being made. */
  readonly underway: Effect.Effect<Option.Option<Progress>>
  /** Number of archives that are kept. */
  readonly keep: number
  /** All archives, newest first. */
  readonly list: Effect.Effect<ReadonlyArray<KeptBackup>, BackupNotRead>
  /** Opens an archive by its name; none if there is none. It can be read to its end even if it is removed meanwhile. */
  readonly open: (name: string) => Effect.Effect<Option.Option<OpenBackup>, BackupNotRead, Scope.Scope>
}

/** The directory in which the server keeps backups (`STARPUNK_BACKUP_DIRECTORY`); none if it is not set. */
export class BackupDirectory extends Context.Tag("starpunk/BackupDirectory")<
  BackupDirectory,
  Option.Option<KeptDirectory>
>() {}
