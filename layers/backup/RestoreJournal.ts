import { readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Option, Schema } from "effect"
import { mediaMember } from "../../src/domain/archive/BackupManifest.js"
import { syncDirectory, syncFile } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"
import type { Places } from "./Places.js"

const MediaNames = Schema.Array(
  Schema.String.pipe(Schema.filter((name) => Option.isSome(mediaMember(name)) || "no name of a media file"))
)

const Id = Schema.String.pipe(Schema.pattern(/^[0-9a-f]{16}$/))

/**
 * A decided restore and the files that it moves. At any moment one can continue to the new state, or return to the old
 * one.
 */
export const Journal = Schema.Struct({
  format: Schema.Literal(2),
  /** Id in the names of the unpacked files: see `laidOut`. */
  id: Id,
  /** Timestamp in the names of the previous data after the restore: see `before`. */
  time: Schema.String.pipe(Schema.pattern(/^\d{8}T\d{6}Z(?:-\d+)?$/)),
  /** Media files of the backup. */
  put: MediaNames,
  /** Existing media files, which are all moved aside. */
  old: MediaNames
})

export type Journal = typeof Journal.Type

/**
 * Format of 2.0.0-alpha.1 until November 2026. Such a restore can only be finished, because the journal does not say
 * where the old state is.
 */
export const FirstJournal = Schema.Struct({ format: Schema.optional(Schema.Never), id: Id, remove: MediaNames })

export type FirstJournal = typeof FirstJournal.Type

const journalName = "restore.json"

const decode = Schema.decodeUnknownSync(Schema.parseJson(Schema.Union(Journal, FirstJournal)))

/** Paths of the unpacked backup, each on the file system of what it replaces. */
export const laidOut = ({ databasePath, mediaPath }: Places, id: string) => {
  const work = join(mediaPath, `.restore-${id}`)
  return {
    database: `${databasePath}.restore-${id}`,
    /** A hard link to, or a copy of, the replaced database. */
    databaseBefore: `${databasePath}.restore-${id}.before`,
    work,
    media: join(work, "new"),
    mediaBefore: join(work, "old")
  }
}

/** Paths of the previous data after a restore. */
export const before = ({ databasePath, mediaPath }: Places, time: string) => ({
  database: `${databasePath}.before-restore-${time}`,
  media: join(mediaPath, `.before-restore-${time}`)
})

/** Path of the journal. */
export const journalOf = ({ dataPath }: Pick<Places, "dataPath">): string => join(dataPath, journalName)

/**
 * Writes the journal, which decides the restore: from now on it is finished or rolled back, if necessary by the next
 * process that uses the data.
 */
export const decide = async (places: Places, journal: Journal): Promise<void> => {
  const path = journalOf(places)
  const draft = `${path}.${journal.id}`
  await writeFile(draft, JSON.stringify(journal), { mode: 0o600, flag: "wx" })
  await syncFile(draft)
  await rename(draft, path)
  await syncDirectory(places.dataPath)
}

/** Reads the journal of an unfinished restore, if there is one. */
export const pending = async (places: Pick<Places, "dataPath">): Promise<Journal | FirstJournal | undefined> => {
  try {
    return decode(await readFile(journalOf(places), "utf8"))
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined
    throw error
  }
}
