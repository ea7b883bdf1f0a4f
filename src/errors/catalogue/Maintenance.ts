import {
  BackupInvalid,
  BackupNotRead,
  BackupNotWritten,
  BackupSourceUnreadable,
  BackupTargetExists,
  BackupTooNew,
  BackupUnsound,
  DatabaseMissing,
  DatabasePresent,
  type FileTrouble,
  type MaintenanceFailure,
  RecordUnknown,
  RestoreNotDone,
  RestoreRefused,
  ServerNotWell
} from "../failure/Maintenance.js"
import { behindTheScenes, trouble } from "./BehindTheScenes.js"
import type { Entries } from "./Entry.js"

const untangle = (path: string): Record<typeof FileTrouble.Type, ReadonlyArray<string>> => ({
  full: [
    `\`df -h "$(dirname '${path}')"\` shows the free space: the archive needs as much as database and media together, plus the size of the database once more while it is written`,
    "Check the limits of the user too: `ulimit -f`, `quota -s`"
  ],
  read_only: [`\`findmnt -T "$(dirname '${path}')"\` shows how the file system is mounted`],
  denied: [`\`ls -ld "$(dirname '${path}')" '${path}'\`: the user that runs the command needs access to both`],
  immutable: [
    `\`lsattr -d "$(dirname '${path}')" '${path}'\` shows the attribute (\`i\` or \`a\`); \`chattr -ia\` removes it`
  ],
  mount_point: [
    `\`findmnt -T '${path}'\` shows what is mounted there: a mounted single file cannot be replaced`,
    "Mount the directory that contains the file, and set that directory in the settings"
  ],
  not_a_directory: [`\`ls -ld '${path}'\` shows what it is: replace it by a directory`],
  in_the_way: [`\`ls -ld '${path}'\` shows what it is: move it out of the media directory`],
  missing: [
    `\`ls -ld "$(dirname '${path}')" '${path}'\`: check that the path is right and that the file system is mounted`
  ],
  name: ["Use a shorter name of letters and digits"],
  case: ["Two file names differ only in case: restore to a case-sensitive file system"],
  io: ["`dmesg` shows errors of the disk; `ulimit -f` shows the largest file size allowed", "Use another file system"]
})

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

/** Texts of errors of the operator's commands. */
export const maintenance: Entries<MaintenanceFailure> = {
  DatabaseMissing: {
    example: new DatabaseMissing({ path: "data/starpunk.db" }),
    explain: ({ path }) => ({
      ...behindTheScenes,
      code: "maintenance.database_missing",
      message: "The database was not found",
      operator: {
        details: `There is no file at ${path}`,
        troubleshooting: [
          "Run the command with the server's settings, and in its working directory if paths are relative: `starpunk config show` prints STARPUNK_DATA_PATH and STARPUNK_DATABASE_PATH",
          "Run `starpunk serve` to create a new site there, or `starpunk restore FILE` to restore a backup"
        ]
      }
    })
  },
  DatabasePresent: {
    example: new DatabasePresent({ path: "data/starpunk.db" }),
    explain: ({ path }) => ({
      ...behindTheScenes,
      code: "maintenance.database_present",
      message: "No new site was created",
      operator: {
        details: `A database already exists at ${path}. Nothing was changed`,
        troubleshooting: [
          "To use this database, start the server",
          "To start with an empty site, set STARPUNK_DATA_PATH to another directory, or move everything out of this one"
        ]
      }
    })
  },
  BackupTargetExists: {
    example: new BackupTargetExists({ path: "backup.tar", what: "file" }),
    explain: ({ path, what }) => {
      const { details, steps } = targets(path)[what]
      return {
        ...behindTheScenes,
        code: "backup.target_exists",
        message: "The backup failed",
        operator: { details, troubleshooting: steps }
      }
    }
  },
  BackupNotWritten: {
    example: new BackupNotWritten({ path: "backup.tar", reason: "full", detail: "ENOSPC" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "backup.not_written",
      message: "The backup failed",
      operator: {
        details: `${path} could not be written: ${trouble[reason]} (${detail}). The incomplete output was removed`,
        troubleshooting: untangle(path)[reason]
      }
    })
  },
  BackupNotRead: {
    example: new BackupNotRead({ path: "backup.tar", reason: "missing", detail: "ENOENT" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "backup.not_read",
      message: "The backup cannot be read",
      operator: {
        details: `${path} cannot be read: ${trouble[reason]} (${detail})`,
        troubleshooting: untangle(path)[reason]
      }
    })
  },
  BackupSourceUnreadable: {
    example: new BackupSourceUnreadable({ path: "data/media/1f.jpg", detail: "EACCES" }),
    explain: ({ detail, path }) => ({
      ...behindTheScenes,
      code: "backup.source_unreadable",
      message: "The backup failed",
      operator: {
        details: `A file of the site cannot be read: ${path} (${detail})`,
        troubleshooting: [
          `\`ls -l '${path}'\`: the user that runs the command must be able to read the file`,
          "If the file is lost, delete it on the media page; the next backup then works without it"
        ]
      }
    })
  },
  BackupUnsound: {
    example: new BackupUnsound({ problems: ["row 7 missing from index posts_kept"] }),
    explain: ({ problems }) => ({
      ...behindTheScenes,
      code: "backup.database_unsound",
      message: "The backup failed",
      operator: {
        details: `The copy of the database failed SQLite's integrity check: ${problems.join("; ")}`,
        troubleshooting: [
          "Run `starpunk db check` for all problems and how to fix them",
          "Keep your existing backups: they were valid when they were made"
        ]
      }
    })
  },
  BackupInvalid: {
    example: new BackupInvalid({ path: "backup.tar", reason: "member_changed", detail: "starpunk.db" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "backup.invalid",
      message: "This is not a valid backup",
      operator: {
        details: `${path}: ${invalid[reason]} (${detail}). Nothing was changed`,
        troubleshooting: [
          `\`tar -tvf '${path}'\` lists its contents; a backup contains starpunk.db, media/ and manifest.json`,
          "Use another backup, or copy this one from its source again"
        ]
      }
    })
  },
  BackupTooNew: {
    example: new BackupTooNew({ path: "backup.tar", what: "schema", found: 9, known: 1, writtenBy: "2.4.0" }),
    explain: ({ found, known, path, what, writtenBy }) => ({
      ...behindTheScenes,
      code: "backup.too_new",
      message: "The backup is from a newer version",
      operator: {
        details: `${path} was made by StarPunk ${writtenBy} (${what} ${found}); this version supports ${what} ${known}. Nothing was changed`,
        troubleshooting: [`Restore it with StarPunk ${writtenBy} or newer`]
      }
    })
  },
  RestoreRefused: {
    example: new RestoreRefused({ reason: "in_use", path: "data/starpunk.db", detail: "SQLITE_BUSY" }),
    explain: ({ detail, path, reason }) => {
      const { details, steps } = refusal(path)[reason]
      return {
        ...behindTheScenes,
        code: "restore.refused",
        message: "Nothing was restored",
        operator: { details: `${details} (${detail}). Nothing was changed`, troubleshooting: steps }
      }
    }
  },
  RestoreNotDone: {
    example: new RestoreNotDone({ path: "data", reason: "full", detail: "ENOSPC", state: "unchanged" }),
    explain: ({ detail, path, reason, state }) => {
      const { details, message, steps } = undone[state]
      return {
        ...behindTheScenes,
        code: "restore.not_done",
        message,
        operator: {
          details: `${details} ${path}: ${trouble[reason]} (${detail})`,
          troubleshooting: [...untangle(path)[reason], ...steps]
        }
      }
    }
  },
  RecordUnknown: {
    example: new RecordUnknown({ kind: "session", id: "0011223344556677" }),
    explain: ({ id, kind }) => ({
      ...behindTheScenes,
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
    })
  },
  ServerNotWell: {
    example: new ServerNotWell({
      url: "http://127.0.0.1:8000/health/ready",
      reason: "unreachable",
      detail: "ECONNREFUSED"
    }),
    explain: ({ detail, reason, url }) => ({
      ...behindTheScenes,
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
    })
  }
}
