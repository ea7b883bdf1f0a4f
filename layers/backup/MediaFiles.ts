import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { Option } from "effect"
import { mediaMember } from "../../src/domain/archive/BackupManifest.js"
import { ifMissing } from "../files/IfMissing.js"

/** A media file, by its member name in the archive and its path on the disk. */
export interface MediaFile {
  readonly member: string
  readonly path: string
}

/** Files in a media directory, and entries that are not media files: links, sockets, other names. */
export interface MediaFiles {
  readonly files: ReadonlyArray<MediaFile>
  readonly skipped: ReadonlyArray<string>
  /** The skipped links whose name is valid for a media file. */
  readonly links: ReadonlyArray<string>
}

const entriesOf = (directory: string) => readdir(directory, { withFileTypes: true }).catch(ifMissing([]))

/**
 * Lists a media directory by name; a missing one is empty. Does not follow links, and skips names with a leading dot:
 * uploads in progress (`.incoming`) and files kept by a restore (`.before-restore-…`), which no post names.
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
