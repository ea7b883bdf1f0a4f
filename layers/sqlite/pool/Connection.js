/**
 * One SQLite connection: sets and verifies every pragma when it opens, and caches prepared statements.
 * Plain JavaScript without Effect, because it runs in two places: in the main thread, and in a worker thread, which has
 * to start fast and stay small, and is loaded by Node directly from the sources.
 */
import { statSync } from "node:fs"
import Database from "better-sqlite3"
import { applicationId } from "./ApplicationId.js"
import { firstCommit, nextCommit } from "./CommitCount.js"
import { OpenFailure, obstacle } from "./OpenFailure.js"

/**
 * Options of a connection.
 * @typedef {object} ConnectionOptions
 * @property {string} path The database file.
 * @property {"reader" | "writer"} role A reader can never write, with any statement.
 * @property {boolean} create Whether to create a missing file. True only at the start: a file that vanished under a
 * running process must be noticed, not silently replaced by an empty one.
 * @property {number} busyTimeoutMillis How long SQLite itself waits for another process's lock, blocking its thread.
 * @property {"full" | "normal"} synchronous Whether a commit survives a power failure (full) or may be lost by one
 * (normal).
 * @property {"own" | "external"} checkpoints Whether this program checkpoints the log, or only another one.
 * @property {string | undefined} [nativeBinding] Path of another better-sqlite3 addon.
 */

/** @typedef {import("../../sql/pool/Driver.js").Statement} Statement */

/** Maximum number of cached statements per connection; the program has fewer. */
const preparedLimit = 128

/**
 * Maximum number of rows of one statement. A result is held in memory, twice on its way out of a worker, and neither
 * V8's limits nor SQLite stop an endless statement. Read larger results page by page.
 */
export const rowLimit = 250_000

/** A failure of a statement, from SQLite or before SQLite saw it, in a form that can be sent to the main thread. */
export class StatementFailure extends Error {
  /**
   * @param {string} code SQLite's extended result code by name, or one of PARAMETER, TRANSACTION_ENDED, FILE_REPLACED,
   * RESULT_TOO_LARGE.
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
  // better-sqlite3 throws TypeError and RangeError for values that it cannot bind or prepare.
  return new StatementFailure("PARAMETER", error instanceof Error ? error.message : String(error))
}

/**
 * Returns whether a SQLite version has the WAL-reset bug, which corrupts databases (two connections, a checkpoint
 * during a commit): 3.7.0 to 3.51.2; fixed in 3.51.3 and, backported, in 3.50.7 and 3.44.6.
 * https://www.sqlite.org/changes.html
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
 * Pragmas in order: the busy timeout comes before anything that may need a lock.
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
        // 4 MB, because the operating system caches the file's pages as well, and there are several readers.
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
 * Refuses a file of another program before changing it; marks a new file as StarPunk's.
 * @param {Database.Database} database
 * @param {boolean} mayMark
 */
const claim = (database, mayMark) => {
  const id = () => database.pragma("application_id", { simple: true })
  if (id() === applicationId) return
  // Under the write lock, because another process may be creating the same database.
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
 * Starts the commit count of a database from before commits were counted. Empties the log at once if this program makes
 * the checkpoints: otherwise the start of the log could not distinguish such a database from an older copy.
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
  /** The opened file, to notice when another one replaces it. */
  #file
  /** Least recently used first. @type {Map<string, { statement: Database.Statement, raw: boolean, safe: boolean }>} */
  #prepared = new Map()
  /** Few and known in advance. @type {Map<string, Database.Statement>} */
  #ownStatements = new Map()
  /**
   * Number of changed rows and schema version at the begin of a transaction, which show whether it has changed
   * anything.
   */
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
   * Opens the file, sets every pragma and reads it back.
   * @param {ConnectionOptions} options
   * @returns {Connection}
   * @throws {OpenFailure} With the reason of any failure.
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
   * Runs one statement to its end and returns its result in the requested shape.
   * @param {Statement} request
   * @returns {unknown}
   * @throws {StatementFailure}
   */
  execute(request) {
    try {
      if (request.scope === "transaction" && !this.#database.inTransaction) {
        throw new StatementFailure("TRANSACTION_ENDED", "the transaction was ended by an earlier error")
      }
      for (const sql of request.before ?? []) this.#own(sql).run()
      const entry = this.#prepare(request)
      const { statement } = entry
      if (request.scope === "read" && !statement.readonly) {
        throw new StatementFailure("SQLITE_READONLY", "attempt to write through a read-only connection")
      }
      // Both modes are kept by the statement, so each use sets them.
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

  /** Begins a transaction that holds the write lock. */
  begin() {
    try {
      this.#own("BEGIN IMMEDIATE").run()
      this.#stateAtBegin = this.#state()
    } catch (error) {
      throw toStatementFailure(error)
    }
  }

  /**
   * Commits the transaction, and counts the commit if it changes anything. The file is verified before, because a commit
   * to a removed file would succeed and be lost.
   */
  commit() {
    this.verify()
    try {
      if (!this.#database.inTransaction) {
        throw new StatementFailure("TRANSACTION_ENDED", "the transaction was ended by an earlier error")
      }
      if (this.#state() !== this.#stateAtBegin) this.#count()
      this.#own("COMMIT").run()
    } catch (error) {
      throw toStatementFailure(error)
    }
  }

  /** A statement of the connection itself, which stays prepared. @param {string} sql */
  #own(sql) {
    let statement = this.#ownStatements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      if (statement.reader) statement.pluck()
      this.#ownStatements.set(sql, statement)
    }
    return statement
  }

  #state() {
    return `${this.#own("SELECT total_changes()").get()} ${this.#own("PRAGMA schema_version").get()}`
  }

  #count() {
    const count = Number(this.#own("PRAGMA user_version").get())
    this.#database.exec(`PRAGMA user_version = ${nextCommit(count)}`)
  }

  /** Rolls back an open transaction, if there is one. */
  rollback() {
    try {
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK")
    } catch (error) {
      throw toStatementFailure(error)
    }
  }

  /** Fails if the file at the path is not the opened one: writes would be lost. */
  verify() {
    const now = statSync(this.#options.path, { throwIfNoEntry: false })
    if (now?.ino === this.#file.ino && now.dev === this.#file.dev) return
    throw new StatementFailure("FILE_REPLACED", "the database file was replaced or removed")
  }

  /** Closes the connection; a second call does nothing. The writer updates the query planner's statistics before. */
  close() {
    if (!this.#database.open) return
    this.#prepared.clear()
    this.#ownStatements.clear()
    if (this.#options.role === "writer" && !this.#database.inTransaction) {
      try {
        // https://www.sqlite.org/lang_analyze.html#pragopt; skipped if another process holds the lock.
        this.#database.pragma("busy_timeout = 0")
        this.#database.pragma("analysis_limit = 400")
        this.#database.pragma("optimize")
      } catch {
        // Statistics are optional, so closing must not fail because of them.
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
