import { Context, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"
import type { ExportFailure } from "../errors/Export.js"
import type { DatabaseMissing } from "../errors/Maintenance.js"
import type { DatabaseOpenFailed } from "../errors/Opening.js"
import type { RestoreNotDone } from "../errors/Restore.js"
import type { MigrationChanged, MigrationFailed, SchemaTooNew } from "../errors/Startup.js"
import type { OnProgress } from "./Backup.js"

/** An export and its contents. */
export interface ExportReport {
  readonly path: string
  readonly posts: number
  /** Number of media files, without their renderings. */
  readonly media: number
  /** Names of media files that the database lists and whose files are missing. They are left out. */
  readonly missing: ReadonlyArray<string>
}

/** Failures of `create`. */
export type MakeExportFailure =
  | ExportFailure
  | RestoreNotDone
  | DatabaseMissing
  | DatabaseOpenFailed
  | DatabaseFailure
  | SchemaTooNew
  | MigrationChanged
  | MigrationFailed

/** Exports the site's content as files that people and other programs can read. */
export class Export extends Context.Tag("starpunk/Export")<
  Export,
  {
    /**
     * Writes every post of any state as Markdown with front matter, and every media file, as of one moment, while the
     * server goes on writing. The same content gives the same bytes. The directory must be empty or not exist. It gets
     * its name when everything is written; a failure leaves nothing behind. Only its owner may read it, because it
     * holds private posts, drafts and deleted posts. Logins and tokens are left out.
     */
    readonly create: (
      directory: string,
      options?: { readonly onProgress?: OnProgress }
    ) => Effect.Effect<ExportReport, MakeExportFailure>
  }
>() {}
