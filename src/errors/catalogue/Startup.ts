import type { ErrorInfo } from "../ErrorInfo.js"
import {
  ActivationUnusable,
  ConfigurationInvalid,
  DatabaseOpenFailed,
  ListenFailed,
  MigrationChanged,
  MigrationFailed,
  SchemaTooNew,
  type StartupFailure
} from "../failure/Startup.js"
import type { Entries } from "./Entry.js"

/** Texts for visitors of a site that could not start. */
const notStarted = {
  status: 503,
  fault: "system",
  retryable: false,
  message: "The site could not start",
  suggestion: "Try again later",
  troubleshooting: ["The operator of this site finds the cause in its log"]
} as const satisfies Partial<ErrorInfo>

const opening = (path: string): Record<DatabaseOpenFailed["reason"], ReadonlyArray<string>> => ({
  directory_missing: [
    `Create its directory, owned by the server's user: \`install -d -o USER "$(dirname '${path}')"\``,
    "`starpunk config show` prints STARPUNK_DATABASE_PATH and its source"
  ],
  not_permitted: [
    `\`ls -ld "$(dirname '${path}')" '${path}'\`: the server's user must be able to read and write both`,
    "In a container, the container's user must own the volume"
  ],
  read_only: [
    `\`findmnt -T '${path}'\` shows whether the file system is mounted read-only (\`ro\`)`,
    `\`ls -l '${path}'\` shows whether the server's user has write permission`
  ],
  is_a_directory: [
    "STARPUNK_DATABASE_PATH is a directory: set it to a file, such as `data/starpunk.db`",
    "`starpunk config show` prints the value and its source"
  ],
  not_a_database: [
    `\`file '${path}'\` shows what the file is. StarPunk does not change files it does not recognise`,
    "If it is your damaged database, run `starpunk restore FILE --force`: it restores a backup and keeps this file beside it",
    "Set STARPUNK_DATABASE_PATH to another file, or move this one away to start with an empty site"
  ],
  corrupt: [
    "Copy the file with its `-wal` and `-shm` files to a safe place, and work on copies only",
    "`starpunk db check` reports the damage; `starpunk restore FILE` restores a backup and keeps this file beside it"
  ],
  foreign_application: [
    "The file is a SQLite database of another program: set STARPUNK_DATABASE_PATH to another file",
    `\`sqlite3 '${path}' .tables\` lists its tables`
  ],
  memory_with_readers: ["With `:memory:` every connection has its own database: set STARPUNK_DATABASE_PATH to a file"],
  wal_unavailable: [
    `\`findmnt -T '${path}'\` shows the file system: the write-ahead log needs a local file system, not NFS or SMB`,
    "Move the data directory to a local disk, and set STARPUNK_DATA_PATH to it"
  ],
  sqlite_version: [
    "This SQLite version has a known bug that damages databases: run `npm ci` to install the version StarPunk was tested with",
    "If STARPUNK_SQLITE_BINDING is set, unset it or rebuild the addon"
  ],
  driver_missing: [
    "Run `npm ci` in StarPunk's directory, with the Node version that runs the server",
    "If no prebuilt driver exists for your platform, run `npm rebuild better-sqlite3` to compile it"
  ],
  binding_unusable: [
    "Set STARPUNK_SQLITE_BINDING to a better-sqlite3 addon (`better_sqlite3.node`) built for this Node version",
    "Without STARPUNK_SQLITE_BINDING, StarPunk uses the installed SQLite; `starpunk config show` prints where it is set"
  ],
  locked: [
    `\`fuser -v '${path}'\` lists the processes that have the database open`,
    "Stop the other process, then restart the server"
  ],
  site_missing: [
    `If the database was moved, move it back to '${path}', together with its \`-wal\` file`,
    "If a disk is not mounted, mount it and restart the server: `findmnt` shows what is mounted",
    "If the database is lost, run `starpunk restore FILE` to restore a backup; existing files are kept",
    "To start with an empty site, run `starpunk db new`: it moves conflicting files aside"
  ],
  log_mismatch: [
    `If you copied a database to '${path}', move the log of the old database aside, then start the server: \`mkdir -p "$(dirname '${path}')/set-aside" && mv '${path}'-wal '${path}'-shm "$(dirname '${path}')/set-aside"\``,
    "If you need the data in the log, put back the database that it belongs to: the log works with no other database",
    "`starpunk restore FILE` restores a backup and keeps the old database and log beside it",
    "Nothing was changed or deleted"
  ],
  unknown: ["The text above is from SQLite. Check the disk: `dmesg` shows its errors"]
})

const listening: Record<ListenFailed["reason"], ReadonlyArray<string>> = {
  in_use: [
    "Run `ss -ltnp` to see which program uses the port: StarPunk may already be running",
    "Choose another port: `STARPUNK_PORT=8001 starpunk serve`"
  ],
  not_permitted: [
    "Ports below 1024 need privileges: set STARPUNK_PORT to a higher port, and let a proxy listen on 80 and 443"
  ],
  address_unknown: ["Set STARPUNK_HOST to an address of this server (`ip address` lists them), or to 0.0.0.0 for all"],
  unknown: ["`starpunk config show` prints STARPUNK_HOST and STARPUNK_PORT with their sources"]
}

const activation: Record<ActivationUnusable["reason"], { details: string; step: string }> = {
  several: {
    details: "systemd passed more than one socket",
    step: "Use one `ListenStream=` in the socket unit: `ListenStream=[::]:8000` accepts IPv4 and IPv6"
  },
  not_tcp: {
    details: "it is not a TCP socket",
    step: "Set `ListenStream=` to an address and a port, not to a path: other sockets do not provide client addresses"
  },
  not_listening: {
    details: "the socket is not listening",
    step: "Use `ListenStream=` and `Accept=no` in the socket unit"
  }
}

/** Texts of errors at startup. The operator reads them in the shell or the log. */
export const startup: Entries<StartupFailure> = {
  DatabaseOpenFailed: {
    example: new DatabaseOpenFailed({
      reason: "not_permitted",
      path: "data/starpunk.db",
      detail: "unable to open database file"
    }),
    explain: ({ detail, path, reason }) => ({
      ...notStarted,
      code: "startup.database_not_opened",
      // Commands open the database too, so the text does not name the server.
      message: "The database cannot be opened",
      operator: {
        details: `The database ${path} cannot be opened (${reason.replaceAll("_", " ")}): ${detail}`,
        troubleshooting: opening(path)[reason]
      }
    })
  },
  SchemaTooNew: {
    example: new SchemaTooNew({ found: 2, foundName: "syndication", known: 1, writtenBy: "2.1.0" }),
    explain: ({ found, foundName, known, writtenBy }) => ({
      ...notStarted,
      code: "startup.schema_too_new",
      operator: {
        details: `The database is at migration ${found} (${foundName}), written by StarPunk ${writtenBy}; this version supports ${known}`,
        troubleshooting: [
          `Run StarPunk ${writtenBy} or newer`,
          "To keep this version, restore the backup made before the newer version was started"
        ]
      }
    })
  },
  MigrationChanged: {
    example: new MigrationChanged({ id: 1, name: "initial" }),
    explain: ({ id, name }) => ({
      ...notStarted,
      code: "startup.migration_changed",
      operator: {
        details: `Migration ${id} (${name}) was applied to this database in a different form than this version contains`,
        troubleshooting: [
          "Run the released version that last opened this database: this one is modified or incomplete",
          "In development, move the data directory away to start with an empty one"
        ]
      }
    })
  },
  MigrationFailed: {
    example: new MigrationFailed({ id: 2, name: "syndication", detail: "database or disk is full" }),
    explain: ({ detail, id, name }) => ({
      ...notStarted,
      code: "startup.migration_failed",
      operator: {
        details: `Migration ${id} (${name}) failed and was rolled back: ${detail}`,
        troubleshooting: [
          "Nothing was changed: the previous version still works with this database",
          "Check the free space with `df -h DIRECTORY` on the data directory: a migration may need as much as the size of the database",
          "If there is enough space, this is a bug in StarPunk. Report it with this text"
        ]
      }
    })
  },
  ListenFailed: {
    example: new ListenFailed({ host: "127.0.0.1", port: 8000, reason: "in_use" }),
    explain: ({ host, port, reason }) => ({
      ...notStarted,
      code: "startup.listen_failed",
      operator: {
        details: `Cannot listen on ${host}, port ${port} (${reason.replaceAll("_", " ")})`,
        troubleshooting: listening[reason]
      }
    })
  },
  ActivationUnusable: {
    example: new ActivationUnusable({ reason: "several", sockets: 2 }),
    explain: ({ reason, sockets }) => ({
      ...notStarted,
      code: "startup.activation_unusable",
      operator: {
        details: `LISTEN_FDS is ${sockets}, and ${activation[reason].details}`,
        troubleshooting: [
          activation[reason].step,
          "`systemctl cat starpunk.socket` shows the socket unit; docs/deployment/systemd.md has a working one"
        ]
      }
    })
  },
  ConfigurationInvalid: {
    example: new ConfigurationInvalid({
      problems: [
        {
          name: "STARPUNK_PORT",
          expected: "a port number from 1 to 65535",
          given: "eighty",
          source: "environment",
          suggestion: "Set STARPUNK_PORT=8000, or leave it out"
        }
      ]
    }),
    explain: ({ problems }) => ({
      ...notStarted,
      code: "config.invalid",
      operator: {
        details: `Invalid configuration, ${problems.length === 1 ? "one problem" : `${problems.length} problems`}: ${problems
          .map(({ expected, given, name, source }) =>
            given === undefined
              ? `${name} must be ${expected} (${source})`
              : `${name} must be ${expected}, but is ${given} (${source})`
          )
          .join("; ")}`,
        troubleshooting: [
          ...problems.map(({ name, suggestion }) => `${name}: ${suggestion}`),
          "`starpunk check-config` checks every setting without starting the server",
          "`starpunk config show` prints every value and its source"
        ]
      }
    })
  }
}
