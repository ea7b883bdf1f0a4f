import { Statement } from "@effect/sql"
import { Effect } from "effect"
import {
  CommitUnknown,
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
import type { DriverFailure } from "../../sql/pool/DriverFailure.js"
import type { Engine } from "../../sql/pool/Engine.js"

/** The connection to the server was lost. */
export const connectionLost = "CONNECTION_LOST"

/** The connection was lost during a COMMIT, and nobody can tell whether it took effect. */
export const commitUnknown = "COMMIT_UNKNOWN"

/** The connection was lost during a COMMIT, and the server says that the transaction was not stored. */
export const commitAborted = "COMMIT_ABORTED"

/**
 * Failures of the connection or of the server, by SQLSTATE: 08 (connection), 57P (shutdown, crash, no connections now),
 * 53300 (too many connections), 25P03 and 25P04 (the server ended an idle or a long transaction with its connection).
 */
const ended = /^(08|57P|53300|25P03|25P04|CONNECTION_LOST)/

/** Returns whether a failure makes the connection unusable, so that the next use gets a new one. */
export const breaksConnection = ({ code }: DriverFailure): boolean => ended.test(code) || /^XX00[12]/.test(code)

/**
 * Classifies a failure by its SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), or by a code of
 * ours. A statement that was cancelled (57014) is one that took longer than `statement_timeout`: nobody waits for the
 * others.
 */
const toDatabaseFailure = ({ code, message }: DriverFailure, busyTimeoutMillis: number): DatabaseFailure => {
  if (code === commitUnknown) return new CommitUnknown({ driverCode: code })
  if (ended.test(code) || code === commitAborted) return new DatabaseUnavailable({ driverCode: code })
  if (/^(55P03|40001|40P01)/.test(code)) return new DatabaseLocked({ waitedMillis: busyTimeoutMillis })
  if (code.startsWith("23")) return new ConstraintViolated({ driverCode: code })
  if (code === "25006") return new DatabaseReadOnly({ driverCode: code })
  if (code === "53100") return new DatabaseFull({ driverCode: code })
  if (/^(53|58|57014)/.test(code)) return new DatabaseUnavailable({ driverCode: code })
  if (/^XX00[12]/.test(code)) return new DatabaseCorrupt({ driverCode: code })
  return new QueryFailed({ driverCode: code, detail: message })
}

const whileUnopened = ({ reason }: DatabaseOpenFailed): DatabaseFailure =>
  new DatabaseUnavailable({ driverCode: reason })

/** A transaction that ended with its connection has stored nothing, unless its COMMIT was on its way. */
const isUnstored = ({ code }: DriverFailure): boolean =>
  code !== commitUnknown && (ended.test(code) || /^(23|40|53|COMMIT_ABORTED)/.test(code))

const brokeUnder = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable && ended.test(error.driverCode) && error.driverCode !== "53300"

/** PostgreSQL, as the pool uses it. */
export const postgres = (busyTimeoutMillis: number): Engine => ({
  system: "postgresql",
  compiler: Statement.makeCompiler({
    dialect: "pg",
    placeholder: (index) => `$${index}`,
    onIdentifier: Statement.defaultEscape('"'),
    onRecordUpdate: (placeholders, alias, columns, values, returning) => [
      `(VALUES ${placeholders}) AS ${alias}${columns}${returning === undefined ? "" : ` RETURNING ${returning[0]}`}`,
      returning === undefined ? values.flat() : values.flat().concat(returning[1])
    ],
    onCustom: () => ["", []]
  }),
  probe: "SELECT count(*) FROM pg_catalog.pg_namespace",
  toDatabaseFailure: (failure) => toDatabaseFailure(failure, busyTimeoutMillis),
  whileUnopened,
  isUnstored,
  brokeUnder,
  // What the server could not write it has not acknowledged, and it recovers by itself.
  isFailedWrite: () => false,
  check: () => Effect.void
})
