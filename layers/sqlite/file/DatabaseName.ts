import { closeSync, openSync, readSync, statSync } from "node:fs"
import { basename, join } from "node:path"

/** "StPk", as `Connection` marks our files; not imported from there, for that would load the driver with the settings. */
const applicationId = 0x5374506b

/** What a file that bears the name of a database is, by its header: https://www.sqlite.org/fileformat2.html#the_database_header */
export type DatabaseKind = "ours" | "other" | "none"

const magic = "SQLite format 3\0"

/** Looks at a file's first bytes; changes nothing, and needs no lock. */
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

/** Our database in a data directory, and the original's. */
export const usualName = "starpunk.db"

/** Our database in a data directory where StarPunk (Python) has the usual name. */
export const besideOriginalName = "starpunk-2.db"

/**
 * What our database in a data directory is called: `starpunk.db`, unless that is the one of StarPunk (Python), known by
 * its `notes` beside it, which is never touched: then `starpunk-2.db`, and so it stays when the original is gone.
 */
export const databaseName = (dataPath: string): string => {
  const kind = kindOfDatabase(join(dataPath, usualName))
  if (kind === "ours") return usualName
  if (statSync(join(dataPath, besideOriginalName), { throwIfNoEntry: false }) !== undefined) return besideOriginalName
  const hasNotes = statSync(join(dataPath, "notes"), { throwIfNoEntry: false })?.isDirectory() === true
  return kind === "other" && hasNotes ? besideOriginalName : usualName
}

/** Whether a database was named so because StarPunk (Python) has the usual name. */
export const isBesideOriginal = (databasePath: string): boolean => basename(databasePath) === besideOriginalName
