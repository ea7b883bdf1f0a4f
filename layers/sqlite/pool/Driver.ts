import type { Effect } from "effect"
import type { DatabaseOpenFailed } from "../../../src/errors/failure/Startup.js"
import type { ConnectionOptions, Statement } from "./Connection.js"
import type { DriverFailure } from "./DriverFailure.js"

/** What a connection can be asked to do. */
export type Command =
  | { readonly do: "execute"; readonly statement: Statement }
  /** Rolls back whatever is open. */
  | { readonly do: "rollback" }
  /** Fails as FILE_REPLACED when the path holds another file than the one that was opened. */
  | { readonly do: "verify" }

/** One open connection, wherever its thread is. Commands are carried out in the order in which they are given. */
export interface Driver {
  /**
   * Answers at once when interrupted; a statement that SQLite is already running goes on all the same, since it cannot be
   * cancelled, and counts as `pending` until it ends.
   */
  readonly run: (command: Command) => Effect.Effect<unknown, DriverFailure>
  /** Commands whose answer has not come yet. */
  readonly pending: () => number
  /** Completes when nothing is pending. */
  readonly settled: Effect.Effect<void>
  /** Whether a transaction is open, as of the latest answer. */
  readonly inTransaction: () => boolean
  /** Why the connection is not to be trusted any more. */
  readonly broken: () => DriverFailure | undefined
  /** Ends the connection and completes when it is really gone: after the statement that is running. */
  readonly close: Effect.Effect<void>
}

/** Opens a connection; interrupting it leaves none behind. */
export type Open = (options: ConnectionOptions) => Effect.Effect<Driver, DatabaseOpenFailed>
