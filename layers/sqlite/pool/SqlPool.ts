import { Reactivity } from "@effect/experimental"
import { Context, Duration, Effect, Layer, Option, Schedule } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Logger } from "../../../src/services/Logger.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { Commits } from "../../sql/pool/Commits.js"
import * as Pool from "../../sql/pool/SqlPool.js"
import type { Open } from "./Connecting.js"
import { sqlite } from "./Engine.js"
import { readersBeside } from "./FileLocks.js"
import * as ThreadDriver from "./ThreadDriver.js"
import * as WorkerDriver from "./WorkerDriver.js"
import { type CheckpointMode, decodeCheckpoint, WriteAheadLog } from "./WriteAheadLog.js"

/** Options of a pool. All but the path have a default. */
export interface PoolOptions extends Pool.PoolLimits {
  /**
   * The database file; its directory must exist. `:memory:` is refused, because every connection would have its own
   * database.
   */
  readonly path: string
  /** Whether a commit survives a power failure. Default `full`. */
  readonly synchronous?: "full" | "normal"
  /** Who checkpoints the write-ahead log. Default `own`. */
  readonly checkpoints?: "own" | "external"
  /** Path of another better-sqlite3 addon, for a SQLite built with other options. */
  readonly sqliteBinding?: string
}

const make = Effect.fnUntraced(function* (openConnection: Open, options: PoolOptions) {
  const { path, synchronous = "full", checkpoints = "own", sqliteBinding: nativeBinding } = options
  if (path === ":memory:" || path === "") {
    const detail = "every connection has its own database; use a file in a temporary directory"
    return yield* new DatabaseOpenFailed({ reason: "memory_with_readers", path, detail })
  }
  const busyTimeout = Duration.decode(options.busyTimeout ?? "2 seconds")
  const busyTimeoutMillis = Duration.toMillis(busyTimeout)
  const openFor: Pool.OpenFor = (role, create) =>
    openConnection({ path, role, create, busyTimeoutMillis, synchronous, checkpoints, nativeBinding }).pipe(
      // SQLite does not wait for other processes when it turns on WAL mode.
      Effect.retry({
        while: ({ reason }) => reason === "locked",
        schedule: Schedule.spaced("50 millis").pipe(Schedule.jittered, Schedule.upTo(busyTimeout))
      })
    )

  const { commits, oldestReader, onWriter, pool } = yield* Pool.make(sqlite(busyTimeoutMillis), openFor, options)

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

  return Context.make(SqlPool, pool).pipe(
    Context.add(Commits, { count: commits }),
    Context.add(WriteAheadLog, { checkpoint, optimize, oldestReader, readersBeside: readersBeside(path) })
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
