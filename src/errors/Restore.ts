import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { archiveSteps, FileTrouble, trouble } from "./FileTrouble.js"
import { operatorOnly } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

const refusal = (
  path: string
): Record<RestoreRefused["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  in_use: {
    details: `The server or another program has the database ${path} open`,
    steps: [
      "Stop the server, restore, and start it again",
      `\`fuser -v '${path}'\` lists the processes that have the database open`
    ]
  },
  other_files: {
    details: `The data directory ${path} contains other files, but no StarPunk database`,
    steps: [
      "Check STARPUNK_DATA_PATH: `starpunk config show` prints the value and its source",
      "To restore into it anyway, add `--force`; the existing files stay"
    ]
  },
  other_database: {
    details: `${path} is not a readable StarPunk database`,
    steps: [
      `\`file '${path}'\` shows what it is`,
      "If it is your damaged database, stop the server and add `--force`; the old file is kept beside the restored one"
    ]
  }
})

/** A restore was refused because it would overwrite existing data. Nothing was changed. */
export class RestoreRefused extends TaggedFailure<RestoreRefused>()(
  "RestoreRefused",
  {
    reason: Schema.Literal("in_use", "other_files", "other_database"),
    path: Schema.String,
    detail: Schema.String
  },
  { reason: "in_use", path: "data/starpunk.db", detail: "SQLITE_BUSY" }
) {
  get info(): ErrorInfo {
    const { detail, path, reason } = this
    const { details, steps } = refusal(path)[reason]
    return {
      ...operatorOnly,
      code: "restore.refused",
      message: "Nothing was restored",
      operator: { details: `${details} (${detail}). Nothing was changed`, troubleshooting: steps }
    }
  }
}

const undone: Record<RestoreNotDone["state"], { message: string; details: string; steps: ReadonlyArray<string> }> = {
  unchanged: {
    message: "Nothing was restored",
    details: "Nothing was changed. Cause:",
    steps: ["Fix the cause, then restore again"]
  },
  taken_back: {
    message: "Nothing was restored",
    details: "Every file is back in its old place. Cause:",
    steps: ["Start the server as before, or fix the cause and restore again"]
  },
  unfinished: {
    message: "A restore is incomplete",
    details: "No data is lost, but old and restored files are mixed until the cause is fixed. Cause:",
    steps: [
      "Fix the cause first: every file system of the site must be mounted and writable. Then run `starpunk reindex` or start the server: either one completes or rolls back the restore",
      "If that is not possible, restore the backup into an empty directory: `STARPUNK_DATA_PATH=/another/directory starpunk restore FILE`"
    ]
  }
}

/** A restore failed. `path` is the file or directory that caused it. */
export class RestoreNotDone extends TaggedFailure<RestoreNotDone>()(
  "RestoreNotDone",
  {
    path: Schema.String,
    reason: FileTrouble,
    detail: Schema.String,
    /**
     * `unchanged`: the restore has not begun. `taken_back`: some files had been replaced and are back in place.
     * `unfinished`: some files are replaced, and the restore can neither complete nor roll back until the cause is
     * fixed.
     */
    state: Schema.Literal("unchanged", "taken_back", "unfinished")
  },
  { path: "data", reason: "full", detail: "ENOSPC", state: "unchanged" }
) {
  get info(): ErrorInfo {
    const { detail, path, reason, state } = this
    const { details, message, steps } = undone[state]
    return {
      ...operatorOnly,
      code: "restore.not_done",
      message,
      operator: {
        details: `${details} ${path}: ${trouble[reason]} (${detail})`,
        troubleshooting: [...archiveSteps(path)[reason], ...steps]
      }
    }
  }
}

/** Failures of a restore. */
export type RestoreFailure = RestoreRefused | RestoreNotDone
