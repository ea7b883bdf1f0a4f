/**
 * A count of transactions that every commit increments, in `PRAGMA user_version`: four bytes of the database's first
 * page, which is therefore part of every commit in the write-ahead log. Each database starts at a number of its own, so
 * the count shows whether a log belongs to a database: see `LeftLog`.
 * Plain JavaScript, like `Connection`.
 */
import { randomInt } from "node:crypto"

/** Maximum of the count; it wraps to 1. */
export const commitsLimit = 2 ** 31 - 1

/** Counts start at a multiple of this, which identifies the start. */
const stride = 2 ** 16

/** The start of a new database's count. */
export const firstCommit = () => randomInt(1, 2 ** 15) * stride

/**
 * Returns whether a count is the start of a database.
 * @param {number} count
 */
export const isFirstCommit = (count) => count % stride === 0

/**
 * Returns the count after a commit.
 * @param {number} count
 */
export const nextCommit = (count) => (count % commitsLimit) + 1
