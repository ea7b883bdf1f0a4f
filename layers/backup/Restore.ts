import { execFile } from "node:child_process"
import { chown, link, mkdir, readdir, rename, rm, stat, unlink } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { promisify } from "node:util"
import { Clock, Effect, Layer, Option } from "effect"
import { databaseName, mediaName } from "../../src/domain/archive/BackupManifest.js"
import { formatInstant } from "../../src/domain/Instant.js"
import { RestoreNotDone, RestoreRefused } from "../../src/errors/Restore.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { Logger } from "../../src/services/Logger.js"
import { Restore } from "../../src/services/Restore.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import { cannotLink, syncDirectory, syncFile } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"
import * as DatabaseLock from "../sqlite/file/DatabaseLock.js"
import * as Restored from "../sqlite/file/Restored.js"
import * as Snapshot from "../sqlite/file/Snapshot.js"
import type { Open } from "../sqlite/pool/Connecting.js"
import { judge } from "../sqlite/pool/LeftLog.js"
import * as ThreadDriver from "../sqlite/pool/ThreadDriver.js"
import * as ArchiveReader from "./ArchiveReader.js"
import { archiveFailure, counter, judgeDatabase } from "./Backup.js"
import { exists, logTails } from "./CarryOut.js"
import { carriedOut, finishRestore, holdJournal, notDone } from "./FinishRestore.js"
import * as MediaFiles from "./MediaFiles.js"
import { draftPrefix } from "./Move.js"
import { locate, type Places } from "./Places.js"
import * as RestoreChecks from "./RestoreChecks.js"
import * as RestoreJournal from "./RestoreJournal.js"

/**
 * Makes a hard link to the database, or a copy by another process, because closing any other descriptor of the file in
 * this process would release the lock on it. https://www.sqlite.org/howtocorrupt.html#posix_close_bug
 */
const keepDatabase = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to)
  } catch (error) {
    if (!cannotLink(error)) throw error
    const script = 'require("node:fs").copyFileSync(...process.argv.slice(1))'
    await promisify(execFile)(process.execPath, ["-e", script, from, to])
    await syncFile(to)
  }
}

/**
 * Returns whether an entry may be in a data directory without a database: files of StarPunk, and entries that every
 * disk has.
 */
const isRemains = (name: string, database: string): boolean =>
  name.startsWith(database) || /^(media|restore\.(json|lock)|lost\+found|\..*)/.test(name)

/** Gives files that root restores to the owner of their directory, because the server may run as that user. */
const giveToOwnerOf = async (directory: string, paths: ReadonlyArray<string>): Promise<void> => {
  if (process.getuid?.() !== 0) return
  const { gid, uid } = await stat(directory)
  for (const path of paths) {
    const inside = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : []
    for (const each of [path, ...inside.map((name) => join(path, name))]) await chown(each, uid, gid)
  }
}

const removed = (path: string) => rm(path, { recursive: true, force: true })

/** Removes unpacked files of killed restores, and hard links to a database that was never replaced. */
const sweep = async ({ dataPath, databasePath, mediaPath }: Places): Promise<void> => {
  const database = basename(databasePath)
  const live = await stat(databasePath).catch(() => undefined)
  for (const name of await readdir(dirname(databasePath))) {
    const path = join(dirname(databasePath), name)
    if (name.startsWith(`${database}.restore-`)) await rm(path, { force: true })
    if (name.startsWith(`${database}.before-restore-`) && (await stat(path)).ino === live?.ino) await unlink(path)
  }
  for (const name of await readdir(dataPath)) {
    if (/^(media\.restore-|restore\.json\.)/.test(name)) await removed(join(dataPath, name))
  }
  for (const name of await readdir(mediaPath, { recursive: true })) {
    if (/^\.restore-[0-9a-f]{16}$/.test(name) || basename(name).startsWith(draftPrefix)) {
      await removed(join(mediaPath, name))
    }
  }
}

/** A timestamp for the previous data that no earlier restore has used. */
const freeTime = async (places: Places, now: number): Promise<string> => {
  const time = formatInstant(now).replace(/\.\d+/, "").replaceAll(/[-:]/g, "")
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? time : `${time}-${count}`
    const { database, media } = RestoreJournal.before(places, candidate)
    const taken = await Promise.all([media, database, ...logTails.map((tail) => `${database}${tail}`)].map(exists))
    if (!taken.includes(true)) return candidate
  }
}

/**
 * Sets logs aside that SQLite must not see: those of a missing or empty database, which it would delete, and those of
 * another database, which it would apply. Returns their new paths, and a function that puts them back.
 */
const setLogsAside = async ({ databasePath }: Places, aside: string) => {
  const size = async (path: string) => (await stat(path).catch(() => undefined))?.size ?? 0
  const moved: Array<string> = []
  if ((await size(databasePath)) === 0 || (await judge(databasePath))._tag === "Mismatch") {
    for (const tail of logTails) {
      if ((await size(`${databasePath}${tail}`)) === 0) continue
      await rename(`${databasePath}${tail}`, `${aside}${tail}`)
      moved.push(tail)
    }
  }
  return {
    kept: moved.map((tail) => `${aside}${tail}`)[0],
    putBack: async () => {
      for (const tail of moved) await rename(`${aside}${tail}`, `${databasePath}${tail}`)
    }
  }
}

const unchanged = (places: Pick<Places, "dataPath">) => (error: unknown) =>
  error instanceof RestoreNotDone ? error : notDone(places, "unchanged", error)

const make = (
  openDriver: Open,
  settings: SettingsValues,
  random: SecureRandom["Type"],
  logger: Logger["Type"]
): Restore["Type"] => {
  /** A step before the decision. A failure means that nothing was changed. */
  const step = <A>(work: () => Promise<A>) =>
    Effect.tryPromise({ try: work, catch: unchanged({ dataPath: resolve(settings.dataPath) }) })

  const notForUs = (
    { dataPath, databasePath }: Places,
    force: boolean,
    content: DatabaseLock.DatabaseLock["content"]
  ) =>
    Effect.gen(function* () {
      if (force) return
      if (content === "foreign" || content === "unreadable") {
        return yield* new RestoreRefused({ reason: "other_database", path: databasePath, detail: content })
      }
      if (content === "ours" || content === "damaged") return
      const names = yield* step(() => readdir(dataPath))
      const stranger = names.find((name) => !isRemains(name, basename(databasePath)))
      if (stranger === undefined) return
      return yield* new RestoreRefused({ reason: "other_files", path: dataPath, detail: stranger.slice(0, 100) })
    })

  /** Unpacks the archive beside the data. Only member names are validated so far. */
  const layOut = (path: string, size: number, places: Places, id: string, onProgress: OnProgress) =>
    Effect.gen(function* () {
      const laidOut = RestoreJournal.laidOut(places, id)
      yield* step(() => mkdir(laidOut.media, { recursive: true, mode: 0o700 }))
      const placeOf = async (member: string): Promise<string> => {
        if (member === databaseName) return laidOut.database
        const target = join(laidOut.media, Option.getOrThrow(mediaName(member)))
        await mkdir(dirname(target), { recursive: true, mode: 0o700 })
        return target
      }
      return yield* Effect.tryPromise({
        try: (signal) =>
          ArchiveReader.read(
            path,
            async (member) => ArchiveReader.fileTaker(await placeOf(member)),
            counter(onProgress, "Extracting the backup", size),
            signal
          ),
        catch: (error) => {
          if (!(error instanceof ArchiveReader.TakerFailure)) return archiveFailure(path)(error)
          const failure = notDone(places, "unchanged", error.cause)
          // Member names are unique, so the file system treats two different names as one.
          return codeOf(error.cause) === "EEXIST" ? new RestoreNotDone({ ...failure, reason: "case" }) : failure
        }
      })
    })

  /** Creates the directories of the media files, with the owner of the existing ones. */
  const makeShelves = async ({ mediaPath }: Places, root: string, names: ReadonlyArray<string>): Promise<void> => {
    for (const shelf of new Set(names.map((name) => dirname(join(root, name))))) {
      const made = await mkdir(shelf, { recursive: true, mode: 0o700 })
      if (made !== undefined) await giveToOwnerOf(mediaPath, [made])
    }
  }

  const restore: Restore["Type"]["restore"] = Effect.fn("Restore.restore")(function* (given, options = {}) {
    const path = resolve(given)
    const { force = false, onProgress = () => {} } = options
    const size = yield* Effect.tryPromise({ try: () => ArchiveReader.sizeOf(path), catch: archiveFailure(path) })
    yield* Effect.provideService(finishRestore(settings), Logger, logger)
    const places = yield* step(() => locate(settings))
    const { dataPath, databasePath, mediaPath } = places
    yield* step(async () => {
      await mkdir(dataPath, { recursive: true, mode: 0o700 })
      await mkdir(dirname(databasePath), { recursive: true, mode: 0o700 })
      await RestoreChecks.places(places)
    })
    const time = yield* Effect.flatMap(Clock.currentTimeMillis, (now) => step(() => freeTime(places, now)))
    const before = RestoreJournal.before(places, time)

    let isDecided = false
    const unlessDecided = (work: () => Promise<unknown>) =>
      Effect.addFinalizer(() => Effect.ignore(step(async () => (isDecided ? undefined : work()))))
    const logs = yield* step(() => setLogsAside(places, before.database))
    yield* unlessDecided(logs.putBack)
    // Held until the end, so that no server can start on data that is about to be replaced.
    const { content, revokedTokens } = yield* DatabaseLock.take(databasePath, settings.database.sqliteBinding)
    yield* notForUs(places, force, content)
    yield* step(async () => {
      const made = await mkdir(mediaPath, { recursive: true, mode: 0o700 })
      if (made !== undefined) await giveToOwnerOf(dataPath, [made])
      await sweep(places)
    })

    const id = yield* random.hex(8)
    const laidOut = RestoreJournal.laidOut(places, id)
    yield* unlessDecided(async () => {
      // Removed first, because a journal without it has no effect.
      await removed(laidOut.database)
      await Promise.allSettled([
        ...logTails.map((tail) => removed(`${laidOut.database}${tail}`)),
        removed(laidOut.databaseBefore),
        removed(laidOut.work),
        removed(RestoreJournal.journalOf(places))
      ])
    })
    const manifest = yield* layOut(path, size, places, id, onProgress)
    onProgress({ step: "Checking its database", done: 0, total: 0 })
    yield* judgeDatabase(path, Snapshot.look(openDriver, settings, laidOut.database))
    const prepared = yield* Restored.prepare(openDriver, settings, laidOut.database, revokedTokens)

    onProgress({ step: "Moving files into place", done: 0, total: 0 })
    const put = manifest.members.flatMap((member) => Option.toArray(mediaName(member.path)))
    const old = yield* step(async () => {
      const { files, links } = await MediaFiles.list(mediaPath)
      const coming = new Set(put)
      return [...files.map(({ member }) => member.slice("media/".length)), ...links.filter((name) => coming.has(name))]
    })
    yield* step(async () => {
      await RestoreChecks.media(places, put, old)
      await giveToOwnerOf(dirname(databasePath), [laidOut.database])
      await giveToOwnerOf(mediaPath, [laidOut.work])
      await makeShelves(places, mediaPath, put)
      await makeShelves(places, laidOut.mediaBefore, old)
      if (content !== "empty") await keepDatabase(databasePath, laidOut.databaseBefore)
      await syncFile(laidOut.database)
      await syncDirectory(dirname(databasePath))
    })
    const journal = { format: 2, id, time, put, old } as const
    yield* holdJournal(places, settings)
    const outcome = yield* Effect.uninterruptible(
      Effect.gen(function* () {
        yield* step(() => RestoreJournal.decide(places, journal))
        isDecided = true
        return yield* carriedOut(places, journal)
      })
    )
    if (outcome._tag === "TakenBack") return yield* notDone(places, "taken_back", outcome.cause)
    const databaseBefore = content === "empty" ? logs.kept : before.database
    return {
      manifest,
      ...(databaseBefore === undefined ? {} : { databaseBefore }),
      ...(old.length === 0 ? {} : { mediaBefore: before.media }),
      ...prepared
    }
  }, Effect.scoped)

  return { restore }
}

/** A restore to the place that the settings name, over connections of this kind. */
export const layerWith = (openDriver: Open): Layer.Layer<Restore, never, Settings | SecureRandom | Logger> =>
  Layer.effect(
    Restore,
    Effect.gen(function* () {
      return make(openDriver, yield* Settings, yield* SecureRandom, yield* Logger)
    })
  )

/** Like `layerWith`, in-thread, because no other process may use the database. */
export const layer: Layer.Layer<Restore, never, Settings | SecureRandom | Logger> = layerWith(ThreadDriver.open)
