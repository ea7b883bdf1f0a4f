import { Context, type Effect } from "effect"
import type { BackupManifest } from "../domain/archive/BackupManifest.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { ArchiveFailure, BackupFailure, DatabaseMissing, RestoreNotDone } from "../errors/failure/Maintenance.js"
import type { DatabaseOpenFailed } from "../errors/failure/Startup.js"

/** How far long work has come. */
export interface Progress {
  /** What is being done, as a person would say it: `Copying the database`. */
  readonly step: string
  /** Bytes done, and bytes there are to do; the total is 0 where nobody knows it. */
  readonly done: number
  readonly total: number
}

/** Hears of progress, often: whoever shows it does so less often. */
export type OnProgress = (progress: Progress) => void

/** An archive and what it holds. */
export interface BackupReport {
  readonly path: string
  /** The archive's size. */
  readonly bytes: number
  readonly manifest: BackupManifest
  /** Things in the media directory that are no files of ours, and were passed over: links, sockets, odd names. */
  readonly skipped: ReadonlyArray<string>
}

/** Why there is no new archive. */
export type MakeBackupFailure =
  | BackupFailure
  | ArchiveFailure
  | RestoreNotDone
  | DatabaseMissing
  | DatabaseOpenFailed
  | DatabaseFailure

/** Archives of everything the site knows: database, media, and a manifest with their hashes. */
export class Backup extends Context.Tag("starpunk/Backup")<
  Backup,
  {
    /**
     * Makes an archive beside a running server, which goes on writing: a copy of the database as of one moment, checked,
     * and every media file. What was written is read again and compared before it gets its name, so a file of this name
     * is always whole; whatever fails, nothing is left behind. Only its owner may read it: it holds hashes of
     * credentials. Refuses to replace a file unless told to.
     */
    readonly create: (
      path: string,
      options?: { readonly replace?: boolean; readonly onProgress?: OnProgress }
    ) => Effect.Effect<BackupReport, MakeBackupFailure>
    /** Reads an archive to its end and checks all of it, the database included, without putting anything into place. */
    readonly verify: (
      path: string,
      options?: { readonly onProgress?: OnProgress }
    ) => Effect.Effect<BackupReport, ArchiveFailure | BackupFailure>
  }
>() {}
