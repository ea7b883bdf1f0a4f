import { SqlClient, type SqlConnection, SqlError } from "@effect/sql"
import { Context, Effect, Exit, Fiber, Stream } from "effect"
import type { Statement } from "./Connection.js"
import { DriverFailure } from "./DriverFailure.js"
import type { Slot } from "./Supply.js"

/** `read` refuses what would write; `transaction` refuses to run outside of one. */
type Scope = Exclude<Statement["scope"], "any">

/** What all leases on one lent connection share. */
interface Loan {
  readonly slot: Slot
  /** Whether it is the writer's. */
  readonly writing: boolean
  /** Whose connection it is: two pools do not mix. */
  readonly owner: object
  /** False once the connection was given back: whoever still has a client then is refused. */
  open: boolean
  /** The error with which SQLite ended the transaction by itself: nothing more may happen in it. */
  endedBy: DriverFailure | undefined
  /** A savepoint being undone whose caller was not made to wait; what follows on the connection does. */
  undoing: Fiber.Fiber<void> | undefined
}

const leaseEnded = () =>
  new DriverFailure({ code: "LEASE_ENDED", message: "a statement came after its connection had been given back" })

const toSqlError = (failure: DriverFailure) => new SqlError.SqlError({ cause: failure, message: failure.message })

/**
 * The right to use a connection for a while, as `@effect/sql` sees it. It travels in the fiber's context, so whoever asks
 * the pool again inside a unit of work gets the same connection: one fiber never waits for itself.
 */
export class Lease implements SqlConnection.Connection {
  /** Units of work side by side on one level take turns, since savepoints only nest. */
  readonly #turn = Effect.unsafeMakeSemaphore(1)

  private constructor(
    readonly loan: Loan,
    readonly scope: Scope,
    readonly depth: number
  ) {}

  /** The first lease on a connection just lent. */
  static on(slot: Slot, scope: Scope, owner: object): Lease {
    return new Lease(
      { slot, owner, writing: scope === "transaction", open: true, endedBy: undefined, undoing: undefined },
      scope,
      0
    )
  }

  /** The lease that a fiber with this context has from this owner, if it is still good. */
  static current(context: Context.Context<never>, owner?: object): Lease | undefined {
    const found = Context.getOption(context, SqlClient.TransactionConnection)
    if (found._tag === "None") return undefined
    const [lease] = found.value
    if (!(lease instanceof Lease) || !lease.loan.open) return undefined
    return owner === undefined || lease.loan.owner === owner ? lease : undefined
  }

  /** The same connection, for reading only. */
  reading(): Lease {
    return this.scope === "read" ? this : new Lease(this.loan, "read", this.depth)
  }

  /** From here on every statement through this connection is refused. */
  end(): void {
    this.loan.open = false
  }

  /** Runs an effect whose statements go through this lease. */
  provide<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.mapInputContext(effect, (context: Context.Context<R>) =>
      Context.add(context, SqlClient.TransactionConnection, [this, this.depth])
    )
  }

  /** Fails when the path holds another file than the one that this connection has open. */
  readonly verify: Effect.Effect<void, SqlError.SqlError> = Effect.suspend(() =>
    Effect.mapError(Effect.asVoid(this.loan.slot.driver.run({ do: "verify" })), toSqlError)
  )

  /** BEGIN, COMMIT and their like: statements that move the transaction itself. */
  control(sql: string): Effect.Effect<void, SqlError.SqlError> {
    return Effect.mapError(Effect.asVoid(this.#settledThen(this.#control(sql))), toSqlError)
  }

  /** The first row that a pragma answers; outside of any transaction unless one was begun. */
  pragma(text: string): Effect.Effect<ReadonlyArray<unknown>, SqlError.SqlError> {
    const statement = { shape: "values", sql: `PRAGMA ${text}`, params: [], safeIntegers: false } as const
    return this.#settledThen(this.#run({ ...statement, prepared: false, scope: "any" })).pipe(
      Effect.map((rows) => (Array.isArray(rows) && Array.isArray(rows[0]) ? rows[0] : [])),
      Effect.mapError(toSqlError)
    )
  }

  /** A unit of work inside this one: undone alone if it fails, kept only if this one is. */
  savepoint<A, E, R>(effect: Effect.Effect<A, E, R>, scope = this.scope): Effect.Effect<A, E | SqlError.SqlError, R> {
    const inner = new Lease(this.loan, scope, this.depth + 1)
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

  /** All rows are read before the first is handed on: an unfinished statement would keep the log from being reset. */
  readonly executeStream: SqlConnection.Connection["executeStream"] = (sql, params, transformRows) =>
    Stream.fromIterableEffect(this.#rows("rows", sql, params, transformRows))

  #rows(
    shape: "rows" | "values",
    sql: string,
    params: ReadonlyArray<unknown>,
    transformRows: Parameters<SqlConnection.Connection["execute"]>[2],
    prepared = true
  ) {
    // The driver answers an array of rows for every shape but "raw".
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

  #run(statement: Statement): Effect.Effect<unknown, DriverFailure> {
    return Effect.suspend(() => {
      const { loan } = this
      const { driver } = loan.slot
      if (!loan.open) return Effect.fail(leaseEnded())
      if (loan.endedBy !== undefined) return Effect.fail(loan.endedBy)
      const before = driver.inTransaction()
      return Effect.tapError(driver.run({ do: "execute", statement }), (failure) =>
        Effect.sync(() => {
          if (before && !driver.inTransaction()) loan.endedBy = failure
        })
      )
    })
  }

  #settledThen<A>(effect: Effect.Effect<A, DriverFailure>): Effect.Effect<A, DriverFailure> {
    return Effect.suspend(() =>
      this.loan.undoing === undefined ? effect : Effect.zipRight(Fiber.await(this.loan.undoing), effect)
    )
  }

  /** If it cannot be undone, the whole transaction is lost: half a unit of work must never be committed. */
  #undo(name: string): Effect.Effect<void> {
    return Effect.suspend(() => {
      const { loan } = this
      const undo = this.#settledThen(this.#control(`ROLLBACK TO ${name}`)).pipe(
        Effect.zipRight(this.#control(`RELEASE ${name}`)),
        Effect.catchAll((failure) =>
          Effect.sync(() => {
            loan.endedBy ??= failure
          })
        ),
        Effect.asVoid
      )
      if (loan.slot.driver.pending() === 0) return undo
      const earlier = loan.undoing
      return Effect.map(
        Effect.forkDaemon(earlier === undefined ? undo : Effect.zipRight(Fiber.await(earlier), undo)),
        (fiber) => {
          loan.undoing = fiber
        }
      )
    })
  }
}
