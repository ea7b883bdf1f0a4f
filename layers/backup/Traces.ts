import { open, readdir, stat } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { Effect, Option, Schedule } from "effect"
import { parseFileName } from "../../src/domain/media/Media.js"
import { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { codeOf } from "../files/ErrorCode.js"
import { archivesIn } from "./BackupDirectory.js"
import { logTails } from "./CarryOut.js"

/** A trace of a site. */
export interface Trace {
  readonly path: string
  readonly words: string
}

const namesIn = (directory: string): Promise<ReadonlyArray<string>> => readdir(directory).catch(() => [])

const sizeOf = async (path: string): Promise<number | undefined> => (await stat(path).catch(() => undefined))?.size

const logs = async (databasePath: string): Promise<ReadonlyArray<Trace>> => {
  const found: Array<Trace> = []
  for (const tail of logTails) {
    const path = `${databasePath}${tail}`
    const size = await sizeOf(path)
    if (size === undefined || (size === 0 && tail !== "-shm")) continue
    found.push({
      path,
      words:
        tail === "-wal"
          ? `the write-ahead log of a database (${size} bytes), which may contain the latest posts`
          : "a file that SQLite keeps beside an open database"
    })
  }
  return found
}

const leftovers = async (databasePath: string): Promise<ReadonlyArray<Trace>> => {
  const name = basename(databasePath)
  const kept = (await namesIn(dirname(databasePath))).find(
    (found) => found.startsWith(`${name}.before-`) || found.startsWith(`${name}.restore-`)
  )
  return kept === undefined ? [] : [{ path: join(dirname(databasePath), kept), words: "a database, kept by a restore" }]
}

/**
 * Media files are a trace if there is at least one of StarPunk's. Files of other programs in that directory are
 * ignored.
 */
const media = async (dataPath: string): Promise<ReadonlyArray<Trace>> => {
  const root = join(dataPath, "media")
  for (const shelf of await namesIn(root)) {
    if (shelf.startsWith(".before-restore-")) return [{ path: join(root, shelf), words: "media, kept by a restore" }]
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue
    const file = (await namesIn(join(root, shelf))).find((name) => parseFileName(name) !== undefined)
    if (file !== undefined) return [{ path: join(root, shelf, file), words: "a media file of a site" }]
  }
  return []
}

const records = async (dataPath: string): Promise<ReadonlyArray<Trace>> => {
  const path = join(dataPath, "moved-from-python.json")
  return (await sizeOf(path)) === undefined
    ? []
    : [{ path, words: "the record of a move from StarPunk (Python) to a database that is gone" }]
}

const archives = async ({ backup }: SettingsValues): Promise<ReadonlyArray<Trace>> => {
  if (Option.isNone(backup.directory)) return []
  const [newest] = await archivesIn(resolve(backup.directory.value)).catch(() => [])
  return newest === undefined ? [] : [{ path: newest.path, words: "the latest backup of a site" }]
}

/**
 * All traces of a site except the database. A database without tables may have a log, which an interrupted first start
 * leaves.
 */
const traces = (settings: SettingsValues, place: Place): Effect.Effect<ReadonlyArray<Trace>> =>
  Effect.promise(async () => [
    ...(place === "missing" ? await logs(settings.databasePath) : []),
    ...(await leftovers(settings.databasePath)),
    ...(await media(settings.dataPath)),
    ...(await records(settings.dataPath)),
    ...(await archives(settings))
  ])

/** State of the database file. */
export type Place = "missing" | "without_tables" | "filled"

const placeOf = async (path: string): Promise<Place> => {
  const file = await open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(105), 0, 105, 0)
    if (bytesRead === 0) return "missing"
    // A leaf page without cells is the first page of an empty schema:
    // https://www.sqlite.org/fileformat2.html#b_tree_pages
    const isEmpty = bytesRead === 105 && buffer[100] === 13 && buffer.readUInt16BE(103) === 0
    return isEmpty && ((await sizeOf(`${path}-wal`)) ?? 0) === 0 ? "without_tables" : "filled"
  } finally {
    await file.close()
  }
}

/** Reads the state of the database's file. An unreadable file counts as filled; opening it reports the problem. */
export const lookAt = (databasePath: string): Effect.Effect<Place> =>
  Effect.promise(() =>
    placeOf(databasePath).catch((error: unknown): Place => (codeOf(error) === "ENOENT" ? "missing" : "filled"))
  )

const asFailure = ({ databasePath }: SettingsValues, found: ReadonlyArray<Trace>): DatabaseOpenFailed =>
  new DatabaseOpenFailed({
    reason: "site_missing",
    path: databasePath,
    detail: `there was a site here: ${found.map(({ path, words }) => `${path} is ${words}`).join("; ")}`
  })

/**
 * Returns the state of the database. Fails if it is missing although there are traces of a site: an empty database must
 * not replace it, and SQLite would delete a log beside it.
 */
export const mustNotBeLost = (settings: SettingsValues): Effect.Effect<Place, DatabaseOpenFailed> =>
  Effect.gen(function* () {
    const place = yield* lookAt(settings.databasePath)
    if (place === "filled") return place
    const found = yield* traces(settings, place)
    return found.length === 0 ? place : yield* asFailure(settings, found)
    // Another process may be creating the database at the same time.
  }).pipe(Effect.retry({ times: 4, schedule: Schedule.spaced("100 millis") }))
