import { Context, type Effect } from "effect"
import type { Finding } from "../domain/archive/Finding.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { DatabaseMissing } from "../errors/failure/Maintenance.js"
import type { DatabaseOpenFailed } from "../errors/failure/Startup.js"

/** Bytes of the database file and of the write-ahead log beside it. */
export interface DatabaseSize {
  readonly database: number
  readonly log: number
}

/** What an optimization came to. */
export interface Optimized {
  readonly before: DatabaseSize
  readonly after: DatabaseSize
  /** Whether the log was folded into the file whole; a reader that goes on reading keeps it from that. */
  readonly logEmptied: boolean
}

/** The database file itself, for whoever looks after it. Beside a running server; makes no database and changes no schema. */
export class DatabaseUpkeep extends Context.Tag("starpunk/DatabaseUpkeep")<
  DatabaseUpkeep,
  {
    /**
     * Looks at everything, and answers what was seen: the file's structure, references between rows, the schema's
     * history, the search index against the posts, and media files. Damage is a finding, not a failure. Reads only.
     */
    readonly check: Effect.Effect<ReadonlyArray<Finding>, DatabaseMissing | DatabaseOpenFailed | DatabaseFailure>
    /**
     * Refreshes the query planner's statistics and folds the write-ahead log into the file. With `vacuum` the file is
     * rewritten without the room that deleted rows left: writers wait meanwhile, and the disk needs its size once more.
     */
    readonly optimize: (options?: {
      readonly vacuum?: boolean
    }) => Effect.Effect<Optimized, DatabaseMissing | DatabaseOpenFailed | DatabaseFailure>
  }
>() {}
