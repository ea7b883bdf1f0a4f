import { Schema } from "effect"

/** There is no database where the settings say. `path` is for the operator only, as in all of these. */
export class DatabaseMissing extends Schema.TaggedError<DatabaseMissing>("starpunk/DatabaseMissing")(
  "DatabaseMissing",
  { path: Schema.String }
) {}

/** A new site was to be made where there is a database. */
export class DatabasePresent extends Schema.TaggedError<DatabasePresent>("starpunk/DatabasePresent")(
  "DatabasePresent",
  { path: Schema.String }
) {}

/** Something lies already where the archive is to go. */
export class BackupTargetExists extends Schema.TaggedError<BackupTargetExists>("starpunk/BackupTargetExists")(
  "BackupTargetExists",
  { path: Schema.String, what: Schema.Literal("file", "directory", "other") }
) {}

/** What the file system has against reading or writing a file. */
export const FileTrouble = Schema.Literal(
  "full",
  "read_only",
  "denied",
  "immutable",
  "mount_point",
  "not_a_directory",
  "in_the_way",
  "missing",
  "name",
  "case",
  "io"
)

/** The archive could not be written; nothing of it is left behind. */
export class BackupNotWritten extends Schema.TaggedError<BackupNotWritten>("starpunk/BackupNotWritten")(
  "BackupNotWritten",
  { path: Schema.String, reason: FileTrouble, detail: Schema.String }
) {}

/** The archive, or the directory of archives, could not be read. */
export class BackupNotRead extends Schema.TaggedError<BackupNotRead>("starpunk/BackupNotRead")("BackupNotRead", {
  path: Schema.String,
  reason: FileTrouble,
  detail: Schema.String
}) {}

/** A media file that belongs into the archive could not be read. */
export class BackupSourceUnreadable extends Schema.TaggedError<BackupSourceUnreadable>(
  "starpunk/BackupSourceUnreadable"
)("BackupSourceUnreadable", { path: Schema.String, detail: Schema.String }) {}

/** The copy of the database did not pass SQLite's checks, so no archive was made of it. */
export class BackupUnsound extends Schema.TaggedError<BackupUnsound>("starpunk/BackupUnsound")("BackupUnsound", {
  /** What SQLite said, the first lines of it. */
  problems: Schema.Array(Schema.String)
}) {}

/** The file is no backup, or was changed since it was made. */
export class BackupInvalid extends Schema.TaggedError<BackupInvalid>("starpunk/BackupInvalid")("BackupInvalid", {
  path: Schema.String,
  reason: Schema.Literal(
    "not_an_archive",
    "no_manifest",
    "manifest_unreadable",
    "member_missing",
    "member_changed",
    "member_unexpected",
    "database_unsound",
    "database_foreign"
  ),
  detail: Schema.String
}) {}

/** The archive was made by a newer program, in a form or with a schema that this one does not know. */
export class BackupTooNew extends Schema.TaggedError<BackupTooNew>("starpunk/BackupTooNew")("BackupTooNew", {
  path: Schema.String,
  what: Schema.Literal("format", "schema"),
  found: Schema.Number,
  known: Schema.Number,
  writtenBy: Schema.String
}) {}

/** A restore would have harmed something that is there; nothing was changed. */
export class RestoreRefused extends Schema.TaggedError<RestoreRefused>("starpunk/RestoreRefused")("RestoreRefused", {
  reason: Schema.Literal("in_use", "other_files", "other_database"),
  path: Schema.String,
  detail: Schema.String
}) {}

/** A restore could not be done. `path` is what stood in its way. */
export class RestoreNotDone extends Schema.TaggedError<RestoreNotDone>("starpunk/RestoreNotDone")("RestoreNotDone", {
  path: Schema.String,
  reason: FileTrouble,
  detail: Schema.String,
  /**
   * `unchanged`: it was not begun. `taken_back`: files had changed places, and are back where they were. `unfinished`:
   * some have, and neither the new state nor the old one can be reached until the cause is gone.
   */
  state: Schema.Literal("unchanged", "taken_back", "unfinished")
}) {}

/** There is no session, or no access token, of this id. */
export class RecordUnknown extends Schema.TaggedError<RecordUnknown>("starpunk/RecordUnknown")("RecordUnknown", {
  kind: Schema.Literal("session", "access token"),
  id: Schema.String
}) {}

/** The server did not say that it is well. */
export class ServerNotWell extends Schema.TaggedError<ServerNotWell>("starpunk/ServerNotWell")("ServerNotWell", {
  url: Schema.String,
  reason: Schema.Literal("unreachable", "timeout", "answer"),
  detail: Schema.String
}) {}

/** Why no archive was made. */
export type BackupFailure = BackupTargetExists | BackupNotWritten | BackupSourceUnreadable | BackupUnsound

/** Why an archive is not to be relied on. */
export type ArchiveFailure = BackupNotRead | BackupInvalid | BackupTooNew

/** Why nothing was restored. */
export type RestoreFailure = RestoreRefused | RestoreNotDone

/** Failures of the operator's commands. */
export type MaintenanceFailure =
  | DatabaseMissing
  | DatabasePresent
  | BackupFailure
  | ArchiveFailure
  | RestoreFailure
  | RecordUnknown
  | ServerNotWell
