import type { Statement } from "@effect/sql"
import type { Effect } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Driver } from "./Driver.js"
import type { DriverFailure } from "./DriverFailure.js"

/** Differences between databases, for the pool: the syntax of statements, and the meaning of failures. */
export interface Engine {
  /** Its name in traces: `db.system.name`. */
  readonly system: "sqlite" | "postgresql"
  readonly compiler: Statement.Compiler
  /** A statement that tests whether a reader can read. */
  readonly probe: string
  /** Classifies a failure at the pool's boundary, so that callers can distinguish failures by tag. */
  readonly toDatabaseFailure: (failure: DriverFailure) => DatabaseFailure
  /** The failure that callers get while no connection can be opened. */
  readonly whileUnopened: (refused: DatabaseOpenFailed) => DatabaseFailure
  /**
   * Whether a failed commit has stored nothing because of one of its units of work: a constraint that is checked at the
   * commit, or no space for its data.
   */
  readonly isUnstored: (failure: DriverFailure) => boolean
  /** Whether the connection failed during a statement, so that a new connection may succeed. */
  readonly brokeUnder: (error: unknown) => boolean
  /** Whether a failure leaves the content of the storage in doubt, so that a new connection has to `check` it. */
  readonly isFailedWrite: (failure: DatabaseFailure) => boolean
  /** Checks the storage after a failed write. */
  readonly check: (driver: Driver) => Effect.Effect<void, DatabaseFailure>
}
