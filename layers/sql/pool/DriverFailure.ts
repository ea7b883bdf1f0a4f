import { Data } from "effect"

/**
 * A failure of a connection. `code` is the database's code (SQLite's extended result code by name, or the SQLSTATE of
 * PostgreSQL) or one of ours, such as PARAMETER (could not be bound or prepared), RESULT_TOO_LARGE, TRANSACTION_ENDED,
 * LEASE_ENDED and ABANDONED.
 */
export class DriverFailure extends Data.TaggedError("DriverFailure")<{
  readonly code: string
  readonly message: string
}> {}
