import {
  ConstraintViolated,
  DatabaseCorrupt,
  type DatabaseFailure,
  DatabaseFull,
  DatabaseLocked,
  DatabaseReadOnly,
  DatabaseUnavailable,
  PoolClosed,
  PoolExhausted,
  QueryFailed
} from "../failure/Database.js"
import type { Entries } from "./Entry.js"

/** What people are told when the database cannot do its part. */
export const database: Entries<DatabaseFailure> = {
  PoolExhausted: {
    example: new PoolExhausted({ lane: "reader", size: 4, waiting: 12, timeoutMillis: 2000 }),
    explain: ({ lane, size, timeoutMillis, waiting }) => ({
      code: "database.pool_exhausted",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 2,
      message: "The site is very busy right now",
      suggestion: "Please try again in a moment",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: `No ${lane} connection came free within ${timeoutMillis} ms: all ${size} were in use and ${waiting} callers waited`,
        troubleshooting: [
          "Look for the warning of `starpunk.pool` in the log: it names who holds a connection, and for how long",
          lane === "reader"
            ? "If the disk is idle meanwhile, raise STARPUNK_DB_CONNECTION_POOL_SIZE and start the server again"
            : "There is one writer by design: look for a long import or another program that writes to the database",
          "STARPUNK_DB_CONNECTION_TIMEOUT sets how many seconds a request waits; `starpunk config show` prints it"
        ]
      }
    })
  },
  PoolClosed: {
    example: new PoolClosed({ lane: "reader" }),
    explain: ({ lane }) => ({
      code: "database.pool_closed",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 5,
      message: "The site is restarting",
      suggestion: "Please try again in a few seconds",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: `A ${lane} connection was asked for while the pool was shutting down`,
        troubleshooting: [
          "This is expected for requests that arrive while the server stops; a load balancer should send them elsewhere",
          "If the server is not stopping, the log holds the reason for the shutdown just before this line"
        ]
      }
    })
  },
  DatabaseLocked: {
    example: new DatabaseLocked({ waitedMillis: 5000 }),
    explain: ({ waitedMillis }) => ({
      code: "database.locked",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 2,
      message: "The database is temporarily locked",
      suggestion: "Please try again in a moment",
      troubleshooting: ["Wait a few seconds and retry", "Nothing was changed: sending the same request again is safe"],
      operator: {
        details: `Another process held the lock for longer than ${waitedMillis} ms. This usually happens during concurrent writes`,
        troubleshooting: [
          "Check for long-running operations: `fuser -v FILE`, with the database file, lists the processes that have it open",
          "Stop the other process, or let it finish: the next request succeeds without a restart",
          "STARPUNK_DB_BUSY_TIMEOUT sets how many milliseconds are waited; `starpunk config show` prints it"
        ]
      }
    })
  },
  DatabaseFull: {
    example: new DatabaseFull({ driverCode: "SQLITE_FULL" }),
    explain: ({ driverCode }) => ({
      code: "storage.full",
      status: 507,
      fault: "system",
      retryable: true,
      retryAfter: 120,
      message: "The site has no room left to store this",
      suggestion: "Please keep what you wrote and try again later",
      troubleshooting: ["Reading goes on as usual", "Nothing of this request was stored: sending it again is safe"],
      operator: {
        details: `The write found no space on the disk (${driverCode})`,
        troubleshooting: [
          "`df -h DIRECTORY` and `df -i DIRECTORY`, with the data directory, show free space and free inodes",
          "Check the disk quota of the user that runs the server: `quota -s`",
          "Make room; writing works again without a restart"
        ]
      }
    })
  },
  DatabaseReadOnly: {
    example: new DatabaseReadOnly({ driverCode: "SQLITE_READONLY" }),
    explain: ({ driverCode }) => ({
      code: "database.read_only",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 60,
      message: "The site can be read, but not changed, at the moment",
      suggestion: "Please keep what you wrote and try again later",
      troubleshooting: ["Reading goes on as usual", "Nothing of this request was stored: sending it again is safe"],
      operator: {
        details: `The database refused the write (${driverCode})`,
        troubleshooting: [
          "`ls -ld DIRECTORY FILE`, with the data directory and the database file: the server's user needs to write both",
          "`findmnt -T FILE` shows whether the file system was mounted, or remounted after an error, as read-only (`ro`)",
          "After permissions or mount are mended, start the server again"
        ]
      }
    })
  },
  DatabaseCorrupt: {
    example: new DatabaseCorrupt({ driverCode: "SQLITE_CORRUPT" }),
    explain: ({ driverCode }) => ({
      code: "database.corrupt",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 3600,
      message: "Something is wrong with this site's storage",
      suggestion: "Please come back later",
      troubleshooting: ["The owner of the site has to look into it; retrying at once does not help"],
      operator: {
        details: `SQLite found damage in the database file (${driverCode})`,
        troubleshooting: [
          "Stop the server first: every further write may make it worse",
          "Copy the database file together with its `-wal` and `-shm` files to a safe place, and work on copies only",
          "`sqlite3 COPY 'PRAGMA integrity_check'` says what is damaged; `sqlite3 COPY .recover` saves what is readable",
          "Put back your last backup, and check the disk: `dmesg` shows its errors"
        ]
      }
    })
  },
  DatabaseUnavailable: {
    example: new DatabaseUnavailable({ driverCode: "SQLITE_IOERR" }),
    explain: ({ driverCode }) => ({
      code: "database.unavailable",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 10,
      message: "The site cannot reach its storage right now",
      suggestion: "Please try again in a few seconds",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: `The connection or the disk under it failed (${driverCode}); the connection is being replaced`,
        troubleshooting: [
          "If it goes on, `dmesg` shows errors of the disk, and `ls -l FILE` whether the database file is still there",
          "Network file systems are not supported by SQLite's write-ahead log: keep the database on a local disk"
        ]
      }
    })
  },
  ConstraintViolated: {
    example: new ConstraintViolated({ driverCode: "SQLITE_CONSTRAINT_UNIQUE" }),
    explain: ({ driverCode }) => ({
      code: "database.conflict",
      status: 409,
      fault: "system",
      retryable: false,
      message: "This contradicts something that is already stored",
      suggestion: "Reload what you were changing, and apply your change again",
      troubleshooting: ["Somebody else, or another window, may have made the same change", "Nothing was changed"],
      operator: {
        details: `A row broke a rule of the schema (${driverCode})`,
        troubleshooting: [
          "If it can be repeated it is a bug of StarPunk: please report it with the log lines of this request"
        ]
      }
    })
  },
  QueryFailed: {
    example: new QueryFailed({ driverCode: "SQLITE_ERROR", detail: "no such column: titel" }),
    explain: ({ detail, driverCode }) => ({
      code: "database.query_failed",
      status: 500,
      fault: "system",
      retryable: false,
      message: "Something went wrong on our side",
      suggestion: "Please tell the owner of the site the request id, and what you were doing",
      troubleshooting: ["Retrying is safe, but unlikely to help"],
      operator: {
        details: `A statement was refused (${driverCode}): ${detail}`,
        troubleshooting: ["This is a bug of StarPunk: please report it with the log lines of this request"]
      }
    })
  }
}
