import { closeSync, openSync, readSync, statSync } from "node:fs"
import { basename, join } from "node:path"
import { applicationId } from "../pool/ApplicationId.js"

/**
 * Kind of a file with the name of a database, by its header:
 * https://www.sqlite.org/fileformat2.html#the_database_header
 */
export type DatabaseKind = "ours" | "other" | "none"

const magic = "SQLite format 3\0"

/** Reads a file's first bytes; changes nothing and needs no lock. */
export const kindOfDatabase = (path: string): DatabaseKind => {
  const header = Buffer.alloc(100)
  try {
    const descriptor = openSync(path, "r")
    try {
      if (readSync(descriptor, header, 0, header.length, 0) < header.length) return "none"
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return "none"
  }
  if (header.toString("latin1", 0, magic.length) !== magic) return "none"
  return header.readUInt32BE(68) === applicationId ? "ours" : "other"
}

/** Name of the database in a data directory, here and in StarPunk (Python). */
export const usualName = "starpunk.db"

/** Name of the database in a data directory where StarPunk (Python) uses `starpunk.db`. */
const besideOriginalName = "starpunk-2.db"

/**
 * The name of the database in a data directory: `starpunk.db`, or `starpunk-2.db` if the former is the database of
 * StarPunk (Python), recognized by the `notes` folder beside it, which is never changed. An existing `starpunk-2.db`
 * keeps its name when the original is gone.
 */
export const databaseName = (dataPath: string): string => {
  const kind = kindOfDatabase(join(dataPath, usualName))
  if (kind === "ours") return usualName
  if (statSync(join(dataPath, besideOriginalName), { throwIfNoEntry: false }) !== undefined) return besideOriginalName
  const hasNotes = statSync(join(dataPath, "notes"), { throwIfNoEntry: false })?.isDirectory() === true
  return kind === "other" && hasNotes ? besideOriginalName : usualName
}

/** Returns whether a database has this name because StarPunk (Python) uses `starpunk.db`. */
export const isBesideOriginal = (databasePath: string): boolean => basename(databasePath) === besideOriginalName
