import { Schema } from "effect"

/** The post was changed elsewhere after the form was opened; saving would overwrite that. */
export class EditConflict extends Schema.TaggedError<EditConflict>("starpunk/EditConflict")("EditConflict", {}) {}

/** Only drafts are saved as one types: what is published changes when its author says so. */
export class AutosaveRefused extends Schema.TaggedError<AutosaveRefused>("starpunk/AutosaveRefused")(
  "AutosaveRefused",
  { state: Schema.Literal("published", "deleted") }
) {}

/** The form says nothing that could be kept, or not all of it can. */
export class FormIncomplete extends Schema.TaggedError<FormIncomplete>("starpunk/FormIncomplete")("FormIncomplete", {
  /** A sentence for each thing that is missing or wrong. */
  problems: Schema.Array(Schema.String)
}) {}

/** An upload without a file in it. */
export class FileMissing extends Schema.TaggedError<FileMissing>("starpunk/FileMissing")("FileMissing", {}) {}

/** What writing in the browser may fail with, besides what every request may. */
export type EditorFailure = EditConflict | AutosaveRefused | FormIncomplete | FileMissing
