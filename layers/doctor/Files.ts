import { access, constants, readdir, stat, statfs } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { Clock, Effect } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import { formatInstant } from "../../src/domain/Instant.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import * as RestoreJournal from "../backup/RestoreJournal.js"
import { codeOf } from "../files/ErrorCode.js"
import { quoted } from "../files/Quoted.js"
import { judge } from "../health/DataDirectoryCheck.js"
import { closing, exposed } from "../health/Exposure.js"

/** Length at which the log should have been checkpointed and restarted: see `sqlite/FileUpkeep`. */
const longLogBytes = 64 * 1_048_576

/** A clock before this date is wrong, because StarPunk did not exist yet. */
const beforeStarPunk = Date.UTC(2024, 0, 1)

/** Tolerated difference between clocks of machines. */
const toleranceMillis = 5 * 60 * 1000

const statusOf = (path: string) =>
  Effect.tryPromise({ try: () => stat(path), catch: (error) => codeOf(error) }).pipe(
    Effect.catchAll((code) => Effect.succeed(code))
  )

/** The system's error code that prevents access to a path, if there is one. */
const obstacle = (path: string, mode: number): Effect.Effect<string | undefined> =>
  Effect.tryPromise({ try: () => access(path, mode), catch: codeOf }).pipe(
    Effect.as(undefined),
    Effect.catchAll((code) => Effect.succeed(code))
  )

/** The finding for a path that is not writable. Changing permissions does not help on a read-only file system. */
const notWritable = (code: string, path: string, reason: string, chown: string): Finding =>
  reason === "EROFS"
    ? fail(
        code,
        `The file system of ${path} is mounted read-only: this command shows how and from where`,
        `findmnt -T ${quoted(path)}`
      )
    : fail(
        code,
        `The user that runs this command cannot write to ${path} (${reason}): give it to the server's user`,
        chown
      )

/** Checks the data directory: whether it exists, is private, and has free space. */
export const dataDirectory = (settings: SettingsValues): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.gen(function* () {
    const path = resolve(settings.dataPath)
    const status = yield* statusOf(path)
    if (typeof status === "string") {
      return status === "ENOENT"
        ? [warn("data.directory", `There is no data directory ${path} yet`, `install -d -m 700 ${quoted(path)}`)]
        : [fail("data.directory", `The data directory ${path} cannot be read (${status})`, `ls -ld ${quoted(path)}`)]
    }
    if (!status.isDirectory()) {
      return [fail("data.directory", `STARPUNK_DATA_PATH is ${path}, which is not a directory`, "starpunk config show")]
    }
    const refused = yield* obstacle(path, constants.R_OK | constants.W_OK | constants.X_OK)
    if (refused !== undefined) {
      return [notWritable("data.directory", path, refused, `chown -R "$(id -un)" ${quoted(path)}`)]
    }
    const open = yield* Effect.orElseSucceed(
      Effect.tryPromise(() => exposed(settings)),
      (): ReadonlyArray<string> => []
    )
    const room = yield* Effect.tryPromise(() => statfs(path)).pipe(Effect.map(judge), Effect.option)
    const free = room._tag === "Some" ? room.value : undefined
    const mebibytes = Math.floor(Number(free?.details.free_bytes ?? 0) / 1_048_576)
    const space = `${mebibytes} MiB and ${free?.details.free_inodes ?? "any number of"} files are free in ${path}`
    const show = `df -h ${quoted(path)}; df -i ${quoted(path)}`
    return [
      ok("data.directory", `The data directory ${path} is writable`),
      open.length > 0
        ? warn("data.permissions", `Every user of this machine can read ${open.join(", ")}`, closing(open))
        : ok("data.permissions", "Only the server's user and group can read the data directory"),
      ...(free === undefined
        ? []
        : [
            free.status === "healthy"
              ? ok("data.space", space)
              : free.status === "degraded"
                ? warn("data.space", `Only ${space}: free some space`, show)
                : fail("data.space", `Only ${space}: free some space`, show)
          ])
    ]
  })

/** Checks for media folders that the server cannot write to: for this user, or by their owner if this is root. */
export const mediaDirectory = ({ dataPath }: SettingsValues): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.gen(function* () {
    const data = resolve(dataPath)
    const media = join(data, "media")
    const [owner, root] = [yield* statusOf(data), yield* statusOf(media)]
    if (typeof owner === "string" || root === "ENOENT") return []
    const remedy = `chown -R --reference=${quoted(data)} ${quoted(media)}; chmod -R u+rwX ${quoted(media)}`
    if (typeof root === "string") {
      return [fail("media.permissions", `The media directory ${media} cannot be read (${root})`, remedy)]
    }
    const names = yield* Effect.orElseSucceed(
      Effect.tryPromise(() => readdir(media)),
      () => []
    )
    const folders = [
      media,
      ...names.filter((name) => /^([0-9a-f]{2}|\.incoming)$/.test(name)).map((name) => join(media, name))
    ]
    for (const folder of folders) {
      const refused = yield* obstacle(folder, constants.R_OK | constants.W_OK | constants.X_OK)
      if (refused === "EROFS") return [notWritable("media.permissions", folder, refused, remedy)]
      if (refused !== undefined) {
        return [
          fail("media.permissions", `Uploads to ${folder} fail: this user cannot write there (${refused})`, remedy)
        ]
      }
      const found = yield* statusOf(folder)
      if (
        process.getuid?.() === 0 &&
        typeof found !== "string" &&
        found.uid !== owner.uid &&
        (found.mode & 0o022) === 0
      ) {
        return [
          fail(
            "media.permissions",
            `${folder} belongs to another user (${found.uid}) than the data directory (${owner.uid}): uploads there fail`,
            remedy
          )
        ]
      }
    }
    return [ok("media.permissions", "The media directory is writable")]
  })

/** Checks the files beside the database: the write-ahead log, and leftovers of a restore. */
export const databaseFiles = ({ dataPath, databasePath }: SettingsValues): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.gen(function* () {
    const path = resolve(databasePath)
    const status = yield* statusOf(path)
    const findings: Array<Finding> = []
    if (typeof status !== "string") {
      const refused =
        (yield* obstacle(path, constants.R_OK | constants.W_OK)) ??
        (yield* obstacle(dirname(path), constants.W_OK | constants.X_OK))
      findings.push(
        refused === undefined
          ? ok("database.permissions", "The database file is readable and writable")
          : notWritable("database.permissions", path, refused, `chown "$(id -un)" ${quoted(path)}*`)
      )
      const log = yield* statusOf(`${path}-wal`)
      const bytes = typeof log === "string" ? 0 : log.size
      findings.push(
        bytes <= longLogBytes
          ? ok("database.log", `The write-ahead log has ${bytes} bytes`)
          : warn(
              "database.log",
              `The write-ahead log has grown to ${Math.round(bytes / 1_048_576)} MiB: a caller reads permanently, or a process was killed`,
              "starpunk db optimize"
            )
      )
    }
    const journal = yield* Effect.tryPromise(() => RestoreJournal.pending({ dataPath })).pipe(
      Effect.orElseSucceed(() => undefined)
    )
    findings.push(
      journal === undefined
        ? ok("restore.unfinished", "No restore is incomplete")
        : fail(
            "restore.unfinished",
            "A restore was interrupted: any command that opens the site completes it",
            "starpunk reindex"
          )
    )
    return findings
  })

/** Checks the clock; `newest` is the latest time in the database, in epoch milliseconds. */
export const clock = (newest: number): Effect.Effect<Finding> =>
  Effect.map(Clock.currentTimeMillis, (now) => {
    const shown = formatInstant(now)
    if (now < beforeStarPunk) {
      return fail("machine.clock", `The clock shows ${shown}, which is wrong`, "timedatectl set-ntp true")
    }
    return newest > now + toleranceMillis
      ? fail(
          "machine.clock",
          `The clock shows ${shown}, but the database was changed at ${formatInstant(newest)}: new posts would get wrong dates`,
          "timedatectl set-ntp true"
        )
      : ok("machine.clock", `The clock shows ${shown} (UTC), which is plausible`)
  })

/** Other processes that have the database open, on Linux; none where they are unknown. */
const holders = async (databasePath: string): Promise<ReadonlyArray<number>> => {
  const { dev, ino } = await stat(databasePath)
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found: Array<number> = []
  for (const pid of processes) {
    const descriptors = await readdir(join("/proc", pid, "fd")).catch(() => [])
    for (const descriptor of descriptors) {
      const opened = await stat(join("/proc", pid, "fd", descriptor)).catch(() => undefined)
      if (opened?.ino === ino && opened.dev === dev) {
        found.push(Number(pid))
        break
      }
    }
  }
  return found
}

/** Checks whether two servers, or a server and an unexpected program, have the database open. */
export const sharing = ({ databasePath }: SettingsValues): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.tryPromise(() => holders(databasePath)).pipe(
    Effect.map((pids) =>
      pids.length <= 1
        ? [
            ok(
              "database.sharing",
              pids.length === 0 ? "No program has the database open" : `Only process ${pids[0]} has the database open`
            )
          ]
        : [
            warn(
              "database.sharing",
              `${pids.length} processes have ${basename(databasePath)} open (${pids.join(", ")}): stop all but one server`,
              `ps -o pid,user,lstart,args -p ${pids.join(",")}`
            )
          ]
    ),
    Effect.orElseSucceed(() => [])
  )
