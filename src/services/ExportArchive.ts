import { Context, type Effect, type Scope, type Stream } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"
import type { ExportBusy, ExportNotWritten, ExportSourceUnreadable } from "../errors/Export.js"
import type { DatabaseOpenFailed } from "../errors/Opening.js"
import type { MigrationChanged, MigrationFailed, SchemaTooNew } from "../errors/Startup.js"

/** Failures before the first byte of an archive. */
export type MakeArchiveFailure =
  | ExportBusy
  | ExportNotWritten
  | DatabaseOpenFailed
  | DatabaseFailure
  | SchemaTooNew
  | MigrationChanged
  | MigrationFailed

/** Failures while an archive is read. */
export type ReadArchiveFailure = ExportSourceUnreadable | DatabaseFailure

/** The site's content as one zip file, for the owner's browser. */
export class ExportArchive extends Context.Tag("starpunk/ExportArchive")<
  ExportArchive,
  {
    /**
     * Begins an archive of the files that `Export.create` writes, as of this moment: with the same paths, the manifest
     * last. Returns the bytes of a zip file, which are made as fast as they are read, and in bounded memory. The stream
     * can be read once. Over PostgreSQL, posts are as of the moment at which each is read. A slow reader delays nobody: it holds only a temporary copy of the database until the scope
     * closes. Only a few archives may be open at the same time.
     */
    readonly begin: Effect.Effect<Stream.Stream<Uint8Array, ReadArchiveFailure>, MakeArchiveFailure, Scope.Scope>
  }
>() {}
