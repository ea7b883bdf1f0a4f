import { type FileHandle, open } from "node:fs/promises"
import { setTimeout as wait } from "node:timers/promises"
import { ifMissing } from "../../files/IfMissing.js"
import { commitsLimit, isFirstCommit } from "./CommitCount.js"

/** Verdict on the logs beside a database: whether they belong to it. */
export type Verdict =
  /** There is no log with content, or it was written on this database. */
  | { readonly _tag: "Fits" }
  /** The log has no content that shows where it belongs. */
  | { readonly _tag: "Unknown" }
  /** The log does not contain enough to identify its database. */
  | { readonly _tag: "Mismatch"; readonly detail: string }

const fits: Verdict = { _tag: "Fits" }
const unknown: Verdict = { _tag: "Unknown" }
const mismatch = (detail: string): Verdict => ({ _tag: "Mismatch", detail })

/** The two counters in a database's first page: https://www.sqlite.org/fileformat2.html#the_database_header */
interface Counters {
  /** Commits of StarPunk: `user_version`, see `CommitCount`. */
  readonly commits: number
  /** Transactions that changed the first page, as far as SQLite counts them in WAL mode. */
  readonly changes: number
}

const headerBytes = 100

const countersIn = (page: Buffer): Counters => ({ commits: page.readUInt32BE(60), changes: page.readUInt32BE(24) })

/** Reads bytes at a position of a file; fewer at its end. */
const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

const ifThere = async <A>(path: string, use: (file: FileHandle) => Promise<A>): Promise<A | undefined> => {
  const file = await open(path, "r").catch(ifMissing(undefined))
  try {
    return file && (await use(file))
  } finally {
    await file?.close()
  }
}

/** Counters of a database; `empty` if there is no file or no content; `foreign` if it is not a SQLite database. */
const databaseCounters = async (path: string): Promise<Counters | "empty" | "foreign"> =>
  (await ifThere(path, async (file) => {
    const header = await readAt(file, 0, headerBytes)
    if (header.length === 0) return "empty"
    return header.length === headerBytes && header.toString("latin1", 0, 15) === "SQLite format 3"
      ? countersIn(header)
      : "foreign"
  })) ?? "empty"

const logHeaderBytes = 32
const frameHeaderBytes = 24

/**
 * What the write-ahead log contains about the first page: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
interface LogContent {
  /** Identifies this generation of the log: it changes when the log is restarted. */
  readonly salt: string
  readonly frames: number
  readonly first?: Counters
  readonly last?: Counters
}

/** Reads the log; `torn` if it was restarted meanwhile. */
const readLog = (path: string): Promise<LogContent | "torn" | undefined> =>
  ifThere(path, async (file) => {
    const header = await readAt(file, 0, logHeaderBytes)
    if (header.length < logHeaderBytes || (header.readUInt32BE(0) & 0xfffffffe) !== 0x377f0682) return undefined
    const size = header.readUInt32BE(8)
    const pageBytes = size === 1 ? 65_536 : size
    if (pageBytes < 512 || pageBytes > 65_536) return undefined
    const salts = header.subarray(16, 24)
    const content: { salt: string; frames: number; first?: Counters; last?: Counters } = {
      salt: salts.toString("hex"),
      frames: 0
    }
    for (let at = logHeaderBytes; ; at += frameHeaderBytes + pageBytes) {
      const frame = await readAt(file, at, frameHeaderBytes + headerBytes)
      // Later frames are from before the log was restarted.
      if (frame.length < frameHeaderBytes + headerBytes || !frame.subarray(8, 16).equals(salts)) {
        // The header is written before the first frame.
        return header.equals(await readAt(file, 0, logHeaderBytes)) ? content : "torn"
      }
      content.frames++
      if (frame.readUInt32BE(0) !== 1) continue
      content.last = countersIn(frame.subarray(frameHeaderBytes))
      content.first ??= content.last
    }
  })

/** How far `to` is ahead of `from` in a count that wraps. */
const ahead = (from: number, to: number): number => (to - from + commitsLimit) % commitsLimit

/**
 * Compares the counts of database and log. The database of a log is one commit before the log's first, or at one of the
 * log's commits if a checkpoint copied part of it. An older copy is before that, a newer one after it, and another
 * site's database somewhere else.
 */
const compare = (database: Counters, log: LogContent): Verdict => {
  const { first, last } = log
  if (first === undefined || last === undefined) return unknown
  if (database.commits !== 0 && first.commits !== 0) {
    const span = ahead(first.commits, last.commits) + 1
    const place = ahead(first.commits - 1, database.commits)
    if (place <= span) return fits
    const behind = ahead(database.commits, first.commits - 1)
    return mismatch(
      behind < commitsLimit / 65_536
        ? `the database is older than its log by ${behind} transactions`
        : `the database is at transaction ${database.commits}, its log goes from ${first.commits} to ${last.commits}`
    )
  }
  if (database.commits === 0 && first.commits !== 0 && !isFirstCommit(first.commits)) {
    return mismatch("the database is older than its log, or belongs to another site")
  }
  // Written by 2.0.0-alpha.1 until November 2026, which had no commit count. SQLite's own count never decreases.
  return database.changes + 1 < first.changes
    ? mismatch(`the database is older than its log (change ${database.changes}, the log begins at ${first.changes})`)
    : unknown
}

/** The verdict on a log without a database, which `backup/Traces` reports. */
const without = (database: "empty" | "foreign"): Verdict =>
  database === "empty" ? unknown : mismatch("the file is not a SQLite database")

/**
 * How long a mismatch has to last, in milliseconds. SQLite writes the header of a frame before its page, so the log of a
 * running server may have a frame with the page of an earlier generation.
 */
const confirmAfter = 25

const judgeWriteAheadLog = async (path: string): Promise<Verdict> => {
  // Beside a server the log may be restarted between two reads, so both have to see the same generation.
  let suspected: string | undefined
  for (let attempt = 0; attempt < 20; attempt++) {
    const before = await readLog(`${path}-wal`)
    if (before === "torn") continue
    if (before === undefined || before.frames === 0) return fits
    const database = await databaseCounters(path)
    const after = await readLog(`${path}-wal`)
    if (after === undefined || after === "torn" || after.salt !== before.salt) continue
    const verdict = typeof database === "string" ? without(database) : compare(database, after)
    if (verdict._tag !== "Mismatch") return verdict
    const state = JSON.stringify([database, before, after])
    if (state === suspected) return verdict
    suspected = state
    await wait(confirmAfter)
  }
  return unknown
}

const journalMagic = "d9d505f920a163d7"

/** Counters of the first page before the transaction that a rollback journal undoes. */
const journalCounters = (path: string): Promise<Counters | undefined> =>
  ifThere(path, async (file) => {
    const header = await readAt(file, 0, 28)
    if (header.length < 28 || header.toString("hex", 0, 8) !== journalMagic) return undefined
    const sector = header.readUInt32BE(20)
    const pageBytes = header.readUInt32BE(24)
    for (let at = sector; sector > 0 && pageBytes >= 512; at += pageBytes + 8) {
      const record = await readAt(file, at, 4 + headerBytes)
      if (record.length < 4 + headerBytes) return undefined
      if (record.readUInt32BE(0) === 1) return countersIn(record.subarray(4))
    }
    return undefined
  })

const judgeJournal = async (path: string): Promise<Verdict> => {
  const journal = await journalCounters(`${path}-journal`)
  if (journal === undefined) return fits
  const database = await databaseCounters(path)
  if (typeof database === "string") return without(database)
  return ahead(journal.commits, database.commits) <= 1
    ? fits
    : mismatch("the rollback journal beside the database belongs to another database")
}

/**
 * Checks whether the logs beside a database belong to it, before SQLite opens it and applies them. Reads only. May run
 * beside a server, but not while this process has the database open: closing the file would release its locks
 * (https://www.sqlite.org/howtocorrupt.html#posix_close_bug). Rejects with the system's error.
 */
export const judge = async (path: string): Promise<Verdict> => {
  const journal = await judgeJournal(path)
  return journal._tag === "Fits" ? judgeWriteAheadLog(path) : journal
}
