import { join, resolve } from "node:path"
import { Clock, Duration, Effect, Option } from "effect"
import { backupName } from "../../src/domain/archive/BackupManifest.js"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { archivesIn } from "../backup/BackupDirectory.js"
import { codeOf } from "../files/ErrorCode.js"
import { quoted } from "../files/Quoted.js"

const hours = (millis: number): string => {
  const count = Math.round(millis / 3_600_000)
  return count < 48 ? `${count} hours` : `${Math.round(count / 24)} days`
}

/** Path of the newest archive that the server has made, if it makes any. */
export const newest = ({ backup }: SettingsValues): Effect.Effect<string | undefined> =>
  Option.match(backup.directory, {
    onNone: () => Effect.succeed(undefined),
    onSome: (directory) =>
      Effect.tryPromise(() => archivesIn(resolve(directory))).pipe(
        Effect.map(([first]) => first?.path),
        Effect.orElseSucceed(() => undefined)
      )
  })

/** Checks the age of the newest backup, if the server makes them. */
export const backups = ({ backup }: SettingsValues): Effect.Effect<Finding> =>
  Effect.gen(function* () {
    if (Option.isNone(backup.directory)) {
      return warn(
        "backup.age",
        "Scheduled backups are off: set STARPUNK_BACKUP_DIRECTORY, or run this command regularly",
        "starpunk backup FILE"
      )
    }
    const directory = resolve(backup.directory.value)
    const now = yield* Clock.currentTimeMillis
    const make = `starpunk backup ${quoted(join(directory, backupName(now)))}`
    const listed = yield* Effect.either(
      Effect.tryPromise({ try: () => archivesIn(directory), catch: (error) => codeOf(error) })
    )
    if (listed._tag === "Left") {
      return fail(
        "backup.age",
        `The backup directory ${directory} cannot be read (${listed.left})`,
        listed.left === "ENOENT" ? `install -d -m 700 ${quoted(directory)}` : `ls -ld ${quoted(directory)}`
      )
    }
    const [latest] = listed.right
    if (latest === undefined) return warn("backup.age", `There is no backup in ${directory} yet`, make)
    const age = now - latest.createdAt
    return age <= 2 * Duration.toMillis(backup.interval)
      ? ok("backup.age", `The latest backup is ${hours(age)} old`)
      : fail("backup.age", `The latest backup is ${hours(age)} old, more than two intervals`, make)
  })
