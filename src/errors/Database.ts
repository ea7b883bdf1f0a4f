import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { TaggedFailure } from "./TaggedFailure.js"

const Pool = Schema.Literal("reader", "writer")

/** No connection was free within the acquire timeout, or the queue was full. Retryable: the pool recovers automatically. */
export class PoolExhausted extends TaggedFailure<PoolExhausted>()(
  "PoolExhausted",
  {
    pool: Pool,
    size: Schema.Number,
    waiting: Schema.Number,
    timeoutMillis: Schema.Number
  },
  { pool: "reader", size: 4, waiting: 12, timeoutMillis: 2000 }
) {
  get info(): ErrorInfo {
    const { pool, size, timeoutMillis, waiting } = this
    return {
      code: "database.pool_exhausted",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 2,
      message: "The site is very busy right now",
      suggestion: "Try again in a moment",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: `No ${pool} connection became free within ${timeoutMillis} ms: all ${size} were in use and ${waiting} callers were waiting`,
        troubleshooting: [
          "Look for warnings of `starpunk.pool` in the log: they name the caller that holds a connection, and for how long",
          pool === "reader"
            ? "If the disk is idle, raise STARPUNK_DB_CONNECTION_POOL_SIZE and restart the server"
            : "The database has one writer by design: look for a long import or another program that writes to it",
          pool === "reader"
            ? "STARPUNK_DB_CONNECTION_TIMEOUT sets how many seconds a read waits; `starpunk config show` prints the current value"
            : "STARPUNK_DB_WRITE_TIMEOUT sets how many seconds a write waits; `starpunk config show` prints the current value"
        ]
      }
    }
  }
}

/** The pool is closed or closing. */
export class PoolClosed extends TaggedFailure<PoolClosed>()(
  "PoolClosed",
  {
    pool: Pool
  },
  { pool: "reader" }
) {
  get info(): ErrorInfo {
    const { pool } = this
    return {
      code: "database.pool_closed",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 5,
      message: "The site is restarting",
      suggestion: "Try again in a few seconds",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: `A ${pool} connection was requested while the pool was shutting down`,
        troubleshooting: [
          "This is expected for requests that arrive while the server stops; let the load balancer send them to another server",
          "If the server is not stopping, read the log lines just before this one for the reason of the shutdown"
        ]
      }
    }
  }
}

/** Another process holds the write lock longer than we wait (SQLITE_BUSY*, SQLITE_LOCKED*). */
export class DatabaseLocked extends TaggedFailure<DatabaseLocked>()(
  "DatabaseLocked",
  {
    waitedMillis: Schema.Number
  },
  { waitedMillis: 5000 }
) {
  get info(): ErrorInfo {
    const { waitedMillis } = this
    return {
      code: "database.locked",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 2,
      message: "The database is temporarily locked",
      suggestion: "Try again in a moment",
      troubleshooting: [
        "Wait a few seconds and retry",
        "Nothing was changed. It is safe to send the same request again"
      ],
      operator: {
        details: `Another process held the database lock for longer than ${waitedMillis} ms. Concurrent writes usually cause this`,
        troubleshooting: [
          "Check for long-running operations: for SQLite, `fuser -v FILE` lists the processes that have the database file open; for PostgreSQL, `SELECT * FROM pg_stat_activity` lists its connections",
          "Stop the other process or let it finish. No restart is needed",
          "STARPUNK_DB_BUSY_TIMEOUT sets how many milliseconds StarPunk waits for the lock; `starpunk config show` prints the current value"
        ]
      }
    }
  }
}

/** The storage is full (SQLITE_FULL). Reads still work. */
export class DatabaseFull extends TaggedFailure<DatabaseFull>()(
  "DatabaseFull",
  {
    driverCode: Schema.String
  },
  { driverCode: "SQLITE_FULL" }
) {
  get info(): ErrorInfo {
    const { driverCode } = this
    return {
      code: "storage.full",
      status: 507,
      fault: "system",
      retryable: true,
      retryAfter: 120,
      message: "The site's storage is full",
      suggestion: "Keep a copy of what you wrote, and try again later",
      troubleshooting: ["Reading still works", "Nothing from this request was stored. It is safe to send it again"],
      operator: {
        details: `The write failed because the disk is full (${driverCode})`,
        troubleshooting: isOfServer(driverCode)
          ? [
              "Free some space on the disk of PostgreSQL's server: its log names the file. Writing then works again without a restart"
            ]
          : [
              "`df -h DIRECTORY` and `df -i DIRECTORY` show the free space and inodes of the data directory",
              "Check the disk quota of the server's user: `quota -s`",
              "Free some space. Writing then works again without a restart"
            ]
      }
    }
  }
}

/** Whether a driver's code is an SQLSTATE or one of ours for a server, and not of SQLite. */
const isOfServer = (driverCode: string): boolean =>
  /^[0-9A-Z]{5}$/.test(driverCode) ||
  /^(CONNECTION_LOST|COMMIT_|unreachable|tls|authority|unauthenticated|database_missing|recovering|too_many_connections)/.test(
    driverCode
  )

/** The file or its directory is not writable (SQLITE_READONLY*), or a reader got a write. */
export class DatabaseReadOnly extends TaggedFailure<DatabaseReadOnly>()(
  "DatabaseReadOnly",
  { driverCode: Schema.String },
  { driverCode: "SQLITE_READONLY" }
) {
  get info(): ErrorInfo {
    const { driverCode } = this
    return {
      code: "database.read_only",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 60,
      message: "The site is read-only right now",
      suggestion: "Keep a copy of what you wrote, and try again later",
      troubleshooting: ["Reading still works", "Nothing from this request was stored. It is safe to send it again"],
      operator: {
        details: `The database refused the write (${driverCode})`,
        troubleshooting: isOfServer(driverCode)
          ? [
              "If the primary has become a standby, let STARPUNK_DATABASE_URL name the new primary: `SELECT pg_is_in_recovery()` must say `f`",
              "`SHOW default_transaction_read_only` must say `off` for StarPunk's user and database"
            ]
          : [
              "Run `ls -ld DIRECTORY FILE`: the server's user must be able to write the data directory and the database file",
              "Run `findmnt -T FILE` to see whether the file system is mounted read-only (`ro`), for example after an error",
              "After you fix the permissions or the mount, restart the server"
            ]
      }
    }
  }
}

/** The file is damaged or is not a database (SQLITE_CORRUPT*, SQLITE_NOTADB). */
export class DatabaseCorrupt extends TaggedFailure<DatabaseCorrupt>()(
  "DatabaseCorrupt",
  { driverCode: Schema.String },
  { driverCode: "SQLITE_CORRUPT" }
) {
  get info(): ErrorInfo {
    const { driverCode } = this
    return {
      code: "database.corrupt",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 3600,
      message: "This site's storage is damaged",
      suggestion: "Try again later",
      troubleshooting: ["The owner of the site has to repair it. Retrying now does not help"],
      operator: {
        details: `${isOfServer(driverCode) ? "PostgreSQL found damage in the database" : "SQLite found damage in the database file"} (${driverCode})`,
        troubleshooting: isOfServer(driverCode)
          ? [
              "Stop PostgreSQL first, and copy its data directory to a safe place: further writes can increase the damage",
              "`pg_amcheck DATABASE` reports the damage. Restore your last backup, and check the disk of the server"
            ]
          : [
              "Stop the server first: further writes can increase the damage",
              "Copy the database file with its `-wal` and `-shm` files to a safe place, and work on copies only",
              "`sqlite3 COPY 'PRAGMA integrity_check'` reports the damage; `sqlite3 COPY .recover` extracts the readable data",
              "Restore your last backup, and check the disk: `dmesg` shows its errors"
            ]
      }
    }
  }
}

/** The disk or the connection failed (SQLITE_IOERR*, SQLITE_CANTOPEN*, a worker that ended). */
export class DatabaseUnavailable extends TaggedFailure<DatabaseUnavailable>()(
  "DatabaseUnavailable",
  { driverCode: Schema.String },
  { driverCode: "SQLITE_IOERR" }
) {
  get info(): ErrorInfo {
    const { driverCode } = this
    return {
      code: "database.unavailable",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 10,
      message: "The site cannot reach its storage right now",
      suggestion: "Try again in a few seconds",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: `The connection or the disk failed (${driverCode}); StarPunk is replacing the connection`,
        troubleshooting: isOfServer(driverCode)
          ? [
              "Check that PostgreSQL runs and can be reached: `pg_isready -h HOST -p PORT`. Its log names the reason. No restart of StarPunk is needed",
              "For `53300` or `too_many_connections`, raise `max_connections` of PostgreSQL, or close connections of other programs"
            ]
          : [
              "If the error persists, check the disk with `dmesg` and the database file with `ls -l FILE`",
              "Keep the database on a local disk: SQLite's write-ahead log does not support network file systems"
            ]
      }
    }
  }
}

/**
 * The connection to the server was lost while it was committing, and nobody can tell whether the change was stored: the
 * server did not come back in time, or another one has taken its place.
 */
export class CommitUnknown extends TaggedFailure<CommitUnknown>()(
  "CommitUnknown",
  { driverCode: Schema.String },
  { driverCode: "COMMIT_UNKNOWN" }
) {
  get info(): ErrorInfo {
    const { driverCode } = this
    return {
      code: "database.commit_unknown",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 30,
      message: "The site lost its storage while it stored your change",
      suggestion: "Check whether your change was stored before you repeat it",
      troubleshooting: ["Wait half a minute, and reload the page", "Your change may have been stored"],
      operator: {
        details: `The connection to PostgreSQL broke during a COMMIT, and StarPunk could not learn within 5 seconds whether it succeeded (${driverCode})`,
        troubleshooting: [
          "Look in the PostgreSQL log for the reason: a crash, a restart, or a failover to a standby",
          "The change was stored completely or not at all"
        ]
      }
    }
  }
}

/** A row violates a constraint of the schema (SQLITE_CONSTRAINT*): a taken slug, a missing parent. */
export class ConstraintViolated extends TaggedFailure<ConstraintViolated>()(
  "ConstraintViolated",
  { driverCode: Schema.String },
  { driverCode: "SQLITE_CONSTRAINT_UNIQUE" }
) {
  get info(): ErrorInfo {
    const { driverCode } = this
    return {
      code: "database.conflict",
      status: 409,
      fault: "system",
      retryable: false,
      message: "This change conflicts with stored data",
      suggestion: "Reload the page, and make your change again",
      troubleshooting: ["Another window or client may have made the same change", "Nothing was changed"],
      operator: {
        details: `A row violated a constraint of the schema (${driverCode})`,
        troubleshooting: [
          "If you can reproduce it, it is a bug in StarPunk. Report it with the log lines of this request"
        ]
      }
    }
  }
}

/** A statement is invalid: a bug in StarPunk. `detail` is the driver's text, for the log only. */
export class QueryFailed extends TaggedFailure<QueryFailed>()(
  "QueryFailed",
  {
    driverCode: Schema.String,
    detail: Schema.String
  },
  { driverCode: "SQLITE_ERROR", detail: "no such column: titel" }
) {
  get info(): ErrorInfo {
    const { detail, driverCode } = this
    return {
      code: "database.query_failed",
      status: 500,
      fault: "system",
      retryable: false,
      message: "An internal error occurred",
      suggestion: "Report the request id and what you were doing to the owner of the site",
      troubleshooting: ["Retrying is safe, but unlikely to help"],
      operator: {
        details: `The database rejected a statement (${driverCode}): ${detail}`,
        troubleshooting: ["This is a bug in StarPunk. Report it with the log lines of this request"]
      }
    }
  }
}

/** Failures of any use of the database. The pool classifies errors of the driver once. */
export type DatabaseFailure =
  | PoolExhausted
  | PoolClosed
  | DatabaseLocked
  | DatabaseFull
  | DatabaseReadOnly
  | DatabaseCorrupt
  | DatabaseUnavailable
  | CommitUnknown
  | ConstraintViolated
  | QueryFailed
