import { Reactivity } from "@effect/experimental"
import { SqlClient, SqlError, Statement } from "@effect/sql"
import { Context, Duration, Effect, Layer, Option, Schedule } from "effect"
import { DatabaseCorrupt, type DatabaseFailure, PoolExhausted } from "../../../src/errors/Database.js"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Logger } from "../../../src/services/Logger.js"
import { PatientReads, type PoolName, SqlPool, type Use } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { Commits } from "./Commits.js"
import * as ConnectionPool from "./ConnectionPool.js"
import type { Open } from "./Driver.js"
import { DriverFailure, toDatabaseFailure } from "./DriverFailure.js"
import { readersBeside } from "./FileLocks.js"
import { type CallSite, callSiteAbove } from "./LeakDetector.js"
import { Lease, toSqlError } from "./Lease.js"
import { again, brokeUnder } from "./Retry.js"
import * as ThreadDriver from "./ThreadDriver.js"
import * as Transactions from "./Transactions.js"
import * as WorkerDriver from "./WorkerDriver.js"
import { type CheckpointMode, decodeCheckpoint, WriteAheadLog } from "./WriteAheadLog.js"

/** Options of a pool. All but the path have a default. */
export interface PoolOptions {
  /**
   * The database file; its directory must exist. `:memory:` is refused, because every connection would have its own
   * database.
   */
  readonly path: string
  /** Number of reader connections, beside the writer. Default 2. */
  readonly readers?: number
  /** How long a caller waits for a reader connection. Default 2 seconds. */
  readonly acquireTimeout?: Duration.DurationInput
  /** How long a caller waits for the writer. Default 15 seconds. */
  readonly writeTimeout?: Duration.DurationInput
  /** How long a statement waits for another process's lock. Default 2 seconds. */
  readonly busyTimeout?: Duration.DurationInput
  /** Whether a commit survives a power failure. Default `full`. */
  readonly synchronous?: "full" | "normal"
  /** Who checkpoints the write-ahead log. Default `own`. */
  readonly checkpoints?: "own" | "external"
  /** Path of another better-sqlite3 addon, for a SQLite built with other options. */
  readonly sqliteBinding?: string
  /** Maximum number of queued callers in each pool; one more is refused at once. Default 200. */
  readonly maxWaiting?: number
  /** Time after which a connection's holder is reported. Default 5 seconds. */
  readonly leakThreshold?: Duration.DurationInput
  /** How long an abandoned statement may run before its connection is replaced. Default 5 seconds. */
  readonly abandonAfter?: Duration.DurationInput
  /** How long closing waits for leased connections. Default 5 seconds. */
  readonly closeTimeout?: Duration.DurationInput
}

const toFailure = (error: SqlError.SqlError, busyTimeoutMillis: number): DatabaseFailure =>
  toDatabaseFailure(
    error.cause instanceof DriverFailure ? error.cause : new DriverFailure({ code: "UNKNOWN", message: error.message }),
    busyTimeoutMillis
  )

const make = Effect.fnUntraced(function* (openConnection: Open, options: PoolOptions) {
  const { path, synchronous = "full", checkpoints = "own", sqliteBinding: nativeBinding } = options
  if (path === ":memory:" || path === "") {
    const detail = "every connection has its own database; use a file in a temporary directory"
    return yield* new DatabaseOpenFailed({ reason: "memory_with_readers", path, detail })
  }
  const busyTimeout = Duration.decode(options.busyTimeout ?? "2 seconds")
  const busyTimeoutMillis = Duration.toMillis(busyTimeout)
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
      busyTimeout,
      open: (create) =>
        openConnection({
          path,
          role,
          create: create && role === "writer",
          busyTimeoutMillis,
          synchronous,
          checkpoints,
          nativeBinding
        }).pipe(
          // SQLite does not wait for other processes when it turns on WAL mode.
          Effect.retry({
            while: ({ reason }) => reason === "locked",
            schedule: Schedule.spaced("50 millis").pipe(Schedule.jittered, Schedule.upTo(busyTimeout))
          })
        )
    })

  // The writer is opened first, because it creates the file, and closed last, because only a writer can checkpoint the
  // log.
  const writer = yield* makeLane("writer", 1)
  const reader = yield* makeLane("reader", options.readers ?? 2)

  const nobody = new SqlError.SqlError({ message: "a statement was run outside of SqlPool.read and SqlPool.write" })
  const client = yield* SqlClient.make({
    acquirer: Effect.fail(nobody),
    compiler: Statement.makeCompilerSqlite(),
    spanAttributes: [["db.system.name", "sqlite"]]
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
        ? toFailure(error, busyTimeoutMillis)
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
  const mayHavePassed = (error: unknown) => brokeUnder(error) || (error instanceof DatabaseCorrupt && !isDamaged)

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
        return behindLock(again(once, (error) => !begun && brokeUnder(error)))
      })
    }
    return write
  }

  const write = writing({ rank: "usual", shares: true })
  const writeAlone = writing({ rank: "background", shares: false })

  const pageThroughReader = (site: CallSite) =>
    lend(reader, "read", site, (lease) =>
      Effect.zipRight(lease.verify, lease.control("SELECT count(*) FROM sqlite_schema"))
    )

  const writersLock = (site: CallSite) =>
    lend(writer, "transaction", site, (lease) =>
      lease.verify.pipe(
        Effect.zipRight(Effect.mapError(transactions.lock(lease.state.connection.driver), toSqlError)),
        Effect.zipRight(lease.control("ROLLBACK"))
      )
    )

  const ping = (pool: PoolName) => {
    const site = callSiteAbove(ping)
    return behindLock(border(Effect.timed(pool === "reader" ? pageThroughReader(site) : writersLock(site)))).pipe(
      Effect.map(([elapsed]) => elapsed),
      Effect.withSpan("SqlPool.ping")
    )
  }

  const stats = Effect.sync(() => ({ reader: reader.stats(), writer: writer.stats() }))

  /** Leases the writer without a transaction, for statements that SQLite does not allow inside one. */
  const onWriter = <A>(use: (lease: Lease) => Effect.Effect<A, SqlError.SqlError>) => {
    const site = callSiteAbove(onWriter)
    return border(lend(writer, "transaction", site, use))
  }

  const checkpoint = (mode: CheckpointMode, patience: Duration.DurationInput) =>
    onWriter((lease) =>
      lease
        .pragma(`busy_timeout = ${Duration.toMillis(patience)}`)
        .pipe(
          Effect.zipRight(lease.pragma(`wal_checkpoint(${mode})`)),
          Effect.ensuring(Effect.ignore(lease.pragma(`busy_timeout = ${busyTimeoutMillis}`)))
        )
    ).pipe(Effect.flatMap(decodeCheckpoint), Effect.withSpan("WriteAheadLog.checkpoint"))

  const optimize = onWriter((lease) =>
    Effect.zipRight(lease.pragma("analysis_limit = 400"), Effect.asVoid(lease.pragma("optimize")))
  ).pipe(Effect.withSpan("WriteAheadLog.optimize"))

  return Context.make(SqlPool, { read, write, writeAlone, stats, ping }).pipe(
    Context.add(Commits, { count: transactions.commits }),
    Context.add(WriteAheadLog, {
      checkpoint,
      optimize,
      oldestReader: reader.oldest,
      readersBeside: readersBeside(path)
    })
  )
})

/** A pool over connections of any kind. */
export const layerWith =
  (open: Open) =>
  (options: PoolOptions): Layer.Layer<SqlPool | WriteAheadLog | Commits, DatabaseOpenFailed, Logger> =>
    Layer.scopedContext(make(open, options)).pipe(Layer.provide(Reactivity.layer))

/** A pool whose connections are on worker threads, so that SQLite never blocks the event loop. */
export const layerWorker = layerWith(WorkerDriver.open)

/** A pool in the calling thread, for tests and short commands: every statement blocks the thread. */
export const layerThread = layerWith(ThreadDriver.open)

const bySettings = (
  make: (options: PoolOptions) => Layer.Layer<SqlPool | WriteAheadLog | Commits, DatabaseOpenFailed, Logger>
): Layer.Layer<SqlPool | WriteAheadLog | Commits, DatabaseOpenFailed, Settings | Logger> =>
  Layer.unwrapEffect(
    Effect.map(Settings, ({ database, databasePath }) =>
      make({
        path: databasePath,
        readers: database.readers,
        acquireTimeout: database.acquireTimeout,
        writeTimeout: database.writeTimeout,
        busyTimeout: database.busyTimeout,
        synchronous: database.synchronous,
        checkpoints: database.checkpoints,
        ...Option.match(database.sqliteBinding, {
          onNone: () => ({}),
          onSome: (sqliteBinding) => ({ sqliteBinding })
        })
      })
    )
  )

/** The pool from the settings on worker threads: for the server. */
export const layer = bySettings(layerWorker)

/** The pool from the settings in the calling thread: for short commands. */
export const layerInThread = bySettings(layerThread)
