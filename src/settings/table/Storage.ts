import { Duration, Option } from "effect"
import { optionalSetting, setting } from "../Setting.js"
import { duration, integer, oneOf, path } from "../Syntax.js"

/** Where the data lies, and how the database is used. */
export const storage = {
  dataPath: setting({
    name: "STARPUNK_DATA_PATH",
    aliases: ["DATA_PATH"],
    group: "Data",
    description: "The directory that holds everything the site knows. Back it up",
    example: "/var/lib/starpunk",
    syntax: path,
    default: "data",
    of: (values) => values.dataPath
  }),
  databasePath: optionalSetting({
    name: "STARPUNK_DATABASE_PATH",
    aliases: ["DATABASE_PATH"],
    group: "Data",
    description: "The SQLite database. It needs a local file system: the write-ahead log does not work over NFS or SMB",
    example: "/var/lib/starpunk/starpunk.db",
    syntax: path,
    absent: "`{data}/starpunk.db`",
    of: (values) => Option.some(values.databasePath)
  }),
  mediaMaxSize: setting({
    name: "STARPUNK_MEDIA_MAX_SIZE",
    group: "Data",
    unit: "MB",
    description: "The largest photo, film or recording that is taken. A reverse proxy in front has a limit of its own",
    example: "500",
    syntax: integer({ min: 1, max: 10_240 }),
    default: 100,
    of: (values) => values.media.maxSizeMb
  }),
  readers: optionalSetting({
    name: "STARPUNK_DB_CONNECTION_POOL_SIZE",
    aliases: ["DB_CONNECTION_POOL_SIZE"],
    group: "Data",
    description:
      "Connections that read at the same time, each with a thread of its own. The one that writes comes on top",
    example: "4",
    syntax: integer({ min: 1, max: 64 }),
    absent: "the number of processor cores, at least 2 and at most 4",
    of: (values) => Option.some(values.database.readers)
  }),
  acquireTimeout: setting({
    name: "STARPUNK_DB_CONNECTION_TIMEOUT",
    aliases: ["DB_CONNECTION_TIMEOUT"],
    group: "Data",
    unit: "seconds",
    description: "How long a request waits for a free connection before it is answered with 503",
    example: "5",
    syntax: duration("seconds", { min: 0.01, max: 300 }),
    default: Duration.seconds(2),
    of: (values) => values.database.acquireTimeout
  }),
  busyTimeout: setting({
    name: "STARPUNK_DB_BUSY_TIMEOUT",
    aliases: ["DB_BUSY_TIMEOUT"],
    group: "Data",
    unit: "milliseconds",
    description:
      "How long a write waits for another process that holds the database's lock before it is answered with 503",
    example: "5000",
    syntax: duration("milliseconds", { min: 0, max: 60_000 }),
    default: Duration.seconds(2),
    of: (values) => values.database.busyTimeout
  }),
  synchronous: setting({
    name: "STARPUNK_DB_SYNCHRONOUS",
    group: "Data",
    description:
      "`full`: what was acknowledged survives a power cut. `normal`: faster writes, of which a power cut may take the last (https://www.sqlite.org/pragma.html#pragma_synchronous)",
    example: "normal",
    syntax: oneOf("full", "normal"),
    default: "full",
    of: (values) => values.database.synchronous
  }),
  checkpoints: setting({
    name: "STARPUNK_DB_CHECKPOINTS",
    group: "Data",
    description:
      "Who folds the write-ahead log into the database. `own`: the server, so that the log stays short. `external`: a program that replicates the log, such as Litestream; without one running the log grows for ever",
    example: "external",
    syntax: oneOf("own", "external"),
    default: "own",
    of: (values) => values.database.checkpoints
  }),
  sqliteBinding: optionalSetting({
    name: "STARPUNK_SQLITE_BINDING",
    group: "Data",
    description:
      "A better-sqlite3 native addon to load instead of the installed one: for a SQLite built with other options",
    example: "/opt/sqlite/better_sqlite3.node",
    syntax: path,
    absent: "the installed one",
    of: (values) => values.database.sqliteBinding
  }),
  backupDirectory: optionalSetting({
    name: "STARPUNK_BACKUP_DIRECTORY",
    group: "Backups",
    description:
      "Where the server puts a backup of database and media at every interval, best on another disk. It makes none where this is not set",
    example: "/var/backups/starpunk",
    syntax: path,
    absent: "the server makes no backups by itself",
    of: (values) => values.backup.directory
  }),
  backupInterval: setting({
    name: "STARPUNK_BACKUP_INTERVAL",
    group: "Backups",
    unit: "seconds",
    description: "From one backup to the next (86400: a day)",
    example: "21600",
    syntax: duration("seconds", { min: 60, max: 31 * 24 * 60 * 60 }),
    default: Duration.days(1),
    of: (values) => values.backup.interval
  }),
  backupKeep: setting({
    name: "STARPUNK_BACKUP_KEEP",
    group: "Backups",
    description: "How many backups are kept; older ones are removed once a new one is sound",
    example: "30",
    syntax: integer({ min: 1, max: 10_000 }),
    default: 7,
    of: (values) => values.backup.keep
  })
}
