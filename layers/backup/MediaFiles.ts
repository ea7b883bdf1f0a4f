import { readdir } from "node:fs/promises"
import { join, relative, sep } from "node:path"
import { Option } from "effect"
import { mediaMember } from "../../src/domain/BackupManifest.js"
import { codeOf } from "./FileTrouble.js"

/** A media file, by its place in the archive and by its place on the disk. */
export interface MediaFile {
  readonly member: string
  readonly path: string
}

/** The files below a media directory, and what is none of ours there: links, sockets, oddly named files. */
export interface MediaFiles {
  readonly files: ReadonlyArray<MediaFile>
  readonly skipped: ReadonlyArray<string>
}

/** Lists a media directory in the order of names; one that does not exist is empty. Follows no links. */
export const list = async (directory: string): Promise<MediaFiles> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return []
    throw error
  })
  const files: Array<MediaFile> = []
  const skipped: Array<string> = []
  for (const entry of entries) {
    if (entry.isDirectory()) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(directory, path).split(sep).join("/")
    // What begins with a dot is on its way (`.incoming`): no post names it yet, and it would be gone before it is read.
    if (name.split("/").some((segment) => segment.startsWith("."))) continue
    const member = entry.isFile() ? mediaMember(name) : Option.none()
    if (Option.isSome(member)) files.push({ member: member.value, path })
    else skipped.push(name)
  }
  const byMember = (a: MediaFile, b: MediaFile) => (a.member < b.member ? -1 : 1)
  return { files: files.toSorted(byMember), skipped: skipped.toSorted() }
}
