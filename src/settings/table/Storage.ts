import { Duration, Option } from "effect"
import { showDatabaseAddress } from "../DatabaseAddress.js"
import { derivedSetting, type Machine, optionalSetting, setting } from "../Setting.js"
import { databaseAddress, duration, integer, oneOf, path } from "../Syntax.js"

/** More readers than cores have nothing to run on; more than four were not faster in benchmarks. */
const readersFor = ({ cores }: Machine): number => Math.max(2, Math.min(4, cores))

const join = (directory: string, file: string): string =>
  directory.endsWith("/") ? `${directory}${file}` : `${directory}/${file}`

/** Settings of data, database and backups. */
export const storage = {
  dataPath: setting({
    name: "STARPUNK_DATA_PATH",
    aliases: ["DATA_PATH"],
    group: "Data",
    description: "Directory of all data of the site. Back it up",
    example: "/var/lib/starpunk",
    syntax: path,
    default: "data"
  }),
  databasePath: derivedSetting({
    name: "STARPUNK_DATABASE_PATH",
    aliases: ["DATABASE_PATH"],
    group: "Data",
    description:
      "Path of the SQLite database. It must be on a local file system: the write-ahead log does not work over NFS or SMB",
    example: "/var/lib/starpunk/starpunk.db",
    syntax: path,
    absent: "`{data}/starpunk.db`",
    derive: (given, { dataPath, machine }) =>
      Option.getOrElse(given, () => join(dataPath, machine.databaseName?.(dataPath) ?? "starpunk.db"))
  }),
  media: {
    maxSizeMb: setting({
      name: "STARPUNK_MEDIA_MAX_SIZE",
      group: "Data",
      unit: "MiB",
      description: "Largest accepted photo, video or recording. A reverse proxy has its own limit",
      example: "500",
      syntax: integer({ min: 1, max: 10_240 }),
      default: 100
    })
  },
  imports: {
    maxSizeMb: setting({
      name: "STARPUNK_IMPORT_MAX_SIZE",
      group: "Data",
      unit: "MiB",
      description:
        "Largest file that the import page accepts. Its content may be four times as large when unpacked. A reverse proxy has its own limit",
      example: "4096",
      syntax: integer({ min: 1, max: 102_400 }),
      default: 1_024
    })
  },
  database: {
    address: optionalSetting({
      name: "STARPUNK_DATABASE_URL",
      group: "Data",
      description:
        "Address of a database on a server with PostgreSQL 14 to 18. The site is then in that database instead of the SQLite file. Connections to other machines are encrypted, and the server's certificate is verified; `?sslmode=disable` turns encryption off on the same machine only. Percent-encode special characters in the user, the password and the name of the database",
      example: "postgres://starpunk:a-password@db.example/starpunk",
      syntax: databaseAddress,
      secret: true,
      shown: showDatabaseAddress,
      absent: "unset: the site is in a SQLite file"
    }),
    authority: optionalSetting({
      name: "STARPUNK_DATABASE_CA",
      group: "Data",
      description:
        "Path of a PEM file with the certificates of the authority that signed the PostgreSQL server's certificate",
      example: "/etc/starpunk/database-ca.pem",
      syntax: path,
      absent: "the authorities that Node.js knows"
    }),
    readers: derivedSetting({
      name: "STARPUNK_DB_CONNECTION_POOL_SIZE",
      aliases: ["DB_CONNECTION_POOL_SIZE"],
      group: "Data",
      description:
        "Number of reader connections, for SQLite each with its own thread. The writer connection is additional",
      example: "4",
      syntax: integer({ min: 1, max: 64 }),
      absent: "the number of processor cores, at least 2 and at most 4",
      derive: (given, { machine }) => Option.getOrElse(given, () => readersFor(machine))
    }),
    acquireTimeout: setting({
      name: "STARPUNK_DB_CONNECTION_TIMEOUT",
      aliases: ["DB_CONNECTION_TIMEOUT"],
      group: "Data",
      unit: "seconds",
      description: "Time for which a read waits for a free connection. Afterwards it fails with 503",
      example: "5",
      syntax: duration("seconds", { min: 0.01, max: 300 }),
      default: Duration.seconds(2)
    }),
    writeTimeout: setting({
      name: "STARPUNK_DB_WRITE_TIMEOUT",
      group: "Data",
      unit: "seconds",
      description:
        "Time for which a write waits for the writes before it. Afterwards it fails with 503. Keep the time below the timeout of your reverse proxy",
      example: "30",
      syntax: duration("seconds", { min: 0.01, max: 300 }),
      default: Duration.seconds(15)
    }),
    busyTimeout: setting({
      name: "STARPUNK_DB_BUSY_TIMEOUT",
      aliases: ["DB_BUSY_TIMEOUT"],
      group: "Data",
      unit: "milliseconds",
      description:
        "Time for which a write waits while another process holds the database lock. Afterwards the write fails with 503",
      example: "5000",
      syntax: duration("milliseconds", { min: 0, max: 60_000 }),
      default: Duration.seconds(2)
    }),
    synchronous: setting({
      name: "STARPUNK_DB_SYNCHRONOUS",
      group: "Data",
      description:
        "Durability. `full`: acknowledged writes survive a power failure. `normal`: faster, but a power failure can lose the last writes (https://www.sqlite.org/pragma.html#pragma_synchronous)",
      example: "normal",
      syntax: oneOf("full", "normal"),
      default: "full"
    }),
    checkpoints: setting({
      name: "STARPUNK_DB_CHECKPOINTS",
      group: "Data",
      description:
        "Who checkpoints the write-ahead log. `own`: the server, which keeps the log short. `external`: a program that replicates the log, such as Litestream; the log grows without limit while that program is not running",
      example: "external",
      syntax: oneOf("own", "external"),
      default: "own"
    }),
    sqliteBinding: optionalSetting({
      name: "STARPUNK_SQLITE_BINDING",
      group: "Data",
      description:
        "Path of a better-sqlite3 native addon to load instead of the installed one, for a SQLite with other build options",
      example: "/opt/sqlite/better_sqlite3.node",
      syntax: path,
      absent: "the installed one"
    })
  },
  backup: {
    directory: optionalSetting({
      name: "STARPUNK_BACKUP_DIRECTORY",
      group: "Backups",
      description: "Directory for scheduled backups of database and media, preferably on another disk",
      example: "/var/backups/starpunk",
      syntax: path,
      absent: "unset: no scheduled backups"
    }),
    interval: setting({
      name: "STARPUNK_BACKUP_INTERVAL",
      group: "Backups",
      unit: "seconds",
      description: "Time between scheduled backups (86400 is one day)",
      example: "21600",
      syntax: duration("seconds", { min: 60, max: 31 * 24 * 60 * 60 }),
      default: Duration.days(1)
    }),
    keep: setting({
      name: "STARPUNK_BACKUP_KEEP",
      group: "Backups",
      description: "Number of backups to keep. Older ones are deleted after a new one has been verified",
      example: "30",
      syntax: integer({ min: 1, max: 10_000 }),
      default: 7
    })
  }
}
