import { mkdir, readdir, readFile, rename, rm, unlink, writeFile } from "node:fs/promises"
import { dirname, join, relative, sep } from "node:path"
import { Option, Schema } from "effect"
import { mediaMember } from "../../src/domain/BackupManifest.js"
import { syncDirectory, syncFile } from "./DurableFile.js"
import { codeOf } from "./FileTrouble.js"

/** Where the data lies. */
export interface Places {
  readonly dataPath: string
  readonly databasePath: string
}

/**
 * What is left to do of a restore that is decided upon. Every step can be repeated, and by several processes at once: a
 * file is renamed if it is still there, and a file to be removed has a name that no new file gets.
 */
export const Journal = Schema.Struct({
  /** Names the laid-out files: `starpunk.db.restore-{id}` and `media.restore-{id}`. */
  id: Schema.String.pipe(Schema.pattern(/^[0-9a-f]{16}$/)),
  /** Media files that the backup does not have; copies of them are kept beside. */
  remove: Schema.Array(
    Schema.String.pipe(Schema.filter((name) => Option.isSome(mediaMember(name)) || "no name of a media file"))
  )
})

/** What is left to do of a restore that is decided upon. */
export type Journal = typeof Journal.Type

const journalName = "restore.json"

const decode = Schema.decodeUnknownSync(Schema.parseJson(Journal))

/** Where a backup's database is laid out, beside the one it replaces. */
export const laidOutDatabase = ({ databasePath }: Places, id: string): string => `${databasePath}.restore-${id}`

/** Where a backup's media are laid out. */
export const laidOutMedia = ({ dataPath }: Places, id: string): string => join(dataPath, `media.restore-${id}`)

const unless = async (code: string, work: Promise<unknown>): Promise<void> => {
  try {
    await work
  } catch (error) {
    if (codeOf(error) !== code) throw error
  }
}

/** The decision: once this has come back, the restore is done, if need be by the next process that uses the data. */
export const decide = async (places: Places, journal: Journal): Promise<void> => {
  const path = join(places.dataPath, journalName)
  const draft = `${path}.${journal.id}`
  await writeFile(draft, JSON.stringify(journal), { mode: 0o600, flag: "wx" })
  await syncFile(draft)
  await rename(draft, path)
  await syncDirectory(places.dataPath)
}

/** The restore that is decided upon and not finished, if there is one. */
export const pending = async ({ dataPath }: Places): Promise<Journal | undefined> => {
  try {
    return decode(await readFile(join(dataPath, journalName), "utf8"))
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined
    throw error
  }
}

const moveMedia = async (from: string, to: string): Promise<void> => {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return []
    throw error
  })
  const touched = new Set([to])
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const source = join(entry.parentPath, entry.name)
    const target = join(to, relative(from, source).split(sep).join("/"))
    await mkdir(dirname(target), { recursive: true, mode: 0o750 })
    await unless("ENOENT", rename(source, target))
    touched.add(dirname(target))
  }
  for (const directory of touched) await unless("ENOENT", syncDirectory(directory))
}

/** Does what the journal says, and then forgets it. */
export const carryOut = async (places: Places, journal: Journal): Promise<void> => {
  await unless("ENOENT", rename(laidOutDatabase(places, journal.id), places.databasePath))
  await syncDirectory(dirname(places.databasePath))
  const media = join(places.dataPath, "media")
  const laidOut = laidOutMedia(places, journal.id)
  await moveMedia(laidOut, media)
  for (const name of journal.remove) await unless("ENOENT", unlink(join(media, name)))
  await rm(laidOut, { recursive: true, force: true })
  await unless("ENOENT", unlink(join(places.dataPath, journalName)))
  await syncDirectory(places.dataPath)
}

/** Finishes a restore that was cut off after its decision; does nothing where there is none. */
export const finish = async (places: Places): Promise<boolean> => {
  const journal = await pending(places)
  if (journal === undefined) return false
  await carryOut(places, journal)
  return true
}
