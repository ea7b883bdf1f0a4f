import { Schema } from "effect"
import { FileTrouble } from "./Maintenance.js"

/** Something lies already where the export is to go. `path` is for the operator only, as in all of these. */
export class ExportTargetTaken extends Schema.TaggedError<ExportTargetTaken>("starpunk/ExportTargetTaken")(
  "ExportTargetTaken",
  { path: Schema.String, reason: Schema.Literal("not_empty", "a_file", "data_directory") }
) {}

/** The export could not be written; nothing of it is left behind. */
export class ExportNotWritten extends Schema.TaggedError<ExportNotWritten>("starpunk/ExportNotWritten")(
  "ExportNotWritten",
  { path: Schema.String, reason: FileTrouble, detail: Schema.String }
) {}

/** A media file that belongs into the export could not be read. */
export class ExportSourceUnreadable extends Schema.TaggedError<ExportSourceUnreadable>(
  "starpunk/ExportSourceUnreadable"
)("ExportSourceUnreadable", { path: Schema.String, detail: Schema.String }) {}

/** What was named is nothing that could be imported from. */
export class ImportSourceUnusable extends Schema.TaggedError<ImportSourceUnusable>("starpunk/ImportSourceUnusable")(
  "ImportSourceUnusable",
  {
    path: Schema.String,
    reason: Schema.Literal(
      "missing",
      "not_a_directory",
      "denied",
      "empty",
      "no_posts",
      "own_data",
      "manifest",
      "database",
      "io"
    ),
    detail: Schema.String
  }
) {}

/** The export was made by a newer program, in a form that this one does not know. */
export class ImportTooNew extends Schema.TaggedError<ImportTooNew>("starpunk/ImportTooNew")("ImportTooNew", {
  path: Schema.String,
  found: Schema.Number,
  known: Schema.Number,
  writtenBy: Schema.String
}) {}

/** A file of an import cannot be read as text at all. */
export class ImportFileUnreadable extends Schema.TaggedError<ImportFileUnreadable>("starpunk/ImportFileUnreadable")(
  "ImportFileUnreadable",
  {
    reason: Schema.Literal("missing", "denied", "too_large", "not_utf8", "not_a_file", "outside", "io"),
    detail: Schema.String
  }
) {}

/** The front matter of a file cannot be read. */
export class ImportFrontMatterInvalid extends Schema.TaggedError<ImportFrontMatterInvalid>(
  "starpunk/ImportFrontMatterInvalid"
)("ImportFrontMatterInvalid", {
  reason: Schema.Literal("not_closed", "yaml", "not_a_map", "toml", "json"),
  detail: Schema.String
}) {}

/** A file says something of its post that cannot be taken. */
export class ImportPostInvalid extends Schema.TaggedError<ImportPostInvalid>("starpunk/ImportPostInvalid")(
  "ImportPostInvalid",
  {
    /** Where: a field of the front matter, such as `published`. */
    part: Schema.String,
    /** What would have been right there. */
    expected: Schema.String
  }
) {}

/** Another post has the slug, or had it before; nothing of that post was changed. */
export class ImportSlugTaken extends Schema.TaggedError<ImportSlugTaken>("starpunk/ImportSlugTaken")(
  "ImportSlugTaken",
  { slug: Schema.String, by: Schema.Literal("another", "deleted", "former", "same_import") }
) {}

/** A picture or recording that a file shows is not there, or lies where an import does not look. */
export class ImportMediaMissing extends Schema.TaggedError<ImportMediaMissing>("starpunk/ImportMediaMissing")(
  "ImportMediaMissing",
  {
    reference: Schema.String,
    reason: Schema.Literal("missing", "outside", "changed"),
    /** Folders in which it was looked for. */
    lookedIn: Schema.optionalWith(Schema.Array(Schema.String), { exact: true })
  }
) {}

/** A picture or recording that a file shows is there, and is not taken. */
export class ImportMediaRefused extends Schema.TaggedError<ImportMediaRefused>("starpunk/ImportMediaRefused")(
  "ImportMediaRefused",
  {
    /** As the file refers to it. */
    reference: Schema.String,
    path: Schema.String,
    reason: Schema.Literal("kind", "damaged", "too_complex", "too_large", "empty", "lfs_pointer", "unreadable"),
    /** The type that it has, or the largest size in bytes that is taken. */
    detail: Schema.String
  }
) {}

/** Why there is no export. */
export type ExportFailure = ExportTargetTaken | ExportNotWritten | ExportSourceUnreadable

/** Why an import could not begin. */
export type ImportFailure = ImportSourceUnusable | ImportTooNew

/** Why one file of an import did not come in, beside what the media store may say. */
export type EntryFailure =
  | ImportFileUnreadable
  | ImportFrontMatterInvalid
  | ImportPostInvalid
  | ImportSlugTaken
  | ImportMediaMissing
  | ImportMediaRefused

/** What moving posts and media between sites may fail with. */
export type PortabilityFailure = ExportFailure | ImportFailure | EntryFailure
