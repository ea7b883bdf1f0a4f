import type { SqlError } from "@effect/sql"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { codeOf } from "../../files/ErrorCode.js"

const tags = ["ConstraintViolated", "DatabaseCorrupt", "DatabaseUnavailable", "QueryFailed"] as const

/**
 * Returns whether a failure may be caused by the full-text index: damaged, gone, FTS5 missing, or so damaged that it
 * needs too much memory. A busy, full or closed database is not. If the whole file is damaged, the fallback fails
 * again.
 */
export const isIndexFailure = (
  failure: DatabaseFailure
): failure is Extract<DatabaseFailure, { _tag: (typeof tags)[number] }> => tags.some((tag) => tag === failure._tag)

/** Like `isIndexFailure`, for a statement that writes only to the index: a duplicate row is damage too. */
export const isIndexError = (error: SqlError.SqlError): boolean =>
  /^SQLITE_(?:CORRUPT|ERROR|NOMEM|CONSTRAINT)/.test(codeOf(error.cause))
