import { Statement } from "@effect/sql"
import { Effect } from "effect"
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
import type { Command } from "../../sql/pool/Driver.js"
import type { DriverFailure } from "../../sql/pool/DriverFailure.js"
import type { Engine } from "../../sql/pool/Engine.js"

/** Returns whether another connection holds a lock, so that the statement may be repeated. */
export const isBusy = ({ code }: DriverFailure): boolean => code.startsWith("SQLITE_BUSY")

const isUnstored = ({ code }: DriverFailure): boolean => /^SQLITE_(CONSTRAINT|FULL)/.test(code)

/**
 * Returns whether a failure makes the connection unusable, so that the next use gets a new one. Not for a damaged
 * virtual table (the search index): only its content is wrong, and the transaction may continue.
 */
export const breaksConnection = ({ code }: DriverFailure): boolean =>
  code !== "SQLITE_CORRUPT_VTAB" && /^(SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|NOMEM)|WORKER_ENDED)/.test(code)

/**
 * Returns whether a write to the disk failed (SQLITE_IOERR_WRITE, _FSYNC and similar), so that the content of the file
 * is uncertain.
 */
const isFailedWrite = (failure: DatabaseFailure): boolean =>
  failure._tag === "DatabaseUnavailable" && failure.driverCode.startsWith("SQLITE_IOERR")

/** Classifies a failure by SQLite's extended result code (https://www.sqlite.org/rescode.html), or one of ours. */
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

const whileUnopened = ({ reason }: DatabaseOpenFailed, busyTimeoutMillis: number): DatabaseFailure => {
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

/** Returns whether the disk or the connection's thread failed during a statement. */
const brokeUnder = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable && /^(SQLITE_IOERR|WORKER_ENDED)/.test(error.driverCode)

/**
 * Reads every page and follows every link; returns `ok` or the damage.
 * https://www.sqlite.org/pragma.html#pragma_quick_check
 */
const quickCheck: Command = {
  do: "execute",
  statement: {
    shape: "values",
    sql: "PRAGMA quick_check(1)",
    params: [],
    safeIntegers: false,
    prepared: false,
    scope: "any"
  }
}

/** SQLite, as the pool uses it. */
export const sqlite = (busyTimeoutMillis: number): Engine => ({
  system: "sqlite",
  compiler: Statement.makeCompilerSqlite(),
  probe: "SELECT count(*) FROM sqlite_schema",
  toDatabaseFailure: (failure) => toDatabaseFailure(failure, busyTimeoutMillis),
  whileUnopened: (refused) => whileUnopened(refused, busyTimeoutMillis),
  isUnstored,
  brokeUnder,
  isFailedWrite,
  check: (driver) =>
    driver.run(quickCheck).pipe(
      Effect.mapError((failure) => toDatabaseFailure(failure, busyTimeoutMillis)),
      Effect.filterOrFail(
        (rows) => Array.isArray(rows) && String(rows[0]) === "ok",
        () => new DatabaseCorrupt({ driverCode: "QUICK_CHECK" })
      ),
      Effect.asVoid
    )
})
