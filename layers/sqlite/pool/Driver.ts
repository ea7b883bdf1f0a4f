import type { Effect } from "effect"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { ConnectionOptions, Statement } from "./Connection.js"
import type { DriverFailure } from "./DriverFailure.js"

/** Commands of a connection. */
export type Command =
  | { readonly do: "execute"; readonly statement: Statement }
  /** Runs statements in order up to the first that fails, and returns their results. */
  | { readonly do: "executeAll"; readonly statements: ReadonlyArray<Statement> }
  /** Begins a transaction that holds the write lock. */
  | { readonly do: "begin" }
  /** Verifies the file and commits. */
  | { readonly do: "commit" }
  /** Rolls back an open transaction. */
  | { readonly do: "rollback" }
  /** Fails as FILE_REPLACED if the path holds another file than the opened one. */
  | { readonly do: "verify" }

/** One open connection on any thread. Runs commands in order. */
export interface Driver {
  /**
   * Returns at once when interrupted. A statement that SQLite is running cannot be cancelled; it goes on, and counts as
   * `pending` until it ends.
   */
  readonly run: (command: Command) => Effect.Effect<unknown, DriverFailure>
  /** Number of commands without a result yet. */
  readonly pending: () => number
  /** Completes when no command is pending. */
  readonly settled: Effect.Effect<void>
  /** Whether a transaction is open, as of the latest result. */
  readonly inTransaction: () => boolean
  /** Why the connection must not be used any more. */
  readonly broken: () => DriverFailure | undefined
  /** Closes the connection and completes when it is closed: after the running statement. */
  readonly close: Effect.Effect<void>
}

/** Opens a connection; interruption leaves none open. */
export type Open = (options: ConnectionOptions) => Effect.Effect<Driver, DatabaseOpenFailed>
