import type { SqlError } from "@effect/sql"
import type { DatabaseFailure } from "../../src/errors/failure/Database.js"

/**
 * Whether a failure may be the full-text index's own (damaged, gone, or FTS5 missing) rather than the database's: busy,
 * full and unreadable files would fail every other statement too.
 */
export const isIndexFailure = (
  failure: DatabaseFailure
): failure is Extract<DatabaseFailure, { _tag: "DatabaseCorrupt" | "QueryFailed" }> =>
  failure._tag === "DatabaseCorrupt" || failure._tag === "QueryFailed"

/** The same, of a statement inside a transaction. */
export const isIndexError = (error: SqlError.SqlError): boolean => /^SQLITE_(?:CORRUPT|ERROR)/.test(driverCode(error))

const driverCode = ({ cause }: SqlError.SqlError): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""
