import { mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises"
import { basename, dirname, join, relative, sep } from "node:path"
import { syncDirectory } from "../files/DurableFile.js"
import { codeOf } from "../files/FileTrouble.js"
import { draftPrefix, move } from "./Move.js"
import type { Places } from "./Places.js"
import { before, type FirstJournal, type Journal, journalOf, laidOut } from "./RestoreJournal.js"

/** What SQLite keeps beside a database: https://www.sqlite.org/tempfiles.html */
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

/** Whether anything lies at a path. */
export const exists = async (path: string): Promise<boolean> => (await unless("ENOENT", stat(path))) !== undefined

/** The names of all files and links below a directory, with slashes; none of one that is not there. */
const namesIn = async (root: string): Promise<ReadonlySet<string>> => {
  const entries = (await unless("ENOENT", readdir(root, { recursive: true, withFileTypes: true }))) ?? []
  return new Set(
    entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith(draftPrefix))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
  )
}

/**
 * Whether a rollback journal belongs to a transaction that ended: SQLite then empties it or zeroes its header.
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

/** What is laid out has to be there: where it is not, its file system is not mounted, and nothing may be concluded. */
const mustBeThere = (path: string): Promise<unknown> => stat(path)

const placesOf = ({ mediaPath }: Places, { old, put }: Journal): ReadonlyArray<string> =>
  [...put, ...old].map((name) => dirname(join(mediaPath, name)))

const removeDrafts = async (directory: string): Promise<void> => {
  for (const name of await readdir(directory)) {
    if (name.startsWith(draftPrefix)) await rm(join(directory, name), { force: true })
  }
}

/**
 * Takes away what the restore needed, and then the journal. That may fail: without the laid-out database a journal asks
 * for nothing more, and the next restore sweeps.
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

/** Moves the media that were there aside, and answers where they lie. All of them go before the first one comes. */
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

/** Goes on to the new state. The database comes last: its rename is the moment in which the restore is done. */
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

/** Goes back to the old state. The laid-out database goes last: without it there is nothing more to do. */
const goBack = async (places: Places, journal: Journal): Promise<void> => {
  const { database, databaseBefore, media, mediaBefore, work } = laidOut(places, journal.id)
  const kept = before(places, journal.time)
  await mustBeThere(work)
  if (await exists(kept.media)) await rename(kept.media, mediaBefore)
  const waiting = await namesIn(media)
  const moved = await namesIn(mediaBefore)
  // None came before all that were there had gone.
  const mayHaveCome = journal.old.every((name) => moved.has(name))
  for (const name of mayHaveCome ? journal.put : []) {
    const place = join(places.mediaPath, name)
    if (!waiting.has(name)) await unless("ENOENT", moveInto(place, join(media, name)))
    // A copy that was cut off before its source went.
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

/** How a restore that was decided upon came out. */
export type Outcome =
  | { readonly _tag: "Done" }
  /** The old state is back, whole: what stood in the way of the new one. */
  | { readonly _tag: "TakenBack"; readonly cause: unknown }

/** Neither the new state nor the old one could be reached; the journal stays for whoever comes once the cause is gone. */
export class Stuck extends Error {
  constructor(
    /** What stood in the way of the new state. */
    override readonly cause: unknown,
    /** What stood in the way of the old one. */
    readonly wayBack: unknown
  ) {
    super("the restore can neither be finished nor taken back")
  }
}

const orBack = async (places: Places, journal: Journal, cause: unknown): Promise<Outcome> => {
  try {
    // Once the database has its place, what failed was only to make that durable.
    if (!(await exists(laidOut(places, journal.id).database))) return { _tag: "Done" }
    await goBack(places, journal)
    return { _tag: "TakenBack", cause }
  } catch (wayBack) {
    throw new Stuck(cause, wayBack)
  }
}

/**
 * Does what the journal says, and forgets it; where that cannot be done, goes back. Each step can be repeated: a process
 * that was killed is followed by another one that begins here again. Rejects with `Stuck`.
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

/** Finishes a restore that was decided upon in the first form of the journal, whose files are laid out beside `media`. */
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
