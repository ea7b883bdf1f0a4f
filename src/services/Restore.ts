import { Context, type Effect } from "effect"
import type { BackupManifest } from "../domain/archive/BackupManifest.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { ArchiveFailure, RestoreFailure } from "../errors/failure/Maintenance.js"
import type { DatabaseOpenFailed } from "../errors/failure/Startup.js"
import type { OnProgress } from "./Backup.js"

/** What a restore did. */
export interface RestoreReport {
  readonly manifest: BackupManifest
  /** Where what was there before lies now; absent where there was nothing. */
  readonly databaseBefore?: string
  readonly mediaBefore?: string
  /** Logins of the backup that were ended. */
  readonly sessionsEnded: number
  /** Access tokens of the backup that had been revoked since, and stay so. */
  readonly tokensRevoked: number
}

/** Puts an archive in the place of the site's data. */
export class Restore extends Context.Tag("starpunk/Restore")<
  Restore,
  {
    /**
     * Lays the archive out beside the data, checks all of it, and puts it into place in one step: whenever the process is
     * killed, the data directory is afterwards the old one or the new one, whole. The old one is kept beside. Refused
     * while any program has the database open, and, without `force`, where something else than StarPunk's data lies.
     * Sessions of the backup are ended, and tokens that were revoked since it was made stay revoked.
     */
    readonly restore: (
      path: string,
      options?: { readonly force?: boolean; readonly onProgress?: OnProgress }
    ) => Effect.Effect<RestoreReport, ArchiveFailure | RestoreFailure | DatabaseOpenFailed | DatabaseFailure>
  }
>() {}
