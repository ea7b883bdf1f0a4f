import { readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Option, Schema } from "effect"
import { mediaMember } from "../../src/domain/archive/BackupManifest.js"
import { syncDirectory, syncFile } from "../files/DurableFile.js"
import { codeOf } from "../files/FileTrouble.js"
import type { Places } from "./Places.js"

const MediaNames = Schema.Array(
  Schema.String.pipe(Schema.filter((name) => Option.isSome(mediaMember(name)) || "no name of a media file"))
)

const Id = Schema.String.pipe(Schema.pattern(/^[0-9a-f]{16}$/))

/**
 * A restore that is decided upon: which files have to change places. From any moment of it one can go on to the new
 * state, or back to the old one.
 */
export const Journal = Schema.Struct({
  format: Schema.Literal(2),
  /** Names the files that are laid out: see `laidOut`. */
  id: Id,
  /** Names what was there before, once it is replaced: see `before`. */
  time: Schema.String.pipe(Schema.pattern(/^\d{8}T\d{6}Z(?:-\d+)?$/)),
  /** The media files of the backup. */
  put: MediaNames,
  /** The media files that were there, which all move aside. */
  old: MediaNames
})

/** A restore that is decided upon. */
export type Journal = typeof Journal.Type

/** What 2.0.0-alpha.1 wrote until November 2026: it can only be finished, for it does not tell where the old state is. */
export const FirstJournal = Schema.Struct({ format: Schema.optional(Schema.Never), id: Id, remove: MediaNames })

/** The same in its first form. */
export type FirstJournal = typeof FirstJournal.Type

const journalName = "restore.json"

const decode = Schema.decodeUnknownSync(Schema.parseJson(Schema.Union(Journal, FirstJournal)))

/** Where a backup is laid out, each part on the file system of what it replaces. */
export const laidOut = ({ databasePath, mediaPath }: Places, id: string) => {
  const work = join(mediaPath, `.restore-${id}`)
  return {
    database: `${databasePath}.restore-${id}`,
    /** A second name, or a copy, of the database that is replaced. */
    databaseBefore: `${databasePath}.restore-${id}.before`,
    work,
    media: join(work, "new"),
    mediaBefore: join(work, "old")
  }
}

/** Where what was there before lies after a restore. */
export const before = ({ databasePath, mediaPath }: Places, time: string) => ({
  database: `${databasePath}.before-restore-${time}`,
  media: join(mediaPath, `.before-restore-${time}`)
})

/** The file that says that a restore is decided upon. */
export const journalOf = ({ dataPath }: Pick<Places, "dataPath">): string => join(dataPath, journalName)

/** The decision: from here on the restore is finished, or taken back, if need be by the next process that uses the data. */
export const decide = async (places: Places, journal: Journal): Promise<void> => {
  const path = journalOf(places)
  const draft = `${path}.${journal.id}`
  await writeFile(draft, JSON.stringify(journal), { mode: 0o600, flag: "wx" })
  await syncFile(draft)
  await rename(draft, path)
  await syncDirectory(places.dataPath)
}

/** The restore that is decided upon and not finished, if there is one. */
export const pending = async (places: Pick<Places, "dataPath">): Promise<Journal | FirstJournal | undefined> => {
  try {
    return decode(await readFile(journalOf(places), "utf8"))
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined
    throw error
  }
}
