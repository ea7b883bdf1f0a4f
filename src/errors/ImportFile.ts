import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { FileTrouble, trouble } from "./FileTrouble.js"
import { operatorOnly } from "./OperatorOnly.js"
import { brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** Why a file cannot be imported. */
export const ImportFileReason = Schema.Literal(
  "kind",
  "empty",
  "xml",
  "json",
  "encoding",
  "part_too_large",
  "too_many",
  "too_large",
  "bomb",
  "damaged",
  "encrypted",
  "absolute",
  "outside",
  "link",
  "duplicate",
  "name",
  "unsupported"
)

export type ImportFileReason = typeof ImportFileReason.Type

const pack = "Unpack the file, pack only the folder with the content as a zip file, and import that"

const reasons: Record<ImportFileReason, { readonly details: string; readonly step: string }> = {
  kind: {
    details: "it is not a zip file, a WordPress export (.xml), a Ghost export (.json) or a Markdown file (.md)",
    step: "Export the old site again and give the file as it was downloaded"
  },
  empty: { details: "it is empty", step: "Export the old site again" },
  xml: {
    details: "the WordPress export is incomplete",
    step: "In WordPress, use Tools, Export, All content, and wait until the download has ended"
  },
  json: {
    details: "the Ghost export is incomplete",
    step: "In Ghost, use Settings, Export, and wait until the download has ended"
  },
  encoding: { details: "it is not UTF-8 text", step: "Save it as UTF-8" },
  part_too_large: {
    details: "an entry of the export is larger than any post",
    step: "Remove the entry on the old site, and export again"
  },
  too_many: { details: "it has too many entries", step: "Divide it into several files" },
  too_large: {
    details: "its unpacked content is too large",
    step: "Divide it into several files, or leave out large media"
  },
  bomb: { details: "it claims to unpack to many times its size, as attacks do", step: pack },
  damaged: { details: "the zip file is damaged or incomplete", step: "Download or pack it again" },
  encrypted: { details: "it is protected by a password", step: "Pack it again without a password" },
  absolute: { details: "it names an absolute path", step: pack },
  outside: { details: "it names a path outside its own folder", step: pack },
  link: { details: "it has a link or a special file instead of a file", step: pack },
  duplicate: { details: "it has two entries with the same name", step: pack },
  name: { details: "it has a file name that is not UTF-8 or too long", step: pack },
  unsupported: { details: "it is compressed by a method other than deflate", step: pack }
}

/** A file cannot be imported. Nothing of it was. */
export class ImportFileRefused extends TaggedFailure<ImportFileRefused>()(
  "ImportFileRefused",
  {
    reason: ImportFileReason,
    /** Name of the entry that is the reason, or other words about it; may be empty. */
    detail: Schema.String
  },
  { reason: "outside", detail: "../../etc/passwd" }
) {
  get info(): ErrorInfo {
    const { detail, reason } = this
    return {
      code: "import.file_refused",
      status: 422,
      fault: "user",
      retryable: false,
      message: "The file cannot be imported",
      suggestion: `The reason: ${reasons[reason].details}${detail === "" ? "" : ` (${brief(detail)})`}`,
      troubleshooting: [reasons[reason].step, "Nothing was imported"]
    }
  }
}

/** The folder in which an uploaded file is unpacked cannot be written. */
export class ImportWorkspaceFailed extends TaggedFailure<ImportWorkspaceFailed>()(
  "ImportWorkspaceFailed",
  { reason: FileTrouble, detail: Schema.String },
  { reason: "full", detail: "ENOSPC" }
) {
  get info(): ErrorInfo {
    const { detail, reason } = this
    return {
      ...operatorOnly,
      status: reason === "full" ? 507 : 500,
      code: "import.workspace_failed",
      message: "The file could not be unpacked",
      suggestion: "Ask the operator of this site to check the free space for its data",
      operator: {
        details: `The file of an import could not be unpacked beside the database: ${trouble[reason]} (${detail})`,
        troubleshooting: [
          '`df -h "$STARPUNK_DATA_PATH"` shows the free space: an import needs the size of the file and of its content, twice with media'
        ]
      }
    }
  }
}

/** Another import is underway, or waits for the owner's decision. */
export class ImportBusy extends TaggedFailure<ImportBusy>()("ImportBusy", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "import.busy",
      status: 409,
      fault: "user",
      retryable: true,
      retryAfter: 10,
      message: "Another import is underway",
      suggestion: "Wait until it has ended, or stop it on the page of the import",
      troubleshooting: ["One file is imported at a time", "Nothing of this file was imported"]
    }
  }
}

/** Failures of reading a file before its first post. */
export type ImportFileFailure = ImportFileRefused | ImportWorkspaceFailed
