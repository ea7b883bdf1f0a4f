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

/** All that a visitor needs to know about a site that could not start: nothing of this is theirs to mend. */
const notStarted = {
  status: 503,
  fault: "system",
  retryable: false,
  message: "The site could not start",
  suggestion: "Please come back later",
  troubleshooting: ["The owner of the site has to look into it"]
} as const satisfies Partial<ErrorInfo>

const opening = (path: string): Record<DatabaseOpenFailed["reason"], ReadonlyArray<string>> => ({
  directory_missing: [
    `Make its directory, and let the server's user own it: \`install -d -o USER "$(dirname '${path}')"\``,
    "`starpunk config show` prints STARPUNK_DATABASE_PATH and where it comes from"
  ],
  not_permitted: [
    `\`ls -ld "$(dirname '${path}')" '${path}'\`: the server's user needs to read and write both`,
    "In a container, the volume has to belong to the user that the container runs as"
  ],
  read_only: [
    `\`findmnt -T '${path}'\` shows whether the file system is mounted read-only (\`ro\`)`,
    `\`ls -l '${path}'\` shows whether the server's user may write the file`
  ],
  is_a_directory: [
    "STARPUNK_DATABASE_PATH names a directory: give it the name of a file, such as `data/starpunk.db`",
    "`starpunk config show` prints the value and where it comes from"
  ],
  not_a_database: [
    `\`file '${path}'\` says what the file is: StarPunk does not touch what it does not know`,
    "If it is your damaged database, `starpunk restore FILE --force` puts a backup in its place and keeps this file beside it",
    "Name another file in STARPUNK_DATABASE_PATH, or move this one away and start again with an empty site"
  ],
  corrupt: [
    "Copy the file together with its `-wal` and `-shm` files to a safe place, and work on copies only",
    "`starpunk db check` says what is damaged; `starpunk restore FILE` puts your last backup back and keeps this file beside it"
  ],
  foreign_application: [
    "The file is a SQLite database, but another program's: name another one in STARPUNK_DATABASE_PATH",
    `\`sqlite3 '${path}' .tables\` shows what is in it`
  ],
  memory_with_readers: [
    "`:memory:` is a database of its own for every connection: name a file in STARPUNK_DATABASE_PATH"
  ],
  wal_unavailable: [
    `\`findmnt -T '${path}'\` shows the file system: the write-ahead log needs a local one, not NFS or SMB`,
    "Move the data directory to a local disk, and name it in STARPUNK_DATA_PATH"
  ],
  sqlite_version: [
    "The SQLite in use has a known bug that damages databases: run `npm ci` to install the version StarPunk was tested with",
    "If STARPUNK_SQLITE_BINDING is set, take it away or build it anew"
  ],
  driver_missing: [
    "Run `npm ci` in StarPunk's directory, with the same version of Node that runs the server",
    "`npm rebuild better-sqlite3` compiles the driver where no ready-made one exists"
  ],
  binding_unusable: [
    "STARPUNK_SQLITE_BINDING has to name a better-sqlite3 addon (`better_sqlite3.node`) that was built for this version of Node",
    "Without STARPUNK_SQLITE_BINDING the installed SQLite is used; `starpunk config show` prints where it is set"
  ],
  locked: [
    `\`fuser -v '${path}'\` lists the processes that have the database open`,
    "Stop the other process, then start the server again"
  ],
  site_missing: [
    `If the database was moved, put it back to '${path}'; its \`-wal\` file belongs to it and has to lie beside it`,
    "If a disk is not mounted, mount it and start the server again: `findmnt` shows what is mounted",
    "If the database is lost, `starpunk restore FILE` puts a backup in its place; what lies there is kept",
    "If you want to begin with an empty site, run `starpunk db new`: it sets aside what would be in the way"
  ],
  log_mismatch: [
    `If you copied a database to '${path}', keep the log that does not belong to it, and start the server: \`mkdir -p "$(dirname '${path}')/set-aside" && mv '${path}'-wal '${path}'-shm "$(dirname '${path}')/set-aside"\``,
    "If the log holds what you want, put the database back that it was written on: the log has no other use",
    "`starpunk restore FILE` puts a backup in the place of the database, and keeps database and log beside it",
    "Nothing was changed and nothing is deleted"
  ],
  unknown: ["The text above is SQLite's own; `dmesg` shows errors of the disk"]
})

const listening: Record<ListenFailed["reason"], ReadonlyArray<string>> = {
  in_use: [
    "`ss -ltnp` shows which program listens there: perhaps StarPunk is already running",
    "Choose another port: `STARPUNK_PORT=8001 starpunk serve`"
  ],
  not_permitted: [
    "Ports below 1024 are for privileged users: choose a higher one in STARPUNK_PORT, and let a proxy listen on 80 and 443"
  ],
  address_unknown: [
    "`ip address` lists the addresses of this machine: STARPUNK_HOST has to be one of them, or 0.0.0.0 for all"
  ],
  unknown: ["`starpunk config show` prints STARPUNK_HOST and STARPUNK_PORT, and where they come from"]
}

const activation: Record<ActivationUnusable["reason"], { details: string; step: string }> = {
  several: {
    details: "more than one socket was handed over",
    step: "Name one `ListenStream=` in the socket unit: `ListenStream=[::]:8000` takes IPv4 and IPv6 alike"
  },
  not_tcp: {
    details: "it is not a TCP socket",
    step: "Give `ListenStream=` an address and a port, not a path: through another kind of socket nobody's address is known"
  },
  not_listening: {
    details: "nothing can be accepted on it",
    step: "Use `ListenStream=`, and `Accept=no`, in the socket unit"
  }
}

/** What people are told when the process cannot start. Its reader sits at the shell: the words that help are the operator's. */
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
      // Not only a server meets this: commands open the database too.
      message: "The site's data is out of reach",
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
        details: `The database is at migration ${found} (${foundName}), written by StarPunk ${writtenBy}; this program knows ${known}`,
        troubleshooting: [
          `Run StarPunk ${writtenBy} or newer`,
          "To stay with this version, put back the backup that was made before the newer one was started"
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
        details: `Migration ${id} (${name}) was applied to this database in another wording than this program has`,
        troubleshooting: [
          "Run the released version that last opened this database: this one was changed, or is not complete",
          "In development, move the data directory away and start with an empty one"
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
        details: `Migration ${id} (${name}) failed and was rolled back whole: ${detail}`,
        troubleshooting: [
          "Nothing was changed: the version that ran before still runs on this database",
          "`df -h DIRECTORY`, with the data directory, shows whether there is room: a migration may need the database's size again",
          "If there is room, it is a bug of StarPunk: please report it with this text"
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
          "`systemctl cat starpunk.socket` shows the socket unit; docs/deployment/systemd.md has one that works"
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
              ? `${name} needs ${expected} (${source})`
              : `${name} needs ${expected}, but is ${given} (${source})`
          )
          .join("; ")}`,
        troubleshooting: [
          ...problems.map(({ name, suggestion }) => `${name}: ${suggestion}`),
          "`starpunk check-config` looks at every setting without starting anything",
          "`starpunk config show` prints every value and where it comes from"
        ]
      }
    })
  }
}
