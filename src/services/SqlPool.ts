import type { SqlClient, SqlError } from "@effect/sql"
import { Context, type Duration, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** The two kinds of connection: exactly one writer, and a few read-only readers. */
export type LaneName = "reader" | "writer"

/**
 * Lends a connection for as long as `use` runs. Every `SqlError` leaves as a classified `DatabaseFailure`. Asking again
 * inside `use` gets the same connection, never a second one. BLOBs come as `Uint8Array`; a statement that answers very
 * many rows (250,000 in SQLite) fails as `QueryFailed`, so whatever has no bound is asked for page by page.
 */
export type Use = <A, E, R>(
  use: (sql: SqlClient.SqlClient) => Effect.Effect<A, E, R>
) => Effect.Effect<A, Exclude<E, SqlError.SqlError> | DatabaseFailure, R>

/** One lane's counters since the process started; the names are the seed's, so that dashboards keep working. */
export interface LaneStats {
  /** Connections handed out. */
  readonly acquired: number
  /** Connections given back. Equal to `acquired` whenever `active` is 0. */
  readonly released: number
  /** Connections opened, replacements included. */
  readonly created: number
  /** Seconds that all acquisitions together have waited. */
  readonly wait_time_total: number
  /** Connections lent right now. */
  readonly active: number
  /** Connections this lane may have at most. */
  readonly pool_size: number
  /** Connections idle right now. */
  readonly available: number
  /** Callers in line right now. */
  readonly waiting: number
  /** Callers that gave up at the acquire timeout, or were refused because the line was full. */
  readonly timeouts: number
  /** Connections thrown away because they were broken. */
  readonly invalidated: number
}

/** Connections to the database. Nothing else opens it while the server runs. */
export class SqlPool extends Context.Tag("starpunk/SqlPool")<
  SqlPool,
  {
    /** Lends a read-only connection; inside `write`, its own, which sees what was written. A write fails as `DatabaseReadOnly`. */
    readonly read: Use
    /**
     * One `BEGIN IMMEDIATE` transaction on the single writer: commits all that `use` did, or nothing of it.
     * `sql.withTransaction` or `write` inside it is a savepoint. Interruption rolls back and returns the connection.
     */
    readonly write: Use
    /** Both lanes' counters; reads memory only, never the database. */
    readonly stats: Effect.Effect<Readonly<Record<LaneName, LaneStats>>>
    /**
     * Asks a lane for a sign of life and answers how long it took: a real page through a reader, or the write lock
     * taken and given back through the writer. Fails as `DatabaseUnavailable` when the file was replaced or removed.
     */
    readonly ping: (lane: LaneName) => Effect.Effect<Duration.Duration, DatabaseFailure>
  }
>() {}
