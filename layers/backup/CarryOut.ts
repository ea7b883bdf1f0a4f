import { mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises"
import { basename, dirname, join, relative, sep } from "node:path"
import { syncDirectory } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"
import { draftPrefix, move } from "./Move.js"
import type { Places } from "./Places.js"
import { before, type FirstJournal, type Journal, journalOf, laidOut } from "./RestoreJournal.js"

/** Suffixes of SQLite's files beside a database: https://www.sqlite.org/tempfiles.html */
export const logTails = ["-wal", "-shm", "-journal"] as const

const directoryMode = 0o700

const unless = async <A>(code: string, work: Promise<A>): Promise<A | undefined> => {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) !== code) throw error
    return undefined
  }
}

/** Returns whether a path exists. */
export const exists = async (path: string): Promise<boolean> => (await unless("ENOENT", stat(path))) !== undefined

/** Names of all files and links below a directory, with slashes; none if it does not exist. */
const namesIn = async (root: string): Promise<ReadonlySet<string>> => {
  const entries = (await unless("ENOENT", readdir(root, { recursive: true, withFileTypes: true }))) ?? []
  return new Set(
    entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith(draftPrefix))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
  )
}

/**
 * Returns whether a rollback journal belongs to a finished transaction: SQLite then empties it or zeroes its header.
 * https://www.sqlite.org/fileformat2.html#the_rollback_journal
 */
const isSpent = async (path: string): Promise<boolean> => {
  await using file = await unless("ENOENT", open(path))
  if (file === undefined) return false
  const { buffer } = await file.read({ buffer: Buffer.alloc(1) })
  return buffer[0] === 0
}

const moveInto = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true, mode: directoryMode })
  await move(from, to)
}

const syncAll = async (directories: Iterable<string>): Promise<void> => {
  for (const directory of new Set(directories)) await unless("ENOENT", syncDirectory(directory))
}

/** The unpacked backup has to exist: otherwise its file system is not mounted, and the state is unknown. */
const mustBeThere = (path: string): Promise<unknown> => stat(path)

const placesOf = ({ mediaPath }: Places, { old, put }: Journal): ReadonlyArray<string> =>
  [...put, ...old].map((name) => dirname(join(mediaPath, name)))

const removeDrafts = async (directory: string): Promise<void> => {
  for (const name of await readdir(directory)) {
    if (name.startsWith(draftPrefix)) await rm(join(directory, name), { force: true })
  }
}

/**
 * Removes the restore's working files, then the journal. If this fails, the next restore cleans up: without the
 * unpacked database a journal has no effect.
 */
const forget = async (places: Places, journal: Journal): Promise<void> => {
  const { databaseBefore, work } = laidOut(places, journal.id)
  await Promise.allSettled([
    rm(databaseBefore, { force: true }),
    rm(work, { recursive: true, force: true }),
    ...[...new Set(placesOf(places, journal))].map(removeDrafts)
  ])
  await Promise.allSettled([unlink(journalOf(places))])
  await Promise.allSettled([syncDirectory(places.dataPath)])
}

/** Moves the existing media files aside and returns their directory. All are moved before the first new one is. */
const moveAside = async (places: Places, journal: Journal, isBegun: boolean): Promise<string> => {
  const { mediaBefore } = laidOut(places, journal.id)
  const { media } = before(places, journal.time)
  const aside = (await exists(media)) ? media : mediaBefore
  if (isBegun) return aside
  const moved = await namesIn(aside)
  for (const name of journal.old) {
    const place = join(places.mediaPath, name)
    if (moved.has(name)) await rm(place, { force: true })
    else await unless("ENOENT", moveInto(place, join(aside, name)))
  }
  return aside
}

/** Completes the change to the new state. The database is moved last: its rename completes the restore. */
const goOn = async (places: Places, journal: Journal): Promise<void> => {
  const { database, databaseBefore, media, mediaBefore, work } = laidOut(places, journal.id)
  const kept = before(places, journal.time)
  await mustBeThere(work)
  const waiting = await namesIn(media)
  const aside = await moveAside(places, journal, waiting.size < journal.put.length)
  for (const name of journal.put) {
    const place = join(places.mediaPath, name)
    if (waiting.has(name)) await moveInto(join(media, name), place)
    else await mustBeThere(place)
  }
  await syncAll(placesOf(places, journal))
  if (aside === mediaBefore && journal.old.length > 0) {
    await syncAll([...new Set(journal.old.map((name) => dirname(join(mediaBefore, name))))])
    await unless("ENOENT", rename(mediaBefore, kept.media))
  }
  await syncDirectory(places.mediaPath)
  for (const tail of logTails) {
    const log = `${places.databasePath}${tail}`
    if (tail === "-journal" && (await isSpent(log))) await unlink(log)
    else await unless("ENOENT", rename(log, `${kept.database}${tail}`))
  }
  await unless("ENOENT", rename(databaseBefore, kept.database))
  await syncDirectory(dirname(places.databasePath))
  await rename(database, places.databasePath)
  await syncDirectory(dirname(places.databasePath))
}

/** Returns to the old state. The unpacked database is removed last, which completes the rollback. */
const goBack = async (places: Places, journal: Journal): Promise<void> => {
  const { database, databaseBefore, media, mediaBefore, work } = laidOut(places, journal.id)
  const kept = before(places, journal.time)
  await mustBeThere(work)
  if (await exists(kept.media)) await rename(kept.media, mediaBefore)
  const waiting = await namesIn(media)
  const moved = await namesIn(mediaBefore)
  // No new file is in place before all old ones are moved.
  const mayHaveCome = journal.old.every((name) => moved.has(name))
  for (const name of mayHaveCome ? journal.put : []) {
    const place = join(places.mediaPath, name)
    if (!waiting.has(name)) await unless("ENOENT", moveInto(place, join(media, name)))
    // A copy that was interrupted before its source was removed.
    else await rm(place, { force: true })
  }
  for (const name of moved) await moveInto(join(mediaBefore, name), join(places.mediaPath, name))
  await syncAll(placesOf(places, journal))
  for (const tail of logTails)
    await unless("ENOENT", rename(`${kept.database}${tail}`, `${places.databasePath}${tail}`))
  await unless("ENOENT", rename(kept.database, databaseBefore))
  await syncDirectory(dirname(places.databasePath))
  await unless("ENOENT", unlink(database))
  await syncDirectory(dirname(places.databasePath))
}

/** Outcome of a restore after its decision. */
export type Outcome =
  | { readonly _tag: "Done" }
  /** The old state is restored; `cause` prevented the new one. */
  | { readonly _tag: "TakenBack"; readonly cause: unknown }

/** Neither the new nor the old state could be reached; the journal stays until the cause is fixed. */
export class Stuck extends Error {
  constructor(
    /** The error that prevented the new state. */
    override readonly cause: unknown,
    /** The error that prevented the old state. */
    readonly wayBack: unknown
  ) {
    super("the restore can be neither completed nor rolled back")
  }
}

const orBack = async (places: Places, journal: Journal, cause: unknown): Promise<Outcome> => {
  try {
    // Once the database is in place, only syncing it failed.
    if (!(await exists(laidOut(places, journal.id).database))) return { _tag: "Done" }
    await goBack(places, journal)
    return { _tag: "TakenBack", cause }
  } catch (wayBack) {
    throw new Stuck(cause, wayBack)
  }
}

/**
 * Carries out the journal and removes it; if that is not possible, returns to the old state. Every step can be
 * repeated, so the next process can continue after this one is killed. Rejects with `Stuck`.
 */
export const carryOut = async (places: Places, journal: Journal): Promise<Outcome> => {
  try {
    if (await exists(laidOut(places, journal.id).database)) await goOn(places, journal)
  } catch (cause) {
    const outcome = await orBack(places, journal, cause)
    await forget(places, journal)
    return outcome
  }
  await forget(places, journal)
  return { _tag: "Done" }
}

/** Finishes a restore with a journal of the first format, whose files are unpacked beside `media`. */
export const carryOutFirst = async (places: Places, { id, remove }: FirstJournal): Promise<void> => {
  const { dataPath, databasePath, mediaPath } = places
  for (const place of [databasePath, join(dataPath, basename(databasePath))]) {
    await unless("ENOENT", move(`${place}.restore-${id}`, databasePath))
  }
  await syncDirectory(dirname(databasePath))
  const laidOutMedia = join(dataPath, `media.restore-${id}`)
  const names = await namesIn(laidOutMedia)
  for (const name of names) await moveInto(join(laidOutMedia, name), join(mediaPath, name))
  for (const name of remove) await unless("ENOENT", unlink(join(mediaPath, name)))
  await syncAll([...names, ...remove].map((name) => dirname(join(mediaPath, name))))
  await rm(laidOutMedia, { recursive: true, force: true })
  await unless("ENOENT", unlink(journalOf(places)))
  await syncDirectory(dataPath)
}
