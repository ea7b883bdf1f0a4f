import { mkdir, readdir, unlink } from "node:fs/promises"
import { join, resolve } from "node:path"
import { Clock, Effect, Layer, Option } from "effect"
import { backupInstant, backupName } from "../../src/domain/archive/BackupManifest.js"
import { BackupNotRead, BackupNotWritten } from "../../src/errors/Backup.js"
import { Backup } from "../../src/services/Backup.js"
import { BackupDirectory, type KeptDirectory } from "../../src/services/BackupDirectory.js"
import { Settings } from "../../src/settings/Config.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"

interface Archive {
  readonly path: string
  readonly createdAt: number
}

/** Archives of a directory, newest first. A file with such a name was verified before it got it. */
export const archivesIn = async (directory: string): Promise<ReadonlyArray<Archive>> =>
  (await readdir(directory))
    .flatMap((name) =>
      Option.toArray(Option.map(backupInstant(name), (createdAt) => ({ path: join(directory, name), createdAt })))
    )
    .toSorted((a, b) => b.createdAt - a.createdAt)

const make = (backup: Backup["Type"], given: string, keep: number): KeptDirectory => {
  const directory = resolve(given)

  const archives = Effect.tryPromise({
    try: () => archivesIn(directory),
    catch: (error) => new BackupNotRead({ path: directory, ...troubleOf(error) })
  })

  return {
    latest: archives.pipe(
      Effect.map(([newest]) => Option.map(Option.fromNullable(newest), ({ createdAt }) => createdAt)),
      // The directory is created with the first archive.
      Effect.catchIf(
        ({ reason }) => reason === "missing",
        () => Effect.succeedNone
      )
    ),
    add: Effect.fn("BackupDirectory.add")(function* () {
      yield* Effect.tryPromise({
        try: () => mkdir(directory, { recursive: true, mode: 0o700 }),
        catch: (error) => new BackupNotWritten({ path: directory, ...troubleOf(error) })
      })
      const now = yield* Clock.currentTimeMillis
      const report = yield* backup.create(join(directory, backupName(now)))
      // By name, so that after the clock was set back the new archive is not counted as the oldest.
      const others = (yield* archives).filter(({ path }) => path !== report.path)
      const old = others.slice(Math.max(0, keep - 1))
      yield* Effect.tryPromise({
        try: () => Promise.all(old.map(({ path }) => unlink(path).catch(unlessGone))),
        catch: (error) => new BackupNotWritten({ path: directory, ...troubleOf(error) })
      })
      return { report, removed: old.map(({ path }) => path) }
    })()
  }
}

const unlessGone = (error: unknown): void => {
  if (codeOf(error) !== "ENOENT") throw error
}

/** The directory in `STARPUNK_BACKUP_DIRECTORY`, if one is set. */
export const layer: Layer.Layer<BackupDirectory, never, Backup | Settings> = Layer.effect(
  BackupDirectory,
  Effect.gen(function* () {
    const { directory, keep } = (yield* Settings).backup
    const backup = yield* Backup
    return Option.map(directory, (path) => make(backup, path, keep))
  })
)
