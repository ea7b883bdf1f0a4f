import { Context, type Effect } from "effect"
import type { BackupManifest } from "../domain/archive/BackupManifest.js"
import type { ArchiveFailure, BackupFailure } from "../errors/Backup.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { DatabaseMissing } from "../errors/Maintenance.js"
import type { DatabaseOpenFailed } from "../errors/Opening.js"
import type { RestoreNotDone } from "../errors/Restore.js"

/** Progress of a long operation. */
export interface Progress {
  /** The current step, in words for people: `Copying the database`. */
  readonly step: string
  /** Bytes done and bytes in total; the total is 0 if it is unknown. */
  readonly done: number
  readonly total: number
}

/** Receives progress, often. The display has to throttle it. */
export type OnProgress = (progress: Progress) => void

/** An archive and its contents. */
export interface BackupReport {
  readonly path: string
  /** Size of the archive in bytes. */
  readonly bytes: number
  readonly manifest: BackupManifest
  /**
   * Entries of the media directory that were skipped because they are not media files of this site: links, sockets,
   * unknown names.
   */
  readonly skipped: ReadonlyArray<string>
  /** The object store that has the media, which are then no part of the archive; absent if they are in the data directory. */
  readonly mediaElsewhere?: string
}

/** Failures of `create`. */
export type MakeBackupFailure =
  | BackupFailure
  | ArchiveFailure
  | RestoreNotDone
  | DatabaseMissing
  | DatabaseOpenFailed
  | DatabaseFailure

/** Archives of all data of the site: database, media, and a manifest with their hashes. */
export class Backup extends Context.Tag("starpunk/Backup")<
  Backup,
  {
    /**
     * Writes an archive while the server goes on writing: a checked copy of the database as of one moment, and every
     * media file. Reads the archive back and compares it before it gets its final name, so a file of that name is
     * always complete; a failure leaves nothing behind. The file is readable by its owner only, because it holds hashes
     * of credentials. An existing file is replaced only with `replace`.
     */
    readonly create: (
      path: string,
      options?: { readonly replace?: boolean; readonly onProgress?: OnProgress }
    ) => Effect.Effect<BackupReport, MakeBackupFailure>
    /** Reads a whole archive and checks all of it, the database included, without restoring anything. */
    readonly verify: (
      path: string,
      options?: { readonly onProgress?: OnProgress }
    ) => Effect.Effect<BackupReport, ArchiveFailure | BackupFailure>
  }
>() {}
