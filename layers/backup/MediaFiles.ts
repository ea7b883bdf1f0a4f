import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { Option } from "effect"
import { mediaMember } from "../../src/domain/archive/BackupManifest.js"
import { codeOf } from "../files/FileTrouble.js"

/** A media file, by its place in the archive and by its place on the disk. */
export interface MediaFile {
  readonly member: string
  readonly path: string
}

/** The files below a media directory, and what is none of ours there: links, sockets, oddly named files. */
export interface MediaFiles {
  readonly files: ReadonlyArray<MediaFile>
  readonly skipped: ReadonlyArray<string>
  /** Those of the skipped that are links whose name a media file may have. */
  readonly links: ReadonlyArray<string>
}

const entriesOf = async (directory: string) => {
  try {
    return await readdir(directory, { withFileTypes: true })
  } catch (error) {
    if (codeOf(error) === "ENOENT") return []
    throw error
  }
}

/**
 * Lists a media directory in the order of names; one that does not exist is empty. Follows no links, and passes over what
 * begins with a dot: it is on its way (`.incoming`) or kept by a restore (`.before-restore-…`), and no post names it.
 */
export const list = async (root: string): Promise<MediaFiles> => {
  const files: Array<MediaFile> = []
  const skipped: Array<string> = []
  const links: Array<string> = []
  const look = async (folder: string): Promise<void> => {
    for (const entry of await entriesOf(join(root, folder))) {
      if (entry.name.startsWith(".")) continue
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`
      const member = mediaMember(name)
      if (entry.isDirectory()) await look(name)
      else if (entry.isFile() && Option.isSome(member)) files.push({ member: member.value, path: join(root, name) })
      else {
        skipped.push(name)
        if (entry.isSymbolicLink() && Option.isSome(member)) links.push(name)
      }
    }
  }
  await look("")
  const byMember = (a: MediaFile, b: MediaFile) => (a.member < b.member ? -1 : 1)
  return { files: files.toSorted(byMember), skipped: skipped.toSorted(), links: links.toSorted() }
}
