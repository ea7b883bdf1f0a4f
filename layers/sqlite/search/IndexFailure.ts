import type { SqlError } from "@effect/sql"
import type { DatabaseFailure } from "../../../src/errors/failure/Database.js"

const tags = ["ConstraintViolated", "DatabaseCorrupt", "DatabaseUnavailable", "QueryFailed"] as const

/**
 * Whether a failure may be the full-text index's own: damaged, gone, FTS5 missing, or damaged so that it asks for more
 * memory than there is. Being busy, full or shut is nobody's damage. What turns out to be the whole file's trouble fails
 * again, in the fallback.
 */
export const isIndexFailure = (
  failure: DatabaseFailure
): failure is Extract<DatabaseFailure, { _tag: (typeof tags)[number] }> => tags.some((tag) => tag === failure._tag)

/** The same, of a statement that writes to the index alone: a row that it holds twice is its own damage too. */
export const isIndexError = (error: SqlError.SqlError): boolean =>
  /^SQLITE_(?:CORRUPT|ERROR|NOMEM|CONSTRAINT)/.test(driverCode(error))

const driverCode = ({ cause }: SqlError.SqlError): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""
