import type { SqlClient, SqlError } from "@effect/sql"
import { Context, type Duration, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"

/** The two kinds of connections: one writer, and a few read-only readers. */
export type PoolName = "reader" | "writer"

/**
 * Leases a connection for as long as `use` runs. Every `SqlError` becomes a classified `DatabaseFailure`. A nested call
 * inside `use` gets the same connection, never a second one. BLOBs are `Uint8Array`. A statement that returns too many
 * rows (250,000 in SQLite) fails as `QueryFailed`, so read unbounded results page by page.
 */
export type Use = <A, E, R>(
  use: (sql: SqlClient.SqlClient) => Effect.Effect<A, E, R>
) => Effect.Effect<A, Exclude<E, SqlError.SqlError> | DatabaseFailure, R>

/**
 * Counters of one kind of connection since the process started. The names are those of StarPunk (Python), so that
 * dashboards keep working.
 */
export interface PoolStats {
  /** Connections leased. */
  readonly acquired: number
  /** Connections returned. Equal to `acquired` whenever `active` is 0. */
  readonly released: number
  /** Connections opened, replacements included. */
  readonly created: number
  /** Total time that all callers have waited, in seconds. */
  readonly wait_time_total: number
  /** Connections leased right now. */
  readonly active: number
  /** Maximum number of connections. */
  readonly pool_size: number
  /** Connections idle right now. */
  readonly available: number
  /** Callers in the queue right now. */
  readonly waiting: number
  /** Callers that reached the acquire timeout, or were refused because the queue was full. */
  readonly timeouts: number
  /** Connections closed because they were broken. */
  readonly invalidated: number
}

/**
 * True if the reads of a fiber may wait for a connection as long as writes. A visitor leaves soon, but the reads of a
 * request that writes (its token, its site) must not fail before its turn at the writer would come.
 */
export class PatientReads extends Context.Reference<PatientReads>()("starpunk/PatientReads", {
  defaultValue: (): boolean => false
}) {}

/** The connection pool of the database. Nothing else opens the database while the server runs. */
export class SqlPool extends Context.Tag("starpunk/SqlPool")<
  SqlPool,
  {
    /**
     * Leases a read-only connection; inside `write`, the writer, which sees its own changes. A write fails as
     * `DatabaseReadOnly`.
     */
    readonly read: Use
    /**
     * Runs a unit of work on the single writer: commits everything that `use` did, or nothing, and succeeds only after
     * the commit. Units of work that wait at the same time share a transaction and its commit; one that fails or is
     * interrupted is rolled back alone. A nested `sql.withTransaction` or `write` is a savepoint.
     *
     * `use` runs again if nothing of a shared transaction was stored because of another unit of work, so it has no
     * effects besides its statements that must not be repeated. The other units wait for it, so it waits for nothing
     * but its statements.
     */
    readonly write: Use
    /**
     * As `write`, for units of work that take long: they have a transaction of their own, and let other writes go first
     * for up to a second.
     */
    readonly writeAlone: Use
    /** Counters of both kinds of connections; reads memory only. */
    readonly stats: Effect.Effect<Readonly<Record<PoolName, PoolStats>>>
    /**
     * Checks one kind of connection and returns how long that took: a reader reads a page of the file, the writer takes
     * the write lock and releases it. Fails as `DatabaseUnavailable` if the file was replaced or removed.
     */
    readonly ping: (pool: PoolName) => Effect.Effect<Duration.Duration, DatabaseFailure>
  }
>() {}
