import { Duration, Effect, Schedule } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Command } from "../../sql/pool/Driver.js"
import { DriverFailure } from "../../sql/pool/DriverFailure.js"
import type { Open } from "./Connecting.js"
import { Connection, StatementFailure } from "./Connection.js"
import { breaksConnection, isBusy } from "./Engine.js"
import { OpenFailure } from "./OpenFailure.js"

const toDriverFailure = (error: unknown): DriverFailure =>
  error instanceof StatementFailure
    ? new DriverFailure({ code: error.code, message: error.message })
    : new DriverFailure({ code: "UNKNOWN", message: String(error) })

/** 2 ms, 4 ms … 50 ms, jittered so that two waiting processes do not keep colliding. */
const whileBusy = (limit: Duration.Duration) =>
  Schedule.exponential("2 millis").pipe(
    Schedule.union(Schedule.spaced("50 millis")),
    Schedule.jittered,
    Schedule.upTo(limit)
  )

const perform = (connection: Connection, command: Command): unknown => {
  switch (command.do) {
    case "execute":
      return connection.execute(command.statement)
    case "executeAll":
      return command.statements.map((statement) => connection.execute(statement))
    case "begin":
      return connection.begin()
    case "commit":
      return connection.commit()
    case "rollback":
      return connection.rollback()
    case "verify":
      return connection.verify()
  }
}

/**
 * A connection in the calling thread, for tests and short commands: every statement blocks the event loop. Waiting for
 * another process's lock does not: SQLite is configured not to wait, and the statement is retried.
 */
export const open: Open = (options) =>
  Effect.gen(function* () {
    const connection = yield* Effect.try({
      try: () => Connection.open({ ...options, busyTimeoutMillis: 0 }),
      catch: (error) => {
        const { message, reason } = OpenFailure.from(error, options.path)
        return new DatabaseOpenFailed({ reason, path: options.path, detail: message })
      }
    })
    const patience = whileBusy(Duration.millis(options.busyTimeoutMillis))
    let broken: DriverFailure | undefined
    const attempt = (command: Command) =>
      Effect.try({
        try: () => perform(connection, command),
        catch: (error) => {
          const failure = toDriverFailure(error)
          if (breaksConnection(failure)) broken ??= failure
          return failure
        }
      })
    return {
      run: (command) =>
        Effect.catchIf(attempt(command), isBusy, () =>
          Effect.retry(attempt(command), { schedule: patience, while: isBusy })
        ),
      pending: () => 0,
      settled: Effect.void,
      inTransaction: () => connection.inTransaction,
      // A statement that fails leaves the transaction as it was.
      aborted: () => undefined,
      broken: () => broken,
      close: Effect.sync(() => connection.close())
    }
  })
