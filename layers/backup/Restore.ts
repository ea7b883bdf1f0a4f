import { chown, copyFile, link, mkdir, readdir, rename, rm, stat, unlink } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { Clock, Effect, Layer, Option } from "effect"
import { Settings, type SettingsValues } from "../../src/Config.js"
import { databaseName, mediaName } from "../../src/domain/BackupManifest.js"
import { formatInstant } from "../../src/domain/Instant.js"
import { RestoreNotDone, RestoreRefused } from "../../src/errors/failure/Maintenance.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { Restore } from "../../src/services/Restore.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import * as DatabaseLock from "../sqlite/DatabaseLock.js"
import type { Open } from "../sqlite/Driver.js"
import * as Restored from "../sqlite/Restored.js"
import * as Snapshot from "../sqlite/Snapshot.js"
import * as ThreadDriver from "../sqlite/ThreadDriver.js"
import * as ArchiveReader from "./ArchiveReader.js"
import { archiveFailure, counter, judgeDatabase } from "./Backup.js"
import { cannotLink, syncDirectory, syncFile } from "./DurableFile.js"
import { codeOf, troubleOf } from "./FileTrouble.js"
import { finishRestore } from "./FinishRestore.js"
import * as MediaFiles from "./MediaFiles.js"
import * as RestoreJournal from "./RestoreJournal.js"

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false
    throw error
  }
}

/** A second name for a file where that is possible, otherwise a copy of it. */
const keep = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to)
  } catch (error) {
    if (!cannotLink(error)) throw error
    await copyFile(from, to)
  }
}

/** What may lie in a data directory that has lost its database: remains of ours, and what every disk has. */
const isRemains = (name: string, database: string): boolean =>
  name.startsWith(database) || /^(media|restore\.json|lost\+found|\..*)/.test(name)

/** What root restores belongs to whoever owns the data directory: the server may run as that user. */
const giveToOwner = async (dataPath: string, paths: ReadonlyArray<string>): Promise<void> => {
  if (process.getuid?.() !== 0) return
  const { gid, uid } = await stat(dataPath)
  for (const path of paths) {
    const inside = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : []
    for (const each of [path, ...inside.map((name) => join(path, name))]) await chown(each, uid, gid)
  }
}

/** Takes away what killed restores have laid out, and second names of a database that was never replaced. */
const sweep = async ({ dataPath, databasePath }: RestoreJournal.Places): Promise<void> => {
  const database = basename(databasePath)
  const live = await stat(databasePath).catch(() => undefined)
  for (const name of await readdir(dirname(databasePath))) {
    const path = join(dirname(databasePath), name)
    if (name.startsWith(`${database}.restore-`)) await rm(path, { force: true })
    if (name.startsWith(`${database}.before-restore-`) && (await stat(path)).ino === live?.ino) await unlink(path)
  }
  for (const name of await readdir(dataPath)) {
    if (/^(media\.restore-|restore\.json\.)/.test(name))
      await rm(join(dataPath, name), { recursive: true, force: true })
  }
}

const make = (openDriver: Open, settings: SettingsValues, random: SecureRandom["Type"]): Restore["Type"] => {
  const places = { dataPath: resolve(settings.dataPath), databasePath: resolve(settings.databasePath) }
  const { dataPath, databasePath } = places
  const media = join(dataPath, "media")

  /** A step on the data directory's own file system. */
  const step = <A>(committed: boolean, work: () => Promise<A>) =>
    Effect.tryPromise({
      try: work,
      catch: (error) => new RestoreNotDone({ path: dataPath, ...troubleOf(error), committed })
    })

  const notForUs = (force: boolean, content: DatabaseLock.DatabaseLock["content"]) =>
    Effect.gen(function* () {
      if (force) return
      if (content === "foreign" || content === "unreadable") {
        return yield* new RestoreRefused({ reason: "other_database", path: databasePath, detail: content })
      }
      if (content === "ours" || content === "damaged") return
      const names = yield* step(false, () => readdir(dataPath))
      const stranger = names.find((name) => !isRemains(name, basename(databasePath)))
      if (stranger === undefined) return
      return yield* new RestoreRefused({ reason: "other_files", path: dataPath, detail: stranger.slice(0, 100) })
    })

  /** Lays the archive out beside the data. Nothing of it has been believed yet: names are places, the rest comes after. */
  const layOut = (path: string, size: number, id: string, onProgress: OnProgress) =>
    Effect.gen(function* () {
      const laidOutMedia = RestoreJournal.laidOutMedia(places, id)
      yield* step(false, () => mkdir(laidOutMedia, { mode: 0o750 }))
      const placeOf = async (member: string): Promise<string> => {
        if (member === databaseName) return RestoreJournal.laidOutDatabase(places, id)
        const target = join(laidOutMedia, Option.getOrThrow(mediaName(member)))
        await mkdir(dirname(target), { recursive: true, mode: 0o750 })
        return target
      }
      return yield* Effect.tryPromise({
        try: (signal) =>
          ArchiveReader.read(
            path,
            async (member) => ArchiveReader.fileTaker(await placeOf(member)),
            counter(onProgress, "Laying out the backup", size),
            signal
          ),
        catch: (error) =>
          error instanceof ArchiveReader.TakerFailure
            ? new RestoreNotDone({ path: dataPath, ...troubleOf(error.cause), committed: false })
            : archiveFailure(path)(error)
      })
    })

  /** Gives everything that is there second names, and answers where and which media the backup lacks. */
  const keepOld = (content: DatabaseLock.DatabaseLock["content"], now: number, kept: ReadonlySet<string>) =>
    step(false, async () => {
      const suffix = `before-restore-${formatInstant(now).replace(/\.\d+/, "").replaceAll(/[-:]/g, "")}`
      const databaseBefore = `${databasePath}.${suffix}`
      const mediaBefore = join(dataPath, `media.${suffix}`)
      if (content !== "empty") {
        await keep(databasePath, databaseBefore)
      }
      // Of a database that cannot be read on, the log belongs to what may still be saved. Of any other its content is in the
      // file by now: what lies there is empty, or of a database that is gone, and must not meet the restored one.
      if ((content === "unreadable" || content === "damaged") && (await exists(`${databasePath}-wal`))) {
        await rename(`${databasePath}-wal`, `${databaseBefore}-wal`)
      }
      await Promise.all(["-wal", "-shm", "-journal"].map((tail) => rm(`${databasePath}${tail}`, { force: true })))
      const { files } = await MediaFiles.list(media)
      for (const { member, path } of files) {
        const target = join(mediaBefore, member.slice("media/".length))
        await mkdir(dirname(target), { recursive: true, mode: 0o750 })
        await keep(path, target)
      }
      return {
        ...(content === "empty" ? {} : { databaseBefore }),
        ...(files.length === 0 ? {} : { mediaBefore }),
        remove: files.filter(({ member }) => !kept.has(member)).map(({ member }) => member.slice("media/".length))
      }
    })

  const restore: Restore["Type"]["restore"] = Effect.fn("Restore.restore")(function* (given, options = {}) {
    const path = resolve(given)
    const { force = false, onProgress = () => {} } = options
    const size = yield* Effect.tryPromise({ try: () => ArchiveReader.sizeOf(path), catch: archiveFailure(path) })
    yield* finishRestore(places)
    yield* step(false, async () => {
      await mkdir(dataPath, { recursive: true, mode: 0o750 })
      await mkdir(dirname(databasePath), { recursive: true, mode: 0o750 })
    })
    // Held until the end: no server can start on what is about to be replaced.
    const { content, revokedTokens } = yield* DatabaseLock.take(databasePath, settings.database.sqliteBinding)
    yield* notForUs(force, content)
    yield* step(false, () => sweep(places))

    const id = yield* random.hex(8)
    const database = RestoreJournal.laidOutDatabase(places, id)
    yield* Effect.addFinalizer(() =>
      Effect.ignore(
        step(false, async () => {
          // After the decision there is nothing left of it, or it is needed to finish.
          if ((await RestoreJournal.pending(places)) !== undefined) return
          await Promise.all(["", "-wal", "-shm", "-journal"].map((tail) => rm(`${database}${tail}`, { force: true })))
          await rm(RestoreJournal.laidOutMedia(places, id), { recursive: true, force: true })
        })
      )
    )
    const manifest = yield* layOut(path, size, id, onProgress)
    onProgress({ step: "Checking its database", done: 0, total: 0 })
    yield* judgeDatabase(path, Snapshot.look(openDriver, settings, database))
    const prepared = yield* Restored.prepare(openDriver, settings, database, revokedTokens)
    yield* step(false, () => giveToOwner(dataPath, [database, RestoreJournal.laidOutMedia(places, id)]))

    onProgress({ step: "Putting it into place", done: 0, total: 0 })
    const now = yield* Clock.currentTimeMillis
    const kept = new Set(manifest.members.map((member) => member.path))
    const { remove, ...before } = yield* keepOld(content, now, kept)
    yield* Effect.uninterruptible(
      Effect.zipRight(
        step(false, async () => {
          await syncFile(database)
          await syncDirectory(dirname(databasePath))
          await RestoreJournal.decide(places, { id, remove })
        }),
        step(true, () => RestoreJournal.carryOut(places, { id, remove }))
      )
    )
    return { manifest, ...before, ...prepared }
  }, Effect.scoped)

  return { restore }
}

/** Restores into the place that the settings name, over connections of this kind. */
export const layerWith = (openDriver: Open): Layer.Layer<Restore, never, Settings | SecureRandom> =>
  Layer.effect(
    Restore,
    Effect.gen(function* () {
      return make(openDriver, yield* Settings, yield* SecureRandom)
    })
  )

/** The same in-thread: nobody else is kept waiting, since nobody else may be there. */
export const layer: Layer.Layer<Restore, never, Settings | SecureRandom> = layerWith(ThreadDriver.open)
