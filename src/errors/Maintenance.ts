import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { operatorOnly } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** There is no database at the configured path. `path` is for the operator only, as in all failures here. */
export class DatabaseMissing extends TaggedFailure<DatabaseMissing>()(
  "DatabaseMissing",
  { path: Schema.String },
  { path: "data/starpunk.db" }
) {
  get info(): ErrorInfo {
    const { path } = this
    return {
      ...operatorOnly,
      code: "maintenance.database_missing",
      message: "The database was not found",
      operator: {
        details: `There is no file at ${path}`,
        troubleshooting: [
          "Run the command with the server's settings, and in its working directory if paths are relative: `starpunk config show` prints STARPUNK_DATA_PATH and STARPUNK_DATABASE_PATH",
          "Run `starpunk serve` to create a new site there, or `starpunk restore FILE` to restore a backup"
        ]
      }
    }
  }
}

const insteadOf: Readonly<Record<"backup" | "restore" | "db check" | "db optimize" | "db new" | "export", string>> = {
  backup:
    "Back up the database with `pg_dump --format=custom --file=FILE DATABASE`, and copy the folder `media` of the data directory after it",
  restore:
    "Restore the database with `pg_restore --clean --if-exists --dbname=DATABASE FILE`, and put the folder `media` back into the data directory",
  "db check": "`pg_amcheck DATABASE` checks the database, and `starpunk doctor` everything else",
  "db optimize": "PostgreSQL maintains itself (autovacuum). `psql -c 'VACUUM (ANALYZE)' DATABASE` does it at once",
  "db new": "Create an empty database with `createdb`, name it in STARPUNK_DATABASE_URL, and start the server",
  export:
    "Stop the server, copy the site into a file with `starpunk db move --to FILE`, and export from that file: `STARPUNK_DATABASE_URL= STARPUNK_DATABASE_PATH=FILE starpunk export`"
}

/** A command that works on a database file was run for a site on a PostgreSQL server. */
export class DatabaseOnServer extends TaggedFailure<DatabaseOnServer>()(
  "DatabaseOnServer",
  { command: Schema.Literal("backup", "restore", "db check", "db optimize", "db new", "export") },
  { command: "backup" }
) {
  get info(): ErrorInfo {
    const { command } = this
    return {
      ...operatorOnly,
      code: "maintenance.database_on_server",
      message: "This command does not work on this site's database",
      operator: {
        details: `\`starpunk ${command}\` works on a database file, and STARPUNK_DATABASE_URL names a PostgreSQL server. Nothing was changed`,
        troubleshooting: [
          insteadOf[command],
          "To use it on the SQLite file anyway, run the command with an empty STARPUNK_DATABASE_URL"
        ]
      }
    }
  }
}

/** A new site cannot be created where a database exists. */
export class DatabasePresent extends TaggedFailure<DatabasePresent>()(
  "DatabasePresent",
  { path: Schema.String },
  { path: "data/starpunk.db" }
) {
  get info(): ErrorInfo {
    const { path } = this
    return {
      ...operatorOnly,
      code: "maintenance.database_present",
      message: "No new site was created",
      operator: {
        details: `A database already exists at ${path}. Nothing was changed`,
        troubleshooting: [
          "To use this database, start the server",
          "To start with an empty site, set STARPUNK_DATA_PATH to another directory, or move everything out of this one"
        ]
      }
    }
  }
}

/** There is no session or access token with this id. */
export class RecordUnknown extends TaggedFailure<RecordUnknown>()(
  "RecordUnknown",
  {
    kind: Schema.Literal("session", "access token"),
    id: Schema.String
  },
  { kind: "session", id: "0011223344556677" }
) {
  get info(): ErrorInfo {
    const { id, kind } = this
    return {
      ...operatorOnly,
      code: "maintenance.record_unknown",
      message: "No such session or token",
      operator: {
        details: `There is no ${kind} with the id ${id.slice(0, 64)}. Nothing was changed`,
        troubleshooting: [
          kind === "session"
            ? "Run `starpunk sessions list` to see the ids of all sessions"
            : "Run `starpunk token list` to see the ids of all access tokens"
        ]
      }
    }
  }
}

/** The server did not answer, or is not healthy. */
export class ServerNotWell extends TaggedFailure<ServerNotWell>()(
  "ServerNotWell",
  {
    url: Schema.String,
    reason: Schema.Literal("unreachable", "timeout", "answer"),
    detail: Schema.String
  },
  {
    url: "http://127.0.0.1:8000/health/ready",
    reason: "unreachable",
    detail: "ECONNREFUSED"
  }
) {
  get info(): ErrorInfo {
    const { detail, reason, url } = this
    return {
      ...operatorOnly,
      code: "healthcheck.failed",
      message: "The health check failed",
      operator: {
        details: {
          unreachable: `Cannot connect to ${url} (${detail})`,
          timeout: `${url} did not answer in time (${detail})`,
          answer: `${url} answered ${detail}`
        }[reason],
        troubleshooting: [
          "Run `starpunk doctor` to check everything the site depends on",
          "`starpunk config show` prints STARPUNK_HOST and STARPUNK_PORT; use `--url` to check another address"
        ]
      }
    }
  }
}
