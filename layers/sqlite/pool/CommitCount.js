/**
 * A count of transactions that each commit of ours moves on by one, in `PRAGMA user_version`: four bytes of the database's
 * first page, which is thereby in every commit's part of the write-ahead log. It begins at a number of the database's own
 * and tells whether a log belongs to a database: see `LeftLog`.
 *
 * Plain JavaScript, as `Connection` is.
 */
import { randomInt } from "node:crypto"

/** The count goes from 1 to this and begins anew. */
export const commitsLimit = 2 ** 31 - 1

/** A count begins at a multiple of this, by which its beginning is known. */
const stride = 2 ** 16

/** Where a database of its own begins to count. */
export const firstCommit = () => randomInt(1, 2 ** 15) * stride

/** @param {number} count */
export const isFirstCommit = (count) => count % stride === 0

/** @param {number} count */
export const nextCommit = (count) => (count % commitsLimit) + 1
