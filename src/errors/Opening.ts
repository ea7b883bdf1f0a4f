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
  /** The others are of a PostgreSQL server. */
  "unreachable",
  "tls",
  "authority",
  "unauthenticated",
  "database_missing",
  "foreign_database",
  "schema_not_permitted",
  "server_version",
  "encoding",
  "recovering",
  "too_many_connections",
  "pooler",
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
  unreachable: [
    "Check that PostgreSQL runs, and listens there: `pg_isready -h HOST -p PORT`",
    "`starpunk config show` prints the host and port of STARPUNK_DATABASE_URL, without its password",
    "In a container, `localhost` is the container itself: use the name of the server's container"
  ],
  tls: [
    "The connection must be encrypted, and the certificate must be valid for the host in STARPUNK_DATABASE_URL",
    "If your own authority signed it, set STARPUNK_DATABASE_CA to a file with the authority's certificate",
    "Turn encryption on in PostgreSQL with `ssl = on`, a certificate and a key. On the same machine, `sslmode=disable` works without"
  ],
  authority: [
    "STARPUNK_DATABASE_CA must name a file with certificates in PEM, which the server's user can read",
    "Remove the setting if Node.js knows the authority that has signed the server's certificate"
  ],
  unauthenticated: [
    "Check the user and the password in STARPUNK_DATABASE_URL: `psql` must be able to connect with them",
    "In the address, write characters such as @, / and % of a password percent-encoded: %40, %2F and %25",
    "`pg_hba.conf` of PostgreSQL must allow this user to connect to this database from this machine"
  ],
  database_missing: [
    "Create it: `createdb --owner USER --encoding UTF8 --template template0 --lc-ctype C.UTF-8 DATABASE`",
    "`starpunk config show` prints the name in STARPUNK_DATABASE_URL"
  ],
  foreign_database: [
    "StarPunk needs a database of its own, and does not change those of others: create one, and name it in STARPUNK_DATABASE_URL",
    "`psql -c '\\dt'` lists the tables"
  ],
  schema_not_permitted: [
    "Make StarPunk's user the owner of the database: `ALTER DATABASE name OWNER TO user`",
    "Or allow the user to create tables: `GRANT CREATE, USAGE ON SCHEMA public TO user`"
  ],
  server_version: ["StarPunk needs PostgreSQL 14 or newer: upgrade the server with `pg_upgrade`, or use another one"],
  encoding: ["Create a database with the encoding UTF8: `createdb --encoding UTF8 --template template0 DATABASE`"],
  recovering: [
    "If the server has just been started, wait until it has recovered: the PostgreSQL log shows the progress",
    "If it is a standby, name the primary in STARPUNK_DATABASE_URL: a standby cannot be written to"
  ],
  too_many_connections: [
    "StarPunk needs one connection for each reader (STARPUNK_DB_CONNECTION_POOL_SIZE), and four others",
    "Raise `max_connections` of PostgreSQL and restart it, or close connections of other programs: `SELECT * FROM pg_stat_activity`",
    "`SELECT rolconnlimit FROM pg_roles` and `SELECT datconnlimit FROM pg_database` show limits of a user and a database"
  ],
  pooler: [
    "Name PostgreSQL itself in STARPUNK_DATABASE_URL: a pooler such as PgBouncer drops the settings, locks and notices of a connection",
    "An instance of StarPunk takes one connection for each reader (STARPUNK_DB_CONNECTION_POOL_SIZE), and four others: raise `max_connections` of PostgreSQL if they are too few"
  ],
  unknown: ["The text above is from the database itself. For SQLite, check the disk: `dmesg` shows its errors"]
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
