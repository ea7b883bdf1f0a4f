import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { notStarted } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** Why the database could not be opened at start. */
export const OpenReason = Schema.Literal(
  "directory_missing",
  "not_permitted",
  "read_only",
  "is_a_directory",
  "not_a_database",
  "corrupt",
  "foreign_application",
  "memory_with_readers",
  "wal_unavailable",
  "sqlite_version",
  "driver_missing",
  "binding_unusable",
  "locked",
  /** There is no database, but traces of a site. `detail` names them. */
  "site_missing",
  /** The log beside the database belongs to another database. */
  "log_mismatch",
  "unknown"
)

const opening = (path: string): Record<DatabaseOpenFailed["reason"], ReadonlyArray<string>> => ({
  directory_missing: [
    `Create its directory, owned by the server's user: \`install -d -o USER "$(dirname '${path}')"\``,
    "`starpunk config show` prints STARPUNK_DATABASE_PATH and its source"
  ],
  not_permitted: [
    `\`ls -ld "$(dirname '${path}')" '${path}'\`: the server's user must be able to read and write both`,
    "In a container, the container's user must own the volume"
  ],
  read_only: [
    `\`findmnt -T '${path}'\` shows whether the file system is mounted read-only (\`ro\`)`,
    `\`ls -l '${path}'\` shows whether the server's user has write permission`
  ],
  is_a_directory: [
    "STARPUNK_DATABASE_PATH is a directory: set it to a file, such as `data/starpunk.db`",
    "`starpunk config show` prints the value and its source"
  ],
  not_a_database: [
    `\`file '${path}'\` shows what the file is. StarPunk does not change files it does not recognise`,
    "If it is your damaged database, run `starpunk restore FILE --force`: it restores a backup and keeps this file beside it",
    "Set STARPUNK_DATABASE_PATH to another file, or move this one away to start with an empty site"
  ],
  corrupt: [
    "Copy the file with its `-wal` and `-shm` files to a safe place, and work on copies only",
    "`starpunk db check` reports the damage; `starpunk restore FILE` restores a backup and keeps this file beside it"
  ],
  foreign_application: [
    "The file is a SQLite database of another program: set STARPUNK_DATABASE_PATH to another file",
    `\`sqlite3 '${path}' .tables\` lists its tables`
  ],
  memory_with_readers: ["With `:memory:` every connection has its own database: set STARPUNK_DATABASE_PATH to a file"],
  wal_unavailable: [
    `\`findmnt -T '${path}'\` shows the file system: the write-ahead log needs a local file system, not NFS or SMB`,
    "Move the data directory to a local disk, and set STARPUNK_DATA_PATH to it"
  ],
  sqlite_version: [
    "This SQLite version has a known bug that damages databases: run `npm ci` to install the version StarPunk was tested with",
    "If STARPUNK_SQLITE_BINDING is set, unset it or rebuild the addon"
  ],
  driver_missing: [
    "Run `npm ci` in StarPunk's directory, with the Node version that runs the server",
    "If no prebuilt driver exists for your platform, run `npm rebuild better-sqlite3` to compile it"
  ],
  binding_unusable: [
    "Set STARPUNK_SQLITE_BINDING to a better-sqlite3 addon (`better_sqlite3.node`) built for this Node version",
    "Without STARPUNK_SQLITE_BINDING, StarPunk uses the installed SQLite; `starpunk config show` prints where it is set"
  ],
  locked: [
    `\`fuser -v '${path}'\` lists the processes that have the database open`,
    "Stop the other process, then restart the server"
  ],
  site_missing: [
    `If the database was moved, move it back to '${path}', together with its \`-wal\` file`,
    "If a disk is not mounted, mount it and restart the server: `findmnt` shows what is mounted",
    "If the database is lost, run `starpunk restore FILE` to restore a backup; existing files are kept",
    "To start with an empty site, run `starpunk db new`: it moves conflicting files aside"
  ],
  log_mismatch: [
    `If you copied a database to '${path}', move the log of the old database aside, then start the server: \`mkdir -p "$(dirname '${path}')/set-aside" && mv '${path}'-wal '${path}'-shm "$(dirname '${path}')/set-aside"\``,
    "If you need the data in the log, put back the database that it belongs to: the log works with no other database",
    "`starpunk restore FILE` restores a backup and keeps the old database and log beside it",
    "Nothing was changed or deleted"
  ],
  unknown: ["The text above is from SQLite. Check the disk: `dmesg` shows its errors"]
})

/** The database cannot be opened. `path` is for the operator only. */
export class DatabaseOpenFailed extends TaggedFailure<DatabaseOpenFailed>()(
  "DatabaseOpenFailed",
  { reason: OpenReason, path: Schema.String, detail: Schema.String },
  {
    reason: "not_permitted",
    path: "data/starpunk.db",
    detail: "unable to open database file"
  }
) {
  get info(): ErrorInfo {
    const { detail, path, reason } = this
    return {
      ...notStarted,
      code: "startup.database_not_opened",
      // Commands open the database too, so the text does not name the server.
      message: "The database cannot be opened",
      operator: {
        details: `The database ${path} cannot be opened (${reason.replaceAll("_", " ")}): ${detail}`,
        troubleshooting: opening(path)[reason]
      }
    }
  }
}
