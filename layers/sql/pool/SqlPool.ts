import type { Reactivity } from "@effect/experimental"
import { SqlClient, SqlError } from "@effect/sql"
import { Context, Duration, Effect, type Scope } from "effect"
import { DatabaseCorrupt, type DatabaseFailure, PoolExhausted } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Fields, Logger } from "../../../src/services/Logger.js"
import { PatientReads, type PoolName, type SqlPool, type Use } from "../../../src/services/SqlPool.js"
import * as ConnectionPool from "./ConnectionPool.js"
import type { Driver } from "./Driver.js"
import { DriverFailure } from "./DriverFailure.js"
import type { Engine } from "./Engine.js"
import { type CallSite, callSiteAbove } from "./LeakDetector.js"
import { Lease, toSqlError } from "./Lease.js"
import { again } from "./Retry.js"
import * as Transactions from "./Transactions.js"

/** Sizes and times of a pool. All have a default. */
export interface PoolLimits {
  /** Number of reader connections, beside the writer. Default 2. */
  readonly readers?: number
  /** How long a caller waits for a reader connection. Default 2 seconds. */
  readonly acquireTimeout?: Duration.DurationInput
  /** How long a caller waits for the writer. Default 15 seconds. */
  readonly writeTimeout?: Duration.DurationInput
  /** How long a statement waits for another process's lock. Default 2 seconds. */
  readonly busyTimeout?: Duration.DurationInput
  /** Maximum number of queued callers in each pool; one more is refused at once. Default 200. */
  readonly maxWaiting?: number
  /** Time after which a connection's holder is reported. Default 5 seconds. */
  readonly leakThreshold?: Duration.DurationInput
  /** How long an abandoned statement may run before its connection is replaced. Default 5 seconds. */
  readonly abandonAfter?: Duration.DurationInput
  /** How long closing waits for leased connections. Default 5 seconds. */
  readonly closeTimeout?: Duration.DurationInput
}

/** Opens a connection of a kind. `create`: whether to create what is missing. */
export type OpenFor = (role: PoolName, create: boolean) => Effect.Effect<Driver, DatabaseOpenFailed>

/** A pool, and its functions for maintenance of the database. */
export interface Pooled {
  readonly pool: SqlPool["Type"]
  /** Commits whose outcome has arrived: see `Commits`. */
  readonly commits: () => number
  /** Leases the writer without a transaction, for statements that the database does not allow inside one. */
  readonly onWriter: <A>(
    use: (lease: Lease) => Effect.Effect<A, SqlError.SqlError>
  ) => Effect.Effect<A, DatabaseFailure>
  /** The oldest reader, as log fields; none if there is no reader. */
  readonly oldestReader: Effect.Effect<Fields | undefined>
}

const toFailure = (error: SqlError.SqlError, engine: Engine): DatabaseFailure =>
  engine.toDatabaseFailure(
    error.cause instanceof DriverFailure ? error.cause : new DriverFailure({ code: "UNKNOWN", message: error.message })
  )

/** Opens one writer and the readers of an engine, until the scope ends. */
export const make = Effect.fnUntraced(function* (
  engine: Engine,
  open: OpenFor,
  options: PoolLimits
): Effect.fn.Return<Pooled, DatabaseOpenFailed, Logger | Reactivity.Reactivity | Scope.Scope> {
  const busyTimeoutMillis = Duration.toMillis(options.busyTimeout ?? "2 seconds")
  const writeTimeout = Duration.decode(options.writeTimeout ?? "15 seconds")

  const makeLane = (role: PoolName, size: number) =>
    ConnectionPool.make({
      name: role,
      size,
      maxWaiting: options.maxWaiting ?? 200,
      acquireTimeout: role === "reader" ? Duration.decode(options.acquireTimeout ?? "2 seconds") : writeTimeout,
      abandonAfter: Duration.decode(options.abandonAfter ?? "5 seconds"),
      leakThreshold: Duration.decode(options.leakThreshold ?? "5 seconds"),
      closeTimeout: Duration.decode(options.closeTimeout ?? "5 seconds"),
      engine,
      open: (create) => open(role, create && role === "writer")
    })

  // The writer is opened first, because it creates what is missing, and closed last, because only a writer can tidy up.
  const writer = yield* makeLane("writer", 1)
  const reader = yield* makeLane("reader", options.readers ?? 2)

  const nobody = new SqlError.SqlError({ message: "a statement was run outside of SqlPool.read and SqlPool.write" })
  const client = yield* SqlClient.make({
    acquirer: Effect.fail(nobody),
    compiler: engine.compiler,
    spanAttributes: [["db.system.name", engine.system]]
  })
  // The original turns a failing COMMIT or ROLLBACK into a defect and never waits for an abandoned statement.
  const sql: SqlClient.SqlClient = Object.assign(client, {
    withTransaction: <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError.SqlError, R> =>
      Effect.withFiberRuntime((fiber) => {
        const lease = Lease.current(fiber.currentContext)
        return lease === undefined ? Effect.fail(nobody) : lease.savepoint(effect)
      })
  })

  /** Identifies the leases of this pool. */
  const owner = {}

  /** Classifies every SqlError, so that none leaves the pool. */
  const border = <A, E, R>(
    effect: Effect.Effect<A, E | SqlError.SqlError | DatabaseFailure, R>
  ): Effect.Effect<A, Exclude<E, SqlError.SqlError> | DatabaseFailure, R> =>
    Effect.mapError(effect, (error) =>
      error instanceof SqlError.SqlError
        ? toFailure(error, engine)
        : // E without SqlError; the compiler cannot follow that through a type parameter.
          (error as Exclude<E, SqlError.SqlError> | DatabaseFailure)
    )

  const lend = <A, E, R>(
    pool: ConnectionPool.ConnectionPool,
    scope: "read" | "transaction",
    site: CallSite,
    use: (lease: Lease) => Effect.Effect<A, E, R>,
    patience?: Duration.Duration
  ) =>
    Effect.acquireUseRelease(
      Effect.map(pool.acquire({ site, patience }), (connection) => Lease.on(connection, scope, owner)),
      use,
      (lease) => {
        lease.end()
        return pool.release(lease.state.connection)
      }
    )

  const transactions = yield* Transactions.make({
    pool: writer,
    owner,
    engine,
    busyTimeoutMillis,
    abandonAfter: Duration.decode(options.abandonAfter ?? "5 seconds")
  })

  /** Callers that timed out behind a writer waiting for another process's lock get DatabaseLocked. */
  const behindLock = <A, E, R>(effect: Effect.Effect<A, E | DatabaseFailure, R>) =>
    Effect.mapError(effect, (error) =>
      error instanceof PoolExhausted && error.pool === "writer" ? (transactions.foreignLock() ?? error) : error
    )

  /** Set when damage was found and confirmed by a new connection. */
  let isDamaged = false

  // SQLite also reports a failed read of the disk (EIO) as damage: https://www.sqlite.org/rescode.html#ioerr_corruptfs
  const mayHavePassed = (error: unknown) => engine.brokeUnder(error) || (error instanceof DatabaseCorrupt && !isDamaged)

  // A read has changed nothing, so it is repeated on another connection if its own broke.
  const read: Use = <A, E, R>(use: (sql: SqlClient.SqlClient) => Effect.Effect<A, E, R>) => {
    const site = callSiteAbove(read)
    return Effect.withFiberRuntime<A, Exclude<E, SqlError.SqlError> | DatabaseFailure, R>((fiber) => {
      const current = Lease.current(fiber.currentContext, owner)
      if (current !== undefined) return border<A, E, R>(current.reading().provide(use(sql)))
      const patience = Context.get(fiber.currentContext, PatientReads) ? writeTimeout : undefined
      const once = border<A, E, R>(lend(reader, "read", site, (lease) => lease.provide(use(sql)), patience))
      return Effect.tapError(again(once, mayHavePassed), (error) =>
        Effect.sync(() => {
          isDamaged ||= error instanceof DatabaseCorrupt
        })
      )
    })
  }

  const writing = (how: Pick<Transactions.Unit<never, never, never>, "rank" | "shares">): Use => {
    const write: Use = <A, E, R>(use: (sql: SqlClient.SqlClient) => Effect.Effect<A, E, R>) => {
      const site = callSiteAbove(write)
      return Effect.withFiberRuntime<A, Exclude<E, SqlError.SqlError> | DatabaseFailure, R>((fiber) => {
        const current = Lease.current(fiber.currentContext, owner)
        if (current?.state.writing) return border<A, E, R>(current.savepoint(use(sql), "transaction"))
        let begun = false
        const onBegun = () => {
          begun = true
        }
        const once = border<A, E, R>(transactions.run({ ...how, site, onBegun, use: Effect.suspend(() => use(sql)) }))
        return behindLock(again(once, (error) => !begun && engine.brokeUnder(error)))
      })
    }
    return write
  }

  const write = writing({ rank: "usual", shares: true })
  const writeAlone = writing({ rank: "background", shares: false })

  const readThroughReader = (site: CallSite) =>
    lend(reader, "read", site, (lease) => Effect.zipRight(lease.verify, lease.control(engine.probe)))

  const writersLock = (site: CallSite) =>
    lend(writer, "transaction", site, (lease) =>
      lease.verify.pipe(
        Effect.zipRight(Effect.mapError(transactions.lock(lease.state.connection.driver), toSqlError)),
        Effect.zipRight(lease.control("ROLLBACK"))
      )
    )

  const ping = (pool: PoolName) => {
    const site = callSiteAbove(ping)
    return behindLock(border(Effect.timed(pool === "reader" ? readThroughReader(site) : writersLock(site)))).pipe(
      Effect.map(([elapsed]) => elapsed),
      Effect.withSpan("SqlPool.ping")
    )
  }

  const stats = Effect.sync(() => ({ reader: reader.stats(), writer: writer.stats() }))

  /** Leases the writer without a transaction, for statements that the database does not allow inside one. */
  const onWriter = <A>(use: (lease: Lease) => Effect.Effect<A, SqlError.SqlError>) => {
    const site = callSiteAbove(onWriter)
    return border(lend(writer, "transaction", site, use))
  }

  return {
    pool: { read, write, writeAlone, stats, ping },
    commits: transactions.commits,
    onWriter,
    oldestReader: reader.oldest
  }
})
