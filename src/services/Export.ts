import { Context, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { DatabaseMissing, RestoreNotDone } from "../errors/failure/Maintenance.js"
import type { ExportFailure } from "../errors/failure/Portability.js"
import type { DatabaseOpenFailed, MigrationChanged, MigrationFailed, SchemaTooNew } from "../errors/failure/Startup.js"
import type { OnProgress } from "./Backup.js"

/** An export and what is in it. */
export interface ExportReport {
  readonly path: string
  readonly posts: number
  /** Media files, their renderings not counted. */
  readonly media: number
  /** Media that the site knows of and whose files are not there, by name: they are left out. */
  readonly missing: ReadonlyArray<string>
}

/** Why there is no export. */
export type MakeExportFailure =
  | ExportFailure
  | RestoreNotDone
  | DatabaseMissing
  | DatabaseOpenFailed
  | DatabaseFailure
  | SchemaTooNew
  | MigrationChanged
  | MigrationFailed

/** Everything that was written on this site, as files that people and other programs can read. */
export class Export extends Context.Tag("starpunk/Export")<
  Export,
  {
    /**
     * Writes every post, in whatever state, as Markdown with front matter, and every media file, as of one moment and
     * beside a running server, which goes on writing. The same content gives the same bytes. The directory must not exist
     * or be empty; it gets its name when all of it is written, and whatever fails, nothing is left behind. Only its owner
     * may look into it: private posts, drafts and deleted posts are in it. Logins and tokens are not.
     */
    readonly create: (
      directory: string,
      options?: { readonly onProgress?: OnProgress }
    ) => Effect.Effect<ExportReport, MakeExportFailure>
  }
>() {}
