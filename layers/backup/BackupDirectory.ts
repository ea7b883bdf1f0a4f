import { constants } from "node:fs"
import { type FileHandle, lstat, mkdir, open, readdir, unlink } from "node:fs/promises"
import { basename, join, resolve } from "node:path"
import { Clock, Effect, Layer, Option, Stream } from "effect"
import { backupInstant, backupName } from "../../src/domain/archive/BackupManifest.js"
import { BackupNotRead, BackupNotWritten } from "../../src/errors/Backup.js"
import { Backup, type Progress } from "../../src/services/Backup.js"
import { BackupDirectory, type KeptDirectory } from "../../src/services/BackupDirectory.js"
import { Settings } from "../../src/settings/Config.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"

interface Archive {
  readonly path: string
  readonly createdAt: number
}

/** Archives of a directory, newest first. An archive gets its name only after it was verified. */
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

  const notRead = (path: string) => (error: unknown) => new BackupNotRead({ path, ...troubleOf(error) })
  /** Returns none if the directory is missing. The first archive creates it. */
  const orNone =
    <B>(none: B) =>
    <A, R>(reading: Effect.Effect<A, BackupNotRead, R>): Effect.Effect<A | B, BackupNotRead, R> =>
      Effect.catchIf(
        reading,
        ({ reason }) => reason === "missing",
        () => Effect.succeed(none)
      )
  const lock = Effect.unsafeMakeSemaphore(1)
  let underway = Option.none<Progress>()

  const add = Effect.fn("BackupDirectory.add")(
    function* () {
      underway = Option.some({ step: "Copying the database", done: 0, total: 0 })
      yield* Effect.tryPromise({
        try: () => mkdir(directory, { recursive: true, mode: 0o700 }),
        catch: (error) => new BackupNotWritten({ path: directory, ...troubleOf(error) })
      })
      const now = yield* Clock.currentTimeMillis
      const report = yield* backup.create(join(directory, backupName(now)), {
        onProgress: (progress) => {
          underway = Option.some(progress)
        }
      })
      // By name, so that after the clock was set back the new archive is not counted as the oldest.
      const others = (yield* archives).filter(({ path }) => path !== report.path)
      const old = others.slice(Math.max(0, keep - 1))
      yield* Effect.tryPromise({
        try: () => Promise.all(old.map(({ path }) => unlink(path).catch(unlessGone))),
        catch: (error) => new BackupNotWritten({ path: directory, ...troubleOf(error) })
      })
      return { report, removed: old.map(({ path }) => path) }
    },
    Effect.ensuring(
      Effect.sync(() => {
        underway = Option.none()
      })
    )
  )()

  /** The size of an archive; none if it was removed meanwhile or is no file. */
  const sized = ({ createdAt, path }: Archive) =>
    Effect.tryPromise({ try: () => lstat(path), catch: notRead(path) }).pipe(
      Effect.map((found) =>
        found.isFile() ? Option.some({ name: basename(path), createdAt, bytes: found.size }) : Option.none()
      ),
      orNone(Option.none())
    )

  return {
    keep,
    latest: archives.pipe(
      Effect.map(([newest]) => Option.map(Option.fromNullable(newest), ({ createdAt }) => createdAt)),
      orNone(Option.none())
    ),
    add: lock.withPermits(1)(add),
    addUnlessBusy: lock.withPermitsIfAvailable(1)(add),
    underway: Effect.sync(() => underway),
    list: archives.pipe(
      orNone([]),
      Effect.flatMap((found) => Effect.forEach(found, sized, { concurrency: 8 })),
      Effect.map((sizes) => sizes.flatMap(Option.toArray))
    ),
    open: (name) =>
      Effect.gen(function* () {
        const createdAt = backupInstant(name)
        if (Option.isNone(createdAt)) return Option.none()
        const path = join(directory, name)
        const handle = yield* Effect.acquireRelease(
          Effect.tryPromise({ try: () => openFile(path), catch: notRead(path) }),
          (handle) => Effect.promise(async () => handle?.close().catch(() => {}))
        )
        if (handle === undefined) return Option.none()
        const found = yield* Effect.tryPromise({ try: () => handle.stat(), catch: notRead(path) })
        if (!found.isFile()) return Option.none()
        const content = Stream.fromAsyncIterable(handle.createReadStream({ autoClose: false }), notRead(path))
        return Option.some({ name, createdAt: createdAt.value, bytes: found.size, content })
      }).pipe(orNone(Option.none()))
  }
}

/** Codes for links and sockets. */
const noFiles: ReadonlySet<string> = new Set(["ELOOP", "EMLINK", "ENXIO"])

/** Opens a file to read it; `undefined` for a link, which would lead out of the directory. Never waits for a pipe's writer. */
const openFile = async (path: string): Promise<FileHandle | undefined> => {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (noFiles.has(codeOf(error))) return undefined
    throw error
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
