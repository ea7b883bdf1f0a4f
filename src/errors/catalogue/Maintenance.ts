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
    `\`df -h "$(dirname '${path}')"\` shows the room that is left: the archive needs the size of database and media, and while it is made the size of the database again`,
    "Limits of the user count as well: `ulimit -f`, `quota -s`"
  ],
  read_only: [`\`findmnt -T "$(dirname '${path}')"\` shows how the file system is mounted`],
  denied: [`\`ls -ld "$(dirname '${path}')" '${path}'\`: the user that runs this needs access to both`],
  immutable: [
    `\`lsattr -d "$(dirname '${path}')" '${path}'\` shows the mark (\`i\` or \`a\`); \`chattr -ia\` takes it away`
  ],
  mount_point: [
    `\`findmnt -T '${path}'\` shows what is mounted there: a single file that is mounted cannot be replaced`,
    "Mount the directory that the file lies in, and name that in the settings"
  ],
  not_a_directory: [`\`ls -ld '${path}'\` shows what it is: put a directory in its place`],
  in_the_way: [`\`ls -ld '${path}'\` shows what it is: move it out of the media directory`],
  missing: [`\`ls -ld "$(dirname '${path}')" '${path}'\`: is the path right, and is the file system mounted?`],
  name: ["Give it a shorter name, of letters and digits"],
  case: ["Two files differ in upper and lower case only: restore to a file system that tells them apart"],
  io: ["`dmesg` shows errors of the disk, `ulimit -f` whether files may become large enough", "Try another place"]
})

const invalid: Record<BackupInvalid["reason"], string> = {
  not_an_archive: "It is not a tar archive, or it is broken off",
  no_manifest: "It has no manifest.json: it is some other archive, or it is broken off",
  manifest_unreadable: "Its manifest.json cannot be read",
  member_missing: "A file that its manifest tells of is missing",
  member_changed: "A file in it is not the one that was put into it",
  member_unexpected: "It holds a file that does not belong into a backup",
  database_unsound: "The database in it is damaged",
  database_foreign: "The database in it is not StarPunk's"
}

const refusal = (
  path: string
): Record<RestoreRefused["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  in_use: {
    details: `A server or another program has the database ${path} open`,
    steps: [
      "Stop the server, restore, and start it again",
      `\`fuser -v '${path}'\` lists the programs that have the database open`
    ]
  },
  other_files: {
    details: `The data directory ${path} holds other things, but no database of StarPunk`,
    steps: [
      "`starpunk config show` prints STARPUNK_DATA_PATH and where it comes from: is it the right directory?",
      "To restore into it all the same, add `--force`; what is there stays"
    ]
  },
  other_database: {
    details: `What lies at ${path} cannot be read as a database of StarPunk`,
    steps: [
      `\`file '${path}'\` says what it is`,
      "If it is your damaged database, stop the server and add `--force`: the file is kept beside the restored one"
    ]
  }
})

const targets = (
  path: string
): Record<BackupTargetExists["what"], { details: string; steps: ReadonlyArray<string> }> => ({
  file: { details: `${path} exists already`, steps: ["Choose another name, or add `--force` to replace it"] },
  directory: {
    details: `${path} is a directory`,
    steps: [`Name a file in it: \`starpunk backup '${path}/starpunk.tar'\``]
  },
  other: {
    details: `${path} is no file, but a device, a pipe or the like`,
    steps: ["Name a file; `--force` replaces nothing else"]
  }
})

const undone: Record<RestoreNotDone["state"], { message: string; details: string; steps: ReadonlyArray<string> }> = {
  unchanged: {
    message: "Nothing was restored",
    details: "Nothing was changed. What stood in the way is",
    steps: ["Fix the cause, and restore again"]
  },
  taken_back: {
    message: "Nothing was restored",
    details: "Every file is back where it was. What stood in the way is",
    steps: ["Start the server as before, or fix the cause and restore again"]
  },
  unfinished: {
    message: "A restore is neither finished nor taken back",
    details:
      "Nothing is lost, but files of two states lie side by side until the cause is gone. What stood in the way is",
    steps: [
      "Fix the cause first: is every file system of the site mounted, and can it be written? Then run `starpunk reindex`, or start the server: it finishes the restore, or takes it back",
      "Where that cannot be done, restore the backup into an empty directory: `STARPUNK_DATA_PATH=/another/directory starpunk restore FILE`"
    ]
  }
}

/** What whoever runs the site is told when a command of theirs cannot do its work. */
export const maintenance: Entries<MaintenanceFailure> = {
  DatabaseMissing: {
    example: new DatabaseMissing({ path: "data/starpunk.db" }),
    explain: ({ path }) => ({
      ...behindTheScenes,
      code: "maintenance.database_missing",
      message: "There is no database",
      operator: {
        details: `Nothing lies at ${path}`,
        troubleshooting: [
          "`starpunk config show` prints STARPUNK_DATA_PATH and STARPUNK_DATABASE_PATH: commands have to be run with the server's settings, and in its working directory if those are relative",
          "`starpunk serve` makes a new site there, `starpunk restore FILE` brings one back from a backup"
        ]
      }
    })
  },
  DatabasePresent: {
    example: new DatabasePresent({ path: "data/starpunk.db" }),
    explain: ({ path }) => ({
      ...behindTheScenes,
      code: "maintenance.database_present",
      message: "No new site was made",
      operator: {
        details: `There is a database at ${path}. Nothing was changed`,
        troubleshooting: [
          "Start the server: it uses this database",
          "To begin with an empty site, name another directory in STARPUNK_DATA_PATH, or move everything out of this one"
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
        message: "No backup was made",
        operator: { details, troubleshooting: steps }
      }
    }
  },
  BackupNotWritten: {
    example: new BackupNotWritten({ path: "backup.tar", reason: "full", detail: "ENOSPC" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "backup.not_written",
      message: "No backup was made",
      operator: {
        details: `${path} could not be written, ${trouble[reason]} (${detail}); nothing of it is left behind`,
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
        details: `${path} cannot be read, ${trouble[reason]} (${detail})`,
        troubleshooting: untangle(path)[reason]
      }
    })
  },
  BackupSourceUnreadable: {
    example: new BackupSourceUnreadable({ path: "data/media/1f.jpg", detail: "EACCES" }),
    explain: ({ detail, path }) => ({
      ...behindTheScenes,
      code: "backup.source_unreadable",
      message: "No backup was made",
      operator: {
        details: `A file that belongs into it cannot be read: ${path} (${detail})`,
        troubleshooting: [
          `\`ls -l '${path}'\`: the user that runs this needs to read the file`,
          "If the disk has lost it, delete it on the page of your media, so that the next backup can do without it"
        ]
      }
    })
  },
  BackupUnsound: {
    example: new BackupUnsound({ problems: ["row 7 missing from index posts_kept"] }),
    explain: ({ problems }) => ({
      ...behindTheScenes,
      code: "backup.database_unsound",
      message: "No backup was made",
      operator: {
        details: `The copy of the database did not pass SQLite's checks: ${problems.join("; ")}`,
        troubleshooting: [
          "`starpunk db check` tells all that is wrong, and what mends it",
          "Keep the backups that you have: they were sound when they were made"
        ]
      }
    })
  },
  BackupInvalid: {
    example: new BackupInvalid({ path: "backup.tar", reason: "member_changed", detail: "starpunk.db" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "backup.invalid",
      message: "This is not a backup that can be relied on",
      operator: {
        details: `${path}: ${invalid[reason]} (${detail}). Nothing was changed`,
        troubleshooting: [
          `\`tar -tvf '${path}'\` lists what is in it; a backup holds starpunk.db, media/ and manifest.json`,
          "Take another backup, or copy this one anew from where it came"
        ]
      }
    })
  },
  BackupTooNew: {
    example: new BackupTooNew({ path: "backup.tar", what: "schema", found: 9, known: 1, writtenBy: "2.4.0" }),
    explain: ({ found, known, path, what, writtenBy }) => ({
      ...behindTheScenes,
      code: "backup.too_new",
      message: "The backup is of a newer version",
      operator: {
        details: `${path} was made by StarPunk ${writtenBy} (${what} ${found}); this program knows ${what} ${known}. Nothing was changed`,
        troubleshooting: [`Run StarPunk ${writtenBy} or newer, and restore with it`]
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
      message: "Nothing was ended",
      operator: {
        details: `There is no ${kind} with the id ${id.slice(0, 64)}`,
        troubleshooting: [
          kind === "session"
            ? "`starpunk sessions list` shows the sessions there are, with their ids"
            : "`starpunk token list` shows the access tokens there are, with their ids"
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
      message: "The site is not well",
      operator: {
        details: {
          unreachable: `Nobody answers at ${url} (${detail})`,
          timeout: `${url} did not answer in time (${detail})`,
          answer: `${url} answered ${detail}`
        }[reason],
        troubleshooting: [
          "`starpunk doctor` looks at everything the site stands on",
          "`starpunk config show` prints STARPUNK_HOST and STARPUNK_PORT; `--url` asks elsewhere"
        ]
      }
    })
  }
}
