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
} from "../../../src/errors/failure/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/failure/Startup.js"

/**
 * What a connection answered instead of a result. `code` is SQLite's extended result code by name
 * (https://www.sqlite.org/rescode.html) or one of ours: PARAMETER (could not be bound or prepared), RESULT_TOO_LARGE,
 * TRANSACTION_ENDED, FILE_REPLACED, WORKER_ENDED, LEASE_ENDED.
 */
export class DriverFailure extends Data.TaggedError("DriverFailure")<{
  readonly code: string
  readonly message: string
}> {}

/** Another connection holds a lock; the same statement may be tried again. */
export const isBusy = ({ code }: DriverFailure): boolean => code.startsWith("SQLITE_BUSY")

/**
 * After these the connection is not to be trusted: the next use gets a fresh one. A damaged virtual table (the search
 * index) is not among them: it is content that is wrong, and the transaction that met it may go on.
 */
export const breaksConnection = ({ code }: DriverFailure): boolean =>
  code !== "SQLITE_CORRUPT_VTAB" && /^(SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|NOMEM)|WORKER_ENDED)/.test(code)

/** Whether the disk failed under a write: what it holds is then in doubt (SQLITE_IOERR_WRITE, _FSYNC and their like). */
export const isFailedWrite = (failure: DatabaseFailure): boolean =>
  failure._tag === "DatabaseUnavailable" && failure.driverCode.startsWith("SQLITE_IOERR")

/** Classifies once, at the pool's border, what callers may then tell apart by tag. */
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

/** What a caller is told while no connection can be opened. */
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
