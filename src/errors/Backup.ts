import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { archiveSteps, FileTrouble, trouble } from "./FileTrouble.js"
import { operatorOnly } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

const targets = (
  path: string
): Record<BackupTargetExists["what"], { details: string; steps: ReadonlyArray<string> }> => ({
  file: { details: `${path} already exists`, steps: ["Choose another name, or add `--force` to replace the file"] },
  directory: {
    details: `${path} is a directory`,
    steps: [`Give the name of a file in it: \`starpunk backup '${path}/starpunk.tar'\``]
  },
  other: {
    details: `${path} is not a regular file (it is a device, a pipe or similar)`,
    steps: ["Give the name of a regular file; `--force` replaces only regular files"]
  }
})

/** The target of the backup exists already. */
export class BackupTargetExists extends TaggedFailure<BackupTargetExists>()(
  "BackupTargetExists",
  { path: Schema.String, what: Schema.Literal("file", "directory", "other") },
  { path: "backup.tar", what: "file" }
) {
  get info(): ErrorInfo {
    const { path, what } = this
    const { details, steps } = targets(path)[what]
    return {
      ...operatorOnly,
      code: "backup.target_exists",
      message: "The backup failed",
      operator: { details, troubleshooting: steps }
    }
  }
}

/** The archive could not be written. No part of it is left. */
export class BackupNotWritten extends TaggedFailure<BackupNotWritten>()(
  "BackupNotWritten",
  { path: Schema.String, reason: FileTrouble, detail: Schema.String },
  { path: "backup.tar", reason: "full", detail: "ENOSPC" }
) {
  get info(): ErrorInfo {
    const { detail, path, reason } = this
    return {
      ...operatorOnly,
      code: "backup.not_written",
      message: "The backup failed",
      operator: {
        details: `${path} could not be written: ${trouble[reason]} (${detail}). The incomplete output was removed`,
        troubleshooting: archiveSteps(path)[reason]
      }
    }
  }
}

/** The archive, or the directory of archives, could not be read. */
export class BackupNotRead extends TaggedFailure<BackupNotRead>()(
  "BackupNotRead",
  {
    path: Schema.String,
    reason: FileTrouble,
    detail: Schema.String
  },
  { path: "backup.tar", reason: "missing", detail: "ENOENT" }
) {
  get info(): ErrorInfo {
    const { detail, path, reason } = this
    return {
      ...operatorOnly,
      code: "backup.not_read",
      message: "The backup cannot be read",
      operator: {
        details: `${path} cannot be read: ${trouble[reason]} (${detail})`,
        troubleshooting: archiveSteps(path)[reason]
      }
    }
  }
}

/** A media file of the backup could not be read. */
export class BackupSourceUnreadable extends TaggedFailure<BackupSourceUnreadable>()(
  "BackupSourceUnreadable",
  { path: Schema.String, detail: Schema.String },
  { path: "data/media/1f.jpg", detail: "EACCES" }
) {
  get info(): ErrorInfo {
    const { detail, path } = this
    return {
      ...operatorOnly,
      code: "backup.source_unreadable",
      message: "The backup failed",
      operator: {
        details: `A file of the site cannot be read: ${path} (${detail})`,
        troubleshooting: [
          `\`ls -l '${path}'\`: the user that runs the command must be able to read the file`,
          "If the file is lost, delete it on the media page; the next backup then works without it"
        ]
      }
    }
  }
}

/** The copy of the database failed SQLite's checks, so no archive was made. */
export class BackupUnsound extends TaggedFailure<BackupUnsound>()(
  "BackupUnsound",
  {
    /** The first lines of SQLite's report. */
    problems: Schema.Array(Schema.String)
  },
  { problems: ["row 7 missing from index posts_kept"] }
) {
  get info(): ErrorInfo {
    const { problems } = this
    return {
      ...operatorOnly,
      code: "backup.database_unsound",
      message: "The backup failed",
      operator: {
        details: `The copy of the database failed SQLite's integrity check: ${problems.join("; ")}`,
        troubleshooting: [
          "Run `starpunk db check` for all problems and how to fix them",
          "Keep your existing backups: they were valid when they were made"
        ]
      }
    }
  }
}

const invalid: Record<BackupInvalid["reason"], string> = {
  not_an_archive: "It is not a tar archive, or it is truncated",
  no_manifest: "It has no manifest.json: it is a different archive, or it is truncated",
  manifest_unreadable: "Its manifest.json cannot be read",
  member_missing: "A file listed in its manifest is missing",
  member_changed: "A file in it does not match its checksum",
  member_unexpected: "It contains a file that does not belong in a backup",
  database_unsound: "Its database is damaged",
  database_foreign: "Its database is not a StarPunk database"
}

/** The file is not a backup, or it was changed after it was made. */
export class BackupInvalid extends TaggedFailure<BackupInvalid>()(
  "BackupInvalid",
  {
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
  },
  { path: "backup.tar", reason: "member_changed", detail: "starpunk.db" }
) {
  get info(): ErrorInfo {
    const { detail, path, reason } = this
    return {
      ...operatorOnly,
      code: "backup.invalid",
      message: "This is not a valid backup",
      operator: {
        details: `${path}: ${invalid[reason]} (${detail}). Nothing was changed`,
        troubleshooting: [
          `\`tar -tvf '${path}'\` lists its contents; a backup contains starpunk.db, media/ and manifest.json`,
          "Use another backup, or copy this one from its source again"
        ]
      }
    }
  }
}

/** A newer version made the archive, with a format or schema that this version does not know. */
export class BackupTooNew extends TaggedFailure<BackupTooNew>()(
  "BackupTooNew",
  {
    path: Schema.String,
    what: Schema.Literal("format", "schema"),
    found: Schema.Number,
    known: Schema.Number,
    writtenBy: Schema.String
  },
  { path: "backup.tar", what: "schema", found: 9, known: 1, writtenBy: "2.4.0" }
) {
  get info(): ErrorInfo {
    const { found, known, path, what, writtenBy } = this
    return {
      ...operatorOnly,
      code: "backup.too_new",
      message: "The backup is from a newer version",
      operator: {
        details: `${path} was made by StarPunk ${writtenBy} (${what} ${found}); this version supports ${what} ${known}. Nothing was changed`,
        troubleshooting: [`Restore it with StarPunk ${writtenBy} or newer`]
      }
    }
  }
}

/** The server keeps no backups. */
export class BackupsOff extends TaggedFailure<BackupsOff>()("BackupsOff", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "backup.off",
      status: 409,
      fault: "user",
      retryable: false,
      message: "This site keeps no backups",
      suggestion: "Download everything instead, or ask the operator to turn backups on",
      troubleshooting: ["Nothing was changed"]
    }
  }
}

/** Failures of a backup. */
export type BackupFailure = BackupTargetExists | BackupNotWritten | BackupSourceUnreadable | BackupUnsound

/** Failures of reading an archive. */
export type ArchiveFailure = BackupNotRead | BackupInvalid | BackupTooNew
