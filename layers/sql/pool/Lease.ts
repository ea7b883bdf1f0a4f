import { SqlClient, type SqlConnection, SqlError } from "@effect/sql"
import { Context, Effect, Exit, Fiber, Stream } from "effect"
import type { BatchConnection, Compiled } from "../rows/Batch.js"
import type { PooledConnection } from "./ConnectionSupply.js"
import type { Command, Statement } from "./Driver.js"
import { DriverFailure } from "./DriverFailure.js"

/** `read` refuses statements that write; `transaction` refuses to run outside of a transaction. */
type Scope = Exclude<Statement["scope"], "any">

/** State shared by all leases on one leased connection. */
interface LeaseState {
  readonly connection: PooledConnection
  /** Whether it is the writer's connection. */
  readonly writing: boolean
  /** The pool of the connection, so that two pools do not mix. */
  readonly owner: object
  /** False once the connection was returned: later statements are refused. */
  open: boolean
  /** The error with which SQLite ended the transaction: no further statement may run in it. */
  endedBy: DriverFailure | undefined
  /** A savepoint that is being rolled back without its caller waiting; the next statement on the connection waits. */
  undoing: Fiber.Fiber<void> | undefined
  /** Savepoint statements that run with the first statement. */
  before: ReadonlyArray<string> | undefined
}

const leaseEnded = () =>
  new DriverFailure({ code: "LEASE_ENDED", message: "a statement came after its connection had been given back" })

/** Converts a failure of a connection to the error of a statement. */
export const toSqlError = (failure: DriverFailure) =>
  new SqlError.SqlError({ cause: failure, message: failure.message })

/**
 * The right to use a connection for some time, as `@effect/sql` sees it. It is in the fiber's context, so a nested call
 * to the pool gets the same connection: a fiber never waits for itself.
 */
export class Lease implements BatchConnection {
  /** Concurrent units of work on the same level run one at a time, because savepoints only nest. */
  readonly #turn = Effect.unsafeMakeSemaphore(1)

  private constructor(
    readonly state: LeaseState,
    readonly scope: Scope,
    readonly depth: number
  ) {}

  /** The first lease on a leased connection. */
  static on(connection: PooledConnection, scope: Scope, owner: object, before?: ReadonlyArray<string>): Lease {
    const writing = scope === "transaction"
    return new Lease(
      { connection, owner, writing, open: true, endedBy: undefined, undoing: undefined, before },
      scope,
      0
    )
  }

  /** The open lease of this pool in a fiber's context, if there is one. */
  static current(context: Context.Context<never>, owner?: object): Lease | undefined {
    const found = Context.getOption(context, SqlClient.TransactionConnection)
    if (found._tag === "None") return undefined
    const [lease] = found.value
    if (!(lease instanceof Lease) || !lease.state.open) return undefined
    return owner === undefined || lease.state.owner === owner ? lease : undefined
  }

  /** A read-only lease on the same connection. */
  reading(): Lease {
    return this.scope === "read" ? this : new Lease(this.state, "read", this.depth)
  }

  /** Refuses all further statements through this connection. */
  end(): void {
    this.state.open = false
  }

  /** Runs an effect whose statements use this lease. */
  provide<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.mapInputContext(effect, (context: Context.Context<R>) =>
      Context.add(context, SqlClient.TransactionConnection, [this, this.depth])
    )
  }

  /** Whether a statement or a rollback is still running. */
  get isBusy(): boolean {
    return this.state.undoing !== undefined || this.state.connection.driver.pending() > 0
  }

  /** Completes when no statement and no rollback is running. */
  readonly settled: Effect.Effect<void> = Effect.suspend(() => {
    const { connection, undoing } = this.state
    return undoing === undefined
      ? connection.driver.settled
      : Effect.zipRight(Fiber.await(undoing), connection.driver.settled)
  })

  /** Fails if the path holds another file than this connection has open. */
  readonly verify: Effect.Effect<void, SqlError.SqlError> = Effect.suspend(() =>
    Effect.mapError(Effect.asVoid(this.state.connection.driver.run({ do: "verify" })), toSqlError)
  )

  /** Runs BEGIN, COMMIT and other statements that control the transaction. */
  control(sql: string): Effect.Effect<void, SqlError.SqlError> {
    return Effect.mapError(Effect.asVoid(this.#settledThen(this.#control(sql))), toSqlError)
  }

  /** Returns the first row of a pragma; runs outside of a transaction unless one was begun. */
  pragma(text: string): Effect.Effect<ReadonlyArray<unknown>, SqlError.SqlError> {
    const statement = { shape: "values", sql: `PRAGMA ${text}`, params: [], safeIntegers: false } as const
    return this.#settledThen(this.#run({ ...statement, prepared: false, scope: "any" })).pipe(
      Effect.map((rows) => (Array.isArray(rows) && Array.isArray(rows[0]) ? rows[0] : [])),
      Effect.mapError(toSqlError)
    )
  }

  /** Runs a nested unit of work: rolled back alone if it fails, and committed only if the outer one is. */
  savepoint<A, E, R>(effect: Effect.Effect<A, E, R>, scope = this.scope): Effect.Effect<A, E | SqlError.SqlError, R> {
    const inner = new Lease(this.state, scope, this.depth + 1)
    const name = `starpunk_${inner.depth}`
    return this.#turn.withPermits(1)(
      Effect.uninterruptibleMask((restore) =>
        Effect.zipRight(this.control(`SAVEPOINT ${name}`), Effect.exit(restore(inner.provide(effect)))).pipe(
          Effect.flatMap(
            (exit): Effect.Effect<A, E | SqlError.SqlError> =>
              Exit.isSuccess(exit)
                ? Effect.onError(Effect.as(this.control(`RELEASE ${name}`), exit.value), () => this.#undo(name))
                : Effect.zipRight(this.#undo(name), exit)
          )
        )
      )
    )
  }

  readonly execute: SqlConnection.Connection["execute"] = (sql, params, transformRows) =>
    this.#rows("rows", sql, params, transformRows)

  readonly executeUnprepared: SqlConnection.Connection["executeUnprepared"] = (sql, params, transformRows) =>
    this.#rows("rows", sql, params, transformRows, false)

  readonly executeValues: SqlConnection.Connection["executeValues"] = (sql, params) =>
    this.#rows("values", sql, params, undefined)

  readonly executeRaw: SqlConnection.Connection["executeRaw"] = (sql, params) => this.#statement("raw", sql, params)

  /** Reads all rows before the first is emitted, because an unfinished statement would prevent a reset of the log. */
  readonly executeStream: SqlConnection.Connection["executeStream"] = (sql, params, transformRows) =>
    Stream.fromIterableEffect(this.#rows("rows", sql, params, transformRows))

  readonly executeAll: BatchConnection["executeAll"] = (statements) => this.#all(statements)

  readonly executeAllOrNone: BatchConnection["executeAllOrNone"] = (statements) => {
    const name = `starpunk_${this.depth + 1}`
    const inside = [{ sql: `SAVEPOINT ${name}`, params: [] }, ...statements, { sql: `RELEASE ${name}`, params: [] }]
    return this.#turn.withPermits(1)(
      Effect.uninterruptibleMask((restore) =>
        Effect.matchCauseEffect(restore(this.#all(inside)), {
          onFailure: (cause) => Effect.zipRight(this.#undo(name), Effect.failCause(cause)),
          onSuccess: (results) => Effect.succeed(results.slice(1, -1))
        })
      )
    )
  }

  #rows(
    shape: "rows" | "values",
    sql: string,
    params: ReadonlyArray<unknown>,
    transformRows: Parameters<SqlConnection.Connection["execute"]>[2],
    prepared = true
  ) {
    // The driver returns an array of rows for every shape but "raw".
    const rows = this.#statement(shape, sql, params, prepared) as ReturnType<SqlConnection.Connection["execute"]>
    return transformRows === undefined ? rows : Effect.map(rows, transformRows)
  }

  #statement(shape: Statement["shape"], sql: string, params: ReadonlyArray<unknown>, prepared = true) {
    return Effect.withFiberRuntime<unknown, SqlError.SqlError>((fiber) => {
      const safeIntegers = Context.get(fiber.currentContext, SqlClient.SafeIntegers)
      const statement = { shape, sql, params, safeIntegers, prepared, scope: this.scope }
      return Effect.mapError(this.#settledThen(this.#run(statement)), toSqlError)
    })
  }

  #control(sql: string) {
    return this.#run({ shape: "raw", sql, params: [], safeIntegers: false, prepared: true, scope: "any" })
  }

  #all(statements: ReadonlyArray<Compiled>) {
    return Effect.withFiberRuntime<ReadonlyArray<ReadonlyArray<unknown>>, SqlError.SqlError>((fiber) => {
      const safeIntegers = Context.get(fiber.currentContext, SqlClient.SafeIntegers)
      const run = this.#command((before) => ({
        do: "executeAll",
        statements: statements.map(({ params, prepared = true, sql }, index) => ({
          shape: "rows",
          sql,
          params,
          safeIntegers,
          prepared,
          scope: this.scope,
          ...(index === 0 && { before })
        }))
      }))
      // The driver returns an array of rows for each statement.
      return Effect.mapError(this.#settledThen(run), toSqlError) as Effect.Effect<
        ReadonlyArray<ReadonlyArray<unknown>>,
        SqlError.SqlError
      >
    })
  }

  #run(statement: Statement): Effect.Effect<unknown, DriverFailure> {
    return this.#command((before) => ({ do: "execute", statement: { ...statement, before } }))
  }

  #command(make: (before: ReadonlyArray<string> | undefined) => Command): Effect.Effect<unknown, DriverFailure> {
    return Effect.suspend(() => {
      const { state } = this
      const { driver } = state.connection
      if (!state.open) return Effect.fail(leaseEnded())
      if (state.endedBy !== undefined) return Effect.fail(state.endedBy)
      const wasInTransaction = driver.inTransaction()
      const { before } = state
      state.before = undefined
      return Effect.tapError(driver.run(make(before)), (failure) =>
        Effect.sync(() => {
          if (wasInTransaction && !driver.inTransaction()) state.endedBy = failure
        })
      )
    })
  }

  #settledThen<A>(effect: Effect.Effect<A, DriverFailure>): Effect.Effect<A, DriverFailure> {
    return Effect.suspend(() =>
      this.state.undoing === undefined ? effect : Effect.zipRight(Fiber.await(this.state.undoing), effect)
    )
  }

  /**
   * Rolls back the whole transaction if a savepoint cannot be rolled back, because half a unit of work must never be
   * committed.
   */
  #undo(name: string): Effect.Effect<void> {
    return Effect.suspend(() => {
      const { state } = this
      const undo = this.#settledThen(this.#control(`ROLLBACK TO ${name}`)).pipe(
        Effect.zipRight(this.#control(`RELEASE ${name}`)),
        Effect.catchAll((failure) =>
          Effect.sync(() => {
            state.endedBy ??= failure
          })
        ),
        Effect.asVoid
      )
      if (state.connection.driver.pending() === 0) return undo
      const earlier = state.undoing
      return Effect.map(
        Effect.forkDaemon(earlier === undefined ? undo : Effect.zipRight(Fiber.await(earlier), undo)),
        (fiber) => {
          state.undoing = fiber
        }
      )
    })
  }
}
