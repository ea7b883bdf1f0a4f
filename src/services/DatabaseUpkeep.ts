import { Context, type Effect } from "effect"
import type { Finding } from "../domain/archive/Finding.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { DatabaseMissing } from "../errors/Maintenance.js"
import type { DatabaseOpenFailed } from "../errors/Opening.js"

/** Bytes of the database file and of its write-ahead log. */
export interface DatabaseSize {
  readonly database: number
  readonly log: number
}

/** Result of an optimization. */
export interface Optimized {
  readonly before: DatabaseSize
  readonly after: DatabaseSize
  /** Whether the checkpoint copied all of the log into the file; a long-running reader prevents that. */
  readonly logEmptied: boolean
}

/** Maintenance of the database file, beside a running server. Creates no database and changes no schema. */
export class DatabaseUpkeep extends Context.Tag("starpunk/DatabaseUpkeep")<
  DatabaseUpkeep,
  {
    /**
     * Checks the file's structure, references between rows, the schema's history, the search index against the posts,
     * and media files. Damage is a finding, not a failure. Reads only.
     */
    readonly check: Effect.Effect<ReadonlyArray<Finding>, DatabaseMissing | DatabaseOpenFailed | DatabaseFailure>
    /**
     * Refreshes the query planner's statistics and checkpoints the write-ahead log. With `vacuum`, also rewrites the
     * file without the space of deleted rows: writers wait meanwhile, and the disk needs free space of the database's
     * size.
     */
    readonly optimize: (options?: {
      readonly vacuum?: boolean
    }) => Effect.Effect<Optimized, DatabaseMissing | DatabaseOpenFailed | DatabaseFailure>
  }
>() {}
