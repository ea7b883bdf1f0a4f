import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { FileTrouble, trouble } from "./FileTrouble.js"
import { operatorOnly } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

const taken = (
  path: string
): Record<ExportTargetTaken["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  not_empty: {
    details: `${path} is not empty`,
    steps: ["Use a directory that does not exist yet: an export never mixes with existing files"]
  },
  a_file: { details: `${path} is a file`, steps: ["Use a directory that does not exist yet"] },
  data_directory: {
    details: `${path} is inside the data directory of the site`,
    steps: ["Use a directory outside of it: backups include everything in the data directory"]
  }
})

/** The target of the export cannot be used. `path` is for the operator only, as in all failures here. */
export class ExportTargetTaken extends TaggedFailure<ExportTargetTaken>()(
  "ExportTargetTaken",
  { path: Schema.String, reason: Schema.Literal("not_empty", "a_file", "data_directory") },
  { path: "export", reason: "not_empty" }
) {
  get info(): ErrorInfo {
    const { path, reason } = this
    return {
      ...operatorOnly,
      code: "export.target_taken",
      message: "The export failed",
      operator: { details: taken(path)[reason].details, troubleshooting: taken(path)[reason].steps }
    }
  }
}

const exportSteps = (path: string): Record<typeof FileTrouble.Type, ReadonlyArray<string>> => ({
  full: [
    `\`df -h "$(dirname '${path}')"\` shows the free space: the export needs as much as database and media together, plus the size of the database once more while it is written`
  ],
  read_only: [`\`findmnt -T "$(dirname '${path}')"\` shows how the file system is mounted`],
  denied: [`\`ls -ld "$(dirname '${path}')"\`: the user that runs the command must be able to write there`],
  immutable: [`\`lsattr -d "$(dirname '${path}')"\` shows the attribute; \`chattr -i\` removes it`],
  mount_point: [`\`findmnt -T '${path}'\` shows what is mounted there`, "Use another directory"],
  not_a_directory: [`\`ls -ld "$(dirname '${path}')"\` shows what it is: use another directory`],
  in_the_way: [`\`ls -ld '${path}'\` shows what it is: use another directory`],
  missing: [`Create the parent directory: \`mkdir -p "$(dirname '${path}')"\``],
  name: ["Use a shorter name of letters and digits"],
  case: ["Use a directory on a case-sensitive file system"],
  io: ["Check the disk: `dmesg` shows its errors", "Use another file system"]
})

/** The export could not be written. No part of it is left. */
export class ExportNotWritten extends TaggedFailure<ExportNotWritten>()(
  "ExportNotWritten",
  { path: Schema.String, reason: FileTrouble, detail: Schema.String },
  { path: "export", reason: "full", detail: "ENOSPC" }
) {
  get info(): ErrorInfo {
    const { detail, path, reason } = this
    return {
      ...operatorOnly,
      code: "export.not_written",
      message: "The export failed",
      operator: {
        details: `${path} could not be written: ${trouble[reason]} (${detail}). The incomplete output was removed`,
        troubleshooting: exportSteps(path)[reason]
      }
    }
  }
}

/** A media file of the export could not be read. */
export class ExportSourceUnreadable extends TaggedFailure<ExportSourceUnreadable>()(
  "ExportSourceUnreadable",
  { path: Schema.String, detail: Schema.String },
  { path: "data/media/1f/1f.jpg", detail: "EACCES" }
) {
  get info(): ErrorInfo {
    const { detail, path } = this
    return {
      ...operatorOnly,
      code: "export.source_unreadable",
      message: "The export failed",
      operator: {
        details: `The media file ${path} cannot be read (${detail}). The incomplete export was removed`,
        troubleshooting: [
          `\`ls -l '${path}'\`: the user that runs the command must be able to read it`,
          "Check the disk: `dmesg` shows its errors"
        ]
      }
    }
  }
}

/** The maximum number of archives is being downloaded. */
export class ExportBusy extends TaggedFailure<ExportBusy>()("ExportBusy", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "export.busy",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 60,
      message: "Other downloads of the site are running",
      suggestion: "Wait until they have ended, or stop them in the browser, then try again",
      troubleshooting: ["If you stopped a download, wait two minutes: the site may notice only then"],
      operator: {
        details: "A download of the whole site was refused, because the maximum number of downloads is running",
        troubleshooting: [
          "Wait two minutes: by then the server has ended downloads that visitors stopped or that stalled"
        ]
      }
    }
  }
}

/** Failures of an export. */
export type ExportFailure = ExportTargetTaken | ExportNotWritten | ExportSourceUnreadable
