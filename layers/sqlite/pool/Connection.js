/**
 * One SQLite connection: opened with every pragma set and read back, and its statements kept prepared.
 *
 * Plain JavaScript without Effect, because it runs in two places: in a worker thread, which must start fast and stay
 * small and is loaded by Node itself from the sources, and in the main thread.
 */
import { statSync } from "node:fs"
import Database from "better-sqlite3"
import { firstCommit, nextCommit } from "./CommitCount.js"
import { OpenFailure, obstacle } from "./OpenFailure.js"

/**
 * @typedef {object} ConnectionOptions
 * @property {string} path The database file.
 * @property {"reader" | "writer"} role A reader can never write, whatever statement it is given.
 * @property {boolean} create Whether a missing file may be made. Only true at start: a file that vanished under a running
 *   process must be noticed, not silently replaced by an empty one.
 * @property {number} busyTimeoutMillis How long SQLite itself waits for a foreign lock, blocking its thread.
 * @property {"full" | "normal"} synchronous Whether a commit survives a power cut (full) or may be lost by one (normal).
 * @property {"own" | "external"} checkpoints Whether the log is folded into the file by us, or by another program alone.
 * @property {string | undefined} [nativeBinding] Path of another better-sqlite3 addon.
 */

/**
 * @typedef {object} Statement
 * @property {"rows" | "values" | "raw"} shape Rows as objects, rows as arrays, or `{changes, lastInsertRowid}`.
 * @property {string} sql
 * @property {ReadonlyArray<unknown>} params
 * @property {boolean} safeIntegers Whether integers come as bigint.
 * @property {boolean} prepared Whether to keep the statement for next time.
 * @property {"read" | "transaction" | "any"} scope `read` refuses what would write; `transaction` refuses to run outside
 *   one, for SQLite ends a transaction by itself after some errors and what follows must not commit alone.
 */

/**
 * "StPk": marks the file as StarPunk's, for `file(1)`, and so that no other program's database is written to by mistake.
 * https://www.sqlite.org/pragma.html#pragma_application_id
 */
export const applicationId = 0x5374506b

/** Prepared statements kept per connection; the program has fewer than this. */
const preparedLimit = 128

/**
 * Rows that one statement may answer. A result is held in memory whole, twice on its way out of a worker, and neither V8's
 * limits nor SQLite stop a statement that goes on and on: who wants more asks page by page.
 */
export const rowLimit = 250_000

/** A statement that was refused before SQLite saw it, or ran into SQLite's refusal: what crosses to the main thread. */
export class StatementFailure extends Error {
  /**
   * @param {string} code SQLite's extended result code by name, or one of PARAMETER, TRANSACTION_ENDED, FILE_REPLACED,
   *   RESULT_TOO_LARGE.
   * @param {string} message
   */
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

/** @param {unknown} error */
const toStatementFailure = (error) => {
  if (error instanceof StatementFailure) return error
  if (error instanceof Database.SqliteError) return new StatementFailure(error.code, error.message)
  // better-sqlite3 answers TypeError and RangeError for what it cannot bind or prepare.
  return new StatementFailure("PARAMETER", error instanceof Error ? error.message : String(error))
}

/**
 * The WAL-reset bug (two connections, a checkpoint against a commit) corrupts databases in SQLite 3.7.0 to 3.51.2; fixed
 * in 3.51.3 and, backported, in 3.50.7 and 3.44.6. https://www.sqlite.org/changes.html
 * @param {string} version
 */
export const hasWalResetBug = (version) => {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number)
  if (major !== 3 || minor < 7) return false
  if (minor === 44) return patch < 6
  if (minor === 50) return patch < 7
  return minor < 51 || (minor === 51 && patch < 3)
}

/**
 * In this order: the lock's patience before anything that may meet a lock.
 * @param {ConnectionOptions} options
 * @returns {ReadonlyArray<readonly [pragma: string, value: string | number, readBack: string | number]>}
 */
const pragmas = (options) => [
  ["foreign_keys", "ON", 1],
  ["temp_store", "MEMORY", 2],
  ["trusted_schema", "OFF", 0],
  ["cell_size_check", "ON", 1],
  ["mmap_size", 0, 0],
  ["journal_size_limit", 64 * 1024 * 1024, 64 * 1024 * 1024],
  ...(options.role === "reader"
    ? /** @type {const} */ ([
        // 4 MB: the operating system keeps the file's pages as well, and there are several readers.
        ["cache_size", -4000, -4000],
        ["query_only", "ON", 1]
      ])
    : /** @type {const} */ ([
        ["cache_size", -8000, -8000],
        [
          "wal_autocheckpoint",
          ...(options.checkpoints === "own" ? /** @type {const} */ ([1000, 1000]) : /** @type {const} */ ([0, 0]))
        ],
        ["synchronous", options.synchronous === "full" ? "FULL" : "NORMAL", options.synchronous === "full" ? 2 : 1]
      ]))
]

/**
 * @param {Database.Database} database
 * @param {string} name
 * @param {string | number} value
 * @param {string | number} expected
 */
const setPragma = (database, name, value, expected) => {
  database.pragma(`${name} = ${value}`)
  const actual = database.pragma(name, { simple: true })
  if (actual === expected) return
  throw new OpenFailure(
    name === "journal_mode" ? "wal_unavailable" : "unknown",
    `PRAGMA ${name} is ${actual} after it was set to ${value}`
  )
}

/**
 * Refuses a file that some other program made, before a byte of it is changed; marks a new one as ours.
 * @param {Database.Database} database
 * @param {boolean} mayMark
 */
const claim = (database, mayMark) => {
  const id = () => database.pragma("application_id", { simple: true })
  if (id() === applicationId) return
  // Inside the write lock, for another process may be making the same new database right now.
  const mark = database.transaction(() => {
    const found = id()
    if (found === applicationId) return
    const tables = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get()
    if (found === 0 && tables === 0 && mayMark) {
      database.pragma(`application_id = ${applicationId}`)
      database.pragma(`user_version = ${firstCommit()}`)
    } else throw new OpenFailure("foreign_application", `application_id is ${found} with ${tables} tables and indexes`)
  })
  if (mayMark) mark.immediate()
  else mark()
}

/**
 * Begins to count the commits of a database that was made before they were counted. The log is emptied at once, where it
 * is ours to empty: its beginning cannot tell a database that does not count yet from an older copy.
 * @param {Database.Database} database
 * @param {ConnectionOptions} options
 */
const beginToCount = (database, { checkpoints }) => {
  const count = () => database.pragma("user_version", { simple: true })
  if (count() !== 0) return
  database
    .transaction(() => {
      if (count() === 0) database.pragma(`user_version = ${firstCommit()}`)
    })
    .immediate()
  if (checkpoints === "own") database.pragma("wal_checkpoint(TRUNCATE)")
}

/** One open connection. Used by one thread only. */
export class Connection {
  /** @type {Database.Database} */
  #database
  /** @type {ConnectionOptions} */
  #options
  /** Which file was opened, to notice when another one takes its place. */
  #file
  /** @type {Map<string, { statement: Database.Statement, raw: boolean, safe: boolean }>} Least recently used first. */
  #prepared = new Map()
  /** What tells whether a transaction has changed anything: rows changed so far, and the schema's version. */
  #stateAtBegin = ""

  /**
   * @param {Database.Database} database
   * @param {ConnectionOptions} options
   */
  constructor(database, options) {
    this.#database = database
    this.#options = options
    this.#file = statSync(options.path)
  }

  /**
   * Opens the file and sets every pragma, reading each one back.
   * @param {ConnectionOptions} options
   * @returns {Connection}
   * @throws {OpenFailure} With the reason, whatever went wrong.
   */
  static open(options) {
    /** @type {Database.Database | undefined} */
    let database
    try {
      const reader = options.role === "reader"
      const reason = reader ? undefined : obstacle(options.path)
      if (reason !== undefined) throw new OpenFailure(reason, "seen before SQLite was asked")
      database = new Database(options.path, {
        readonly: reader,
        fileMustExist: !options.create,
        timeout: options.busyTimeoutMillis,
        ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding })
      })
      setPragma(database, "busy_timeout", options.busyTimeoutMillis, options.busyTimeoutMillis)
      const version = String(database.prepare("SELECT sqlite_version()").pluck().get())
      if (hasWalResetBug(version)) throw new OpenFailure("sqlite_version", `SQLite ${version}`)
      claim(database, !reader)
      if (!reader) setPragma(database, "journal_mode", "WAL", "wal")
      for (const [name, value, readBack] of pragmas(options)) setPragma(database, name, value, readBack)
      if (!reader) beginToCount(database, options)
      return new Connection(database, options)
    } catch (error) {
      database?.close()
      throw OpenFailure.from(error, options.path, options.nativeBinding)
    }
  }

  /** Whether a transaction is open. */
  get inTransaction() {
    return this.#database.inTransaction
  }

  /**
   * Runs one statement to its end and answers in the shape that was asked for.
   * @param {Statement} request
   * @returns {unknown}
   * @throws {StatementFailure}
   */
  execute(request) {
    try {
      if (request.scope === "transaction" && !this.#database.inTransaction) {
        throw new StatementFailure("TRANSACTION_ENDED", "the transaction was ended by an earlier error")
      }
      if (request.sql === "BEGIN IMMEDIATE") this.#stateAtBegin = this.#state()
      if (request.sql === "COMMIT" && this.#state() !== this.#stateAtBegin) this.#count()
      const entry = this.#prepare(request)
      const { statement } = entry
      if (request.scope === "read" && !statement.readonly) {
        throw new StatementFailure("SQLITE_READONLY", "attempt to write through a read-only connection")
      }
      // Both modes stick to the statement, so each use sets them anew.
      if (entry.safe !== request.safeIntegers) {
        entry.safe = request.safeIntegers
        statement.safeIntegers(entry.safe)
      }
      if (!statement.reader) {
        const result = statement.run(...request.params)
        return request.shape === "raw" ? result : []
      }
      const raw = request.shape === "values"
      if (entry.raw !== raw) {
        entry.raw = raw
        statement.raw(raw)
      }
      const rows = []
      for (const row of statement.iterate(...request.params)) {
        if (rows.push(row) > rowLimit) {
          throw new StatementFailure("RESULT_TOO_LARGE", `the statement answers more than ${rowLimit} rows`)
        }
      }
      return rows
    } catch (error) {
      throw toStatementFailure(error)
    }
  }

  #state() {
    const rows = this.#database.prepare("SELECT total_changes()").pluck().get()
    return `${rows} ${this.#database.pragma("schema_version", { simple: true })}`
  }

  #count() {
    const count = Number(this.#database.pragma("user_version", { simple: true }))
    this.#database.pragma(`user_version = ${nextCommit(count)}`)
  }

  /** Rolls back whatever is open; nothing to do when nothing is. */
  rollback() {
    try {
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK")
    } catch (error) {
      throw toStatementFailure(error)
    }
  }

  /** Fails when the file at the path is not the one that was opened: what is written here would go nowhere. */
  verify() {
    const now = statSync(this.#options.path, { throwIfNoEntry: false })
    if (now?.ino === this.#file.ino && now.dev === this.#file.dev) return
    throw new StatementFailure("FILE_REPLACED", "the database file was replaced or removed")
  }

  /** Closes; a second call does nothing. The writer leaves fresh statistics for the query planner behind. */
  close() {
    if (!this.#database.open) return
    this.#prepared.clear()
    if (this.#options.role === "writer" && !this.#database.inTransaction) {
      try {
        // https://www.sqlite.org/lang_analyze.html#pragopt; skipped when another process holds the lock.
        this.#database.pragma("busy_timeout = 0")
        this.#database.pragma("analysis_limit = 400")
        this.#database.pragma("optimize")
      } catch {
        // Statistics are a nicety: closing must not fail for them.
      }
    }
    this.#database.close()
  }

  /** @param {Statement} request */
  #prepare(request) {
    const { sql } = request
    const known = this.#prepared.get(sql)
    if (known !== undefined) {
      this.#prepared.delete(sql)
      this.#prepared.set(sql, known)
      return known
    }
    const entry = { statement: this.#database.prepare(sql), raw: false, safe: false }
    if (request.prepared) {
      this.#prepared.set(sql, entry)
      if (this.#prepared.size > preparedLimit) {
        const [oldest] = this.#prepared.keys()
        if (oldest !== undefined) this.#prepared.delete(oldest)
      }
    }
    return entry
  }
}
