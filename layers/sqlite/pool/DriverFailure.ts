import { Data } from "effect"
import {
  ConstraintViolated,
  DatabaseCorrupt,
  type DatabaseFailure,
  DatabaseFull,
  DatabaseLocked,
  DatabaseReadOnly,
  DatabaseUnavailable,
  QueryFailed
} from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"

/**
 * A failure of a connection. `code` is SQLite's extended result code by name (https://www.sqlite.org/rescode.html) or
 * one of ours: PARAMETER (could not be bound or prepared), RESULT_TOO_LARGE, TRANSACTION_ENDED, FILE_REPLACED,
 * WORKER_ENDED, LEASE_ENDED.
 */
export class DriverFailure extends Data.TaggedError("DriverFailure")<{
  readonly code: string
  readonly message: string
}> {}

/** Returns whether another connection holds a lock, so that the statement may be repeated. */
export const isBusy = ({ code }: DriverFailure): boolean => code.startsWith("SQLITE_BUSY")

/**
 * Returns whether a commit that failed in this way has stored nothing, for a reason that may be one of its units of work:
 * a constraint that is checked at the commit, or a log for which there is no room.
 */
export const isUnstored = ({ code }: DriverFailure): boolean => /^SQLITE_(CONSTRAINT|FULL)/.test(code)

/**
 * Returns whether a failure makes the connection unusable, so that the next use gets a new one. Not for a damaged
 * virtual table (the search index): only its content is wrong, and the transaction may continue.
 */
export const breaksConnection = ({ code }: DriverFailure): boolean =>
  code !== "SQLITE_CORRUPT_VTAB" && /^(SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|NOMEM)|WORKER_ENDED)/.test(code)

/**
 * Returns whether a write to the disk failed, which leaves the file's content in doubt (SQLITE_IOERR_WRITE, _FSYNC and
 * similar).
 */
export const isFailedWrite = (failure: DatabaseFailure): boolean =>
  failure._tag === "DatabaseUnavailable" && failure.driverCode.startsWith("SQLITE_IOERR")

/** Classifies a failure at the pool's boundary, so that callers can distinguish failures by tag. */
export const toDatabaseFailure = ({ code, message }: DriverFailure, busyTimeoutMillis: number): DatabaseFailure => {
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return new DatabaseLocked({ waitedMillis: busyTimeoutMillis })
  if (code.startsWith("SQLITE_CONSTRAINT")) return new ConstraintViolated({ driverCode: code })
  if (code.startsWith("SQLITE_FULL")) return new DatabaseFull({ driverCode: code })
  if (code.startsWith("SQLITE_READONLY")) return new DatabaseReadOnly({ driverCode: code })
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return new DatabaseCorrupt({ driverCode: code })
  if (/^(SQLITE_(IOERR|CANTOPEN|NOMEM)|WORKER_ENDED|FILE_REPLACED)/.test(code)) {
    return new DatabaseUnavailable({ driverCode: code })
  }
  return new QueryFailed({ driverCode: code, detail: message })
}

/** The failure that callers get while no connection can be opened. */
export const whileUnopened = ({ reason }: DatabaseOpenFailed, busyTimeoutMillis: number): DatabaseFailure => {
  switch (reason) {
    case "locked":
      return new DatabaseLocked({ waitedMillis: busyTimeoutMillis })
    case "corrupt":
    case "not_a_database":
      return new DatabaseCorrupt({ driverCode: reason })
    case "read_only":
      return new DatabaseReadOnly({ driverCode: reason })
    default:
      return new DatabaseUnavailable({ driverCode: reason })
  }
}
