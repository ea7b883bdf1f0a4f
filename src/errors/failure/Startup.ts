import { Schema } from "effect"

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
  /** There is no database, but traces of a site: see `detail`. */
  "site_missing",
  /** A log lies beside the database that was not written on it. */
  "log_mismatch",
  "unknown"
)

/** The database cannot be opened. `path` is for the operator only. */
export class DatabaseOpenFailed extends Schema.TaggedError<DatabaseOpenFailed>("starpunk/DatabaseOpenFailed")(
  "DatabaseOpenFailed",
  { reason: OpenReason, path: Schema.String, detail: Schema.String }
) {}

/** The database was written by a newer program. */
export class SchemaTooNew extends Schema.TaggedError<SchemaTooNew>("starpunk/SchemaTooNew")("SchemaTooNew", {
  found: Schema.Number,
  foundName: Schema.String,
  known: Schema.Number,
  writtenBy: Schema.String
}) {}

/** A migration was applied in another wording than this program has. */
export class MigrationChanged extends Schema.TaggedError<MigrationChanged>("starpunk/MigrationChanged")(
  "MigrationChanged",
  { id: Schema.Number, name: Schema.String }
) {}

/** A migration failed and was rolled back whole. */
export class MigrationFailed extends Schema.TaggedError<MigrationFailed>("starpunk/MigrationFailed")(
  "MigrationFailed",
  { id: Schema.Number, name: Schema.String, detail: Schema.String }
) {}

/** The address could not be listened on. */
export class ListenFailed extends Schema.TaggedError<ListenFailed>("starpunk/ListenFailed")("ListenFailed", {
  host: Schema.String,
  port: Schema.Number,
  reason: Schema.Literal("in_use", "not_permitted", "address_unknown", "unknown")
}) {}

/** The socket that the service manager opened for us cannot be served on. */
export class ActivationUnusable extends Schema.TaggedError<ActivationUnusable>("starpunk/ActivationUnusable")(
  "ActivationUnusable",
  {
    reason: Schema.Literal("several", "not_tcp", "not_listening"),
    /** How many were handed over. */
    sockets: Schema.Number
  }
) {}

/** One thing wrong with the configuration. `given` never holds a secret. */
export const ConfigurationProblem = Schema.Struct({
  /** The setting's full name, or the unknown name that was found. */
  name: Schema.String,
  /** What would have been right. */
  expected: Schema.String,
  /** What was found, or a description of it for secrets. Absent when nothing was given. */
  given: Schema.optional(Schema.String),
  /** Where it came from: `environment`, `.env`, a file's path, `default`. */
  source: Schema.String,
  suggestion: Schema.String
})

/** Everything wrong with the configuration, all at once. */
export class ConfigurationInvalid extends Schema.TaggedError<ConfigurationInvalid>("starpunk/ConfigurationInvalid")(
  "ConfigurationInvalid",
  { problems: Schema.Array(ConfigurationProblem) }
) {}

/** What can keep the process from starting. */
export type StartupFailure =
  | DatabaseOpenFailed
  | SchemaTooNew
  | MigrationChanged
  | MigrationFailed
  | ListenFailed
  | ActivationUnusable
  | ConfigurationInvalid
