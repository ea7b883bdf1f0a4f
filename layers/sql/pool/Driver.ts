import type { Effect } from "effect"
import type { DriverFailure } from "./DriverFailure.js"

/** One statement with its parameters. */
export interface Statement {
  /** Rows as objects, rows as arrays, or the driver's result of a statement that changes rows. */
  readonly shape: "rows" | "values" | "raw"
  readonly sql: string
  readonly params: ReadonlyArray<unknown>
  /** Whether integers are returned as bigint. */
  readonly safeIntegers: boolean
  /** Whether to cache the prepared statement. */
  readonly prepared: boolean
  /**
   * `read` refuses statements that write. `transaction` refuses to run outside of a transaction, because a database ends
   * one on some errors, and the next statement must not be committed alone.
   */
  readonly scope: "read" | "transaction" | "any"
  /**
   * Savepoint statements to run first, so that they need no message of their own. If one fails, the statement does not
   * run.
   */
  readonly before?: ReadonlyArray<string> | undefined
}

/** Commands of a connection. */
export type Command =
  | { readonly do: "execute"; readonly statement: Statement }
  /** Runs statements in order up to the first that fails, and returns their results. */
  | { readonly do: "executeAll"; readonly statements: ReadonlyArray<Statement> }
  /** Begins a transaction that holds the write lock. */
  | { readonly do: "begin" }
  /** Verifies the database and commits. */
  | { readonly do: "commit" }
  /** Rolls back an open transaction. */
  | { readonly do: "rollback" }
  /** Fails if the connection leads to another database than the one that was opened (FILE_REPLACED). */
  | { readonly do: "verify" }

/** One open connection, on any thread or to a server. Runs commands in order. */
export interface Driver {
  /**
   * Returns at once when interrupted. A statement that is running may go on; it counts as `pending` until it ends.
   */
  readonly run: (command: Command) => Effect.Effect<unknown, DriverFailure>
  /** Number of commands without a result yet. */
  readonly pending: () => number
  /** Completes when no command is pending. */
  readonly settled: Effect.Effect<void>
  /** Whether a transaction is open, as of the latest result. */
  readonly inTransaction: () => boolean
  /** The error after which the open transaction can only be rolled back, to a savepoint before it or altogether. */
  readonly aborted: () => DriverFailure | undefined
  /** Why the connection must not be used any more. */
  readonly broken: () => DriverFailure | undefined
  /** Closes the connection and completes when it is closed: after the running statement. */
  readonly close: Effect.Effect<void>
}
