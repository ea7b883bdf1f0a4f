import { Context, type Effect } from "effect"
import type { BackupManifest } from "../domain/archive/BackupManifest.js"
import type { ArchiveFailure } from "../errors/Backup.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { DatabaseOpenFailed } from "../errors/Opening.js"
import type { RestoreFailure } from "../errors/Restore.js"
import type { OnProgress } from "./Backup.js"

/** Result of a restore. */
export interface RestoreReport {
  readonly manifest: BackupManifest
  /** New path of the previous database; absent if there was none. */
  readonly databaseBefore?: string
  readonly mediaBefore?: string
  /** Number of sessions in the backup that were ended. */
  readonly sessionsEnded: number
  /** Number of access tokens in the backup that were revoked after it was made, and stay revoked. */
  readonly tokensRevoked: number
}

/** Restores the site's data from an archive. */
export class Restore extends Context.Tag("starpunk/Restore")<
  Restore,
  {
    /**
     * Unpacks the archive beside the data, checks all of it, and moves it into place in one step: if the process is
     * killed at any time, the data directory is completely the old or completely the new one. The old one is kept
     * beside it. Refused while a program has the database open, and, without `force`, if the data directory holds other
     * files than StarPunk's. Ends the sessions of the backup. Tokens that were revoked after it was made stay revoked.
     */
    readonly restore: (
      path: string,
      options?: { readonly force?: boolean; readonly onProgress?: OnProgress }
    ) => Effect.Effect<RestoreReport, ArchiveFailure | RestoreFailure | DatabaseOpenFailed | DatabaseFailure>
  }
>() {}
