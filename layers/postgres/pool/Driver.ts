import { Effect, Exit } from "effect"
import { DatabaseError, Query, type QueryArrayResult, type QueryResult } from "pg"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Command, Driver, Statement } from "../../sql/pool/Driver.js"
import { DriverFailure } from "../../sql/pool/DriverFailure.js"
import { socketOf } from "./Address.js"
import { cancel } from "./CancelRequest.js"
import { resolveCommit } from "./CommitInDoubt.js"
import { type Connected, type ConnectionOptions, open as connect, statementMillis } from "./Connecting.js"
import { breaksConnection, connectionLost } from "./Engine.js"

/** Opens a connection to a server; interruption leaves none open. */
type Open = (options: ConnectionOptions) => Effect.Effect<Driver, DatabaseOpenFailed>

/** Every write of every process takes this lock first, so that there is one writer, as in SQLite: "StarPunk". */
export const writersLock = "6013538546050494059"

const beginWrite = `BEGIN; SELECT pg_advisory_xact_lock(${writersLock}); SELECT pg_current_xact_id()::text AS xid`

/** Maximum number of rows of one statement: a result is held in memory. */
const rowLimit = 250_000

/** The protocol counts parameters in two bytes. */
const parameterLimit = 65_535

/** How much later than the server the client gives a statement up, because the server is gone. Milliseconds. */
const graceMillis = 5_000

type Result = QueryResult | QueryArrayResult

/** The results of a text with several statements are an array. */
type Results = Result | ReadonlyArray<Result>

const isList = (results: Results): results is ReadonlyArray<Result> => Array.isArray(results)

const lastOf = (results: Results): Result | undefined => (isList(results) ? results.at(-1) : results)

const failed = (code: string, message: string) => new DriverFailure({ code, message })

const transactionEnded = () => failed("TRANSACTION_ENDED", "the transaction was ended by an earlier error")

/** The connection was lost between COMMIT and its answer. */
const commitLost = "COMMIT_LOST"

const cancelled = () => failed("57014", "the caller left before the statement began")

/** Statements that control transactions; the pool writes them without parameters. */
const controlPattern = /^(SAVEPOINT|RELEASE|ROLLBACK TO|ROLLBACK)(?: (\w+))?$/

const readsOnly = (sql: string): boolean =>
  /^\s*(?:SELECT|VALUES|SHOW|EXPLAIN|WITH)\b/i.test(sql) &&
  !/\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\b/.test(sql)

/** PostgreSQL has no U+0000 in texts; what stands for it keeps the texts' lengths, and finds what was stored so. */
const storable = (value: unknown): unknown =>
  typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value

/** What one command has become: whether its caller has left, and whether a statement of it is on the server. */
interface Job {
  isLeft: boolean
  isRunning: boolean
  cancelling: Promise<void> | undefined
}

class PostgresDriver implements Driver {
  #failure: DriverFailure | undefined
  #inTransaction = false
  /** The error after which the server refuses all statements of the transaction but the end of a savepoint. */
  #aborted: DriverFailure | undefined
  /** The savepoint that began a transaction of its own. */
  #implicit: string | undefined
  #transactionId = ""
  #pending = 0
  #tail: Promise<void> = Promise.resolve()
  readonly #whenSettled = new Set<() => void>()

  constructor(
    readonly connected: Connected,
    readonly options: ConnectionOptions
  ) {
    const { client } = connected
    client.on("error", (error) => this.#lose(error.message))
    client.on("end", () => this.#lose("the server closed the connection"))
    const lost = connected.lost()
    if (lost !== undefined) this.#lose(lost)
  }

  readonly pending = () => this.#pending
  readonly inTransaction = () => this.#inTransaction
  readonly broken = () => this.#failure
  readonly aborted = () => this.#aborted

  readonly settled = Effect.async<void>((resume) => {
    if (this.#pending === 0) return resume(Effect.void)
    const done = () => resume(Effect.void)
    this.#whenSettled.add(done)
    return Effect.sync(() => this.#whenSettled.delete(done))
  })

  readonly run = (command: Command): Effect.Effect<unknown, DriverFailure> =>
    command.do === "commit"
      ? Effect.catchIf(
          this.#run(command),
          ({ code }) => code === commitLost,
          (failure) => {
            const { timeline } = this.connected
            return resolveCommit(this.options, { transactionId: this.#transactionId, timeline, failure })
          }
        )
      : this.#run(command)

  #run(command: Command): Effect.Effect<unknown, DriverFailure> {
    return Effect.async<unknown, DriverFailure>((resume) => {
      const job: Job = { isLeft: false, isRunning: false, cancelling: undefined }
      this.#pending++
      this.#tail = this.#tail.then(async () => {
        const exit = await this.#perform(command, job).then(Exit.succeed, (error) => Exit.fail(this.#toFailure(error)))
        // A request to cancel that is still on its way could hit the next statement.
        await job.cancelling
        this.#pending--
        resume(exit)
        this.#settle()
      })
      return Effect.sync(() => {
        job.isLeft = true
        if (job.isRunning && command.do !== "commit" && command.do !== "rollback") this.#cancel(job)
      })
    })
  }

  readonly close = Effect.promise(async () => {
    const { client, socket } = this.connected
    if (this.#failure !== undefined || this.#pending > 0) socket.destroy()
    await client.end().catch(() => {})
  })

  #settle() {
    if (this.#pending > 0) return
    for (const done of this.#whenSettled) done()
    this.#whenSettled.clear()
  }

  #lose(message: string) {
    this.#failure ??= failed(connectionLost, message)
    this.#inTransaction = false
  }

  #cancel(job: Job) {
    const { processID, secretKey } = this.connected.client as typeof this.connected.client & {
      readonly processID: number
      readonly secretKey: number
    }
    job.cancelling ??= cancel(socketOf(this.options.address), { processId: processID, secretKey })
  }

  async #perform(command: Command, job: Job): Promise<unknown> {
    switch (command.do) {
      case "execute":
        return this.#execute(command.statement, job)
      case "executeAll": {
        const results: Array<unknown> = []
        for (const statement of command.statements) results.push(await this.#execute(statement, job))
        return results
      }
      case "begin":
        return this.#begin(job)
      case "commit":
        return this.#commit()
      case "rollback":
        return this.#inTransaction ? this.#control("ROLLBACK", "ROLLBACK", undefined) : undefined
      case "verify":
        if (this.#failure !== undefined) throw this.#failure
        return undefined
    }
  }

  async #execute(statement: Statement, job: Job): Promise<unknown> {
    const { before, params, scope, shape, sql } = statement
    if (scope === "transaction" && !this.#inTransaction) throw this.#failure ?? transactionEnded()
    if (scope === "read" && this.options.role === "writer" && !readsOnly(sql)) {
      throw failed("25006", "attempt to write through a read-only connection")
    }
    if (params.length > parameterLimit) throw failed("PARAMETER", `the statement has ${params.length} parameters`)
    for (const control of before ?? []) await this.#controlled(control)
    const [, verb, name] = params.length === 0 ? (controlPattern.exec(sql) ?? []) : []
    if (verb !== undefined) {
      await this.#control(sql, verb, name)
      return shape === "raw" ? { changes: 0 } : []
    }
    const result = await this.#query(statement, job)
    const last = lastOf(result)
    return shape === "raw" ? { changes: last?.rowCount ?? 0 } : (last?.rows ?? [])
  }

  async #controlled(sql: string): Promise<void> {
    const [, verb = "", name] = controlPattern.exec(sql) ?? []
    await this.#control(sql, verb, name)
  }

  /** Savepoints as SQLite has them: one outside of a transaction begins one, and its end ends it. */
  async #control(sql: string, verb: string, name: string | undefined): Promise<void> {
    if (verb === "SAVEPOINT" && !this.#inTransaction) {
      await this.#send(`BEGIN ISOLATION LEVEL REPEATABLE READ; ${sql}`)
      this.#inTransaction = true
      this.#implicit = name
      return
    }
    if (this.#aborted !== undefined && (verb === "SAVEPOINT" || verb === "RELEASE")) throw this.#aborted
    if (verb === "RELEASE" && name === this.#implicit) return this.#end("COMMIT")
    if (verb === "ROLLBACK") return this.#end("ROLLBACK")
    await this.#send(sql)
    if (verb === "ROLLBACK TO") this.#aborted = undefined
  }

  /** Ends the transaction, also if the server refuses, because then it has ended it. */
  async #end(sql: "COMMIT" | "ROLLBACK"): Promise<void> {
    try {
      const result = await this.#send(sql)
      if (lastOf(result)?.command !== sql) throw this.#aborted ?? transactionEnded()
    } finally {
      this.#inTransaction = false
      this.#aborted = undefined
      this.#implicit = undefined
    }
  }

  async #begin(job: Job): Promise<void> {
    if (job.isLeft) throw cancelled()
    try {
      const result = await this.#send(beginWrite, job)
      const [row] = lastOf(result)?.rows ?? []
      this.#transactionId = String(row.xid)
      this.#aborted = undefined
      this.#inTransaction = true
    } catch (error) {
      // The server has begun a transaction, and refuses everything in it.
      if (this.#failure === undefined) await this.#send("ROLLBACK")
      throw error
    }
  }

  async #commit(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    if (!this.#inTransaction) throw transactionEnded()
    const aborted = this.#aborted
    if (aborted !== undefined) {
      await this.#end("ROLLBACK")
      throw aborted
    }
    try {
      await this.#end("COMMIT")
    } catch (error) {
      const failure = this.#toFailure(error)
      throw breaksConnection(failure) ? failed(commitLost, failure.message) : failure
    }
  }

  #send(text: string, job?: Job) {
    return this.#query(
      { sql: text, params: [], shape: "rows", safeIntegers: false, prepared: true, scope: "any" },
      job ?? { isLeft: false, isRunning: false, cancelling: undefined }
    )
  }

  /** Runs a statement on the server. */
  async #query(statement: Statement, job: Job): Promise<Results> {
    if (this.#failure !== undefined) throw this.#failure
    if (job.isLeft) throw cancelled()
    const { client, socket } = this.connected
    // The server does not limit statements of migrations either.
    const watch = statement.prepared
      ? setTimeout(() => socket.destroy(new Error("the server does not answer")), statementMillis + graceMillis)
      : undefined
    job.isRunning = true
    try {
      return await new Promise<Results>((resolve, reject) => {
        const config = {
          text: statement.sql,
          ...(statement.params.length === 0 ? {} : { values: statement.params.map(storable) }),
          ...(statement.shape === "values" && { rowMode: "array" })
        }
        let rows = 0
        const callback = (error: unknown, result: Results) => {
          if (rows > rowLimit) reject(failed("RESULT_TOO_LARGE", `the statement answers more than ${rowLimit} rows`))
          else if (error) reject(error)
          else resolve(result)
        }
        const query = new Query(Object.assign(config, { callback }))
        query.on("row", () => {
          if (++rows === rowLimit + 1) this.#cancel(job)
        })
        client.query(query)
      })
    } catch (error) {
      const failure = this.#toFailure(error)
      if (breaksConnection(failure)) this.#failure ??= failure
      if (this.#failure !== undefined) this.#inTransaction = false
      else if (this.#inTransaction && failure.code !== "PARAMETER") this.#aborted ??= failure
      // The server says this of a primary that has become a standby.
      if (failure.code === "25006" && this.options.role === "writer") this.#lose(failure.message)
      throw failure
    } finally {
      job.isRunning = false
      clearTimeout(watch)
    }
  }

  #toFailure(error: unknown): DriverFailure {
    if (error instanceof DriverFailure) {
      // Refused because of an earlier error, which says more.
      return error.code === "25P02" && this.#aborted !== undefined ? this.#aborted : error
    }
    if (error instanceof DatabaseError) return this.#toFailure(failed(error.code ?? "UNKNOWN", error.message))
    if (this.#failure !== undefined) return this.#failure
    return failed("PARAMETER", error instanceof Error ? error.message : String(error))
  }
}

/** Runs commands on an open connection. */
export const over = (connected: Connected, options: ConnectionOptions): Driver => new PostgresDriver(connected, options)

/** A connection over the network or a socket. */
export const open: Open = (options) => Effect.map(connect(options), (connected) => over(connected, options))
