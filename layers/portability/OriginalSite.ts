import { realpathSync, statSync } from "node:fs"
import { basename, join, relative, sep } from "node:path"
import { Either } from "effect"
import { type OriginalNote, readOriginalNote } from "../../src/domain/archive/OriginalNote.js"
import { readPostFile } from "../../src/domain/archive/PostFileReading.js"
import { ImportFileUnreadable } from "../../src/errors/ImportEntry.js"
import { kindOfDatabase, usualName } from "../sqlite/file/DatabaseName.js"
import type { Entry } from "./Entry.js"
import * as SourceFiles from "./SourceFiles.js"

/** Maximum size of a note in bytes. */
const noteLimit = 4_194_304

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Path of the database in a data directory of StarPunk (Python); `undefined` if there is none. */
export const originalDatabase = (directory: string): string | undefined => {
  const path = join(directory, usualName)
  return kindOfDatabase(path) === "other" ? path : undefined
}

/** Returns whether a directory is the data directory of this program. */
export const isOurData = (directory: string): boolean => kindOfDatabase(join(directory, usualName)) === "ours"

const isNote = (file: string) => /\.md$/i.test(file)

/**
 * The notes of StarPunk (Python): those in its database, and note files that are not in it, which it did not show and
 * which become drafts. Versions stored the path of a note's file relative to different directories, so several are
 * tried, and finally its name.
 */
export const originalNotes = (
  root: string,
  notes: ReadonlyArray<OriginalNote>
): { readonly entries: Iterable<Entry>; readonly refused: SourceFiles.Listing["refused"] } => {
  const { files, refused } = isDirectory(join(root, "notes"))
    ? SourceFiles.list(root, "notes", isNote)
    : { files: [], refused: [] }
  const byName = new Map(files.map((file) => [basename(file), file]))
  const claimed = new Set<string>()

  const locate = ({ filePath, slug }: OriginalNote): string | undefined => {
    const segments = filePath.split(/[/\\]+/).filter((segment) => segment !== "" && segment !== ".")
    const places = segments.flatMap((_, skipped) => {
      const rest = segments.slice(skipped)
      return [join(root, ...rest), join(root, "notes", ...rest)]
    })
    const place = places.find((candidate) => SourceFiles.isInside(root, candidate) && isFile(candidate))
    if (place === undefined) return byName.get(`${slug}.md`)
    return relative(root, realpathSync(place)).split(sep).join("/")
  }

  const noteEntry = (note: OriginalNote): Entry => {
    const found = locate(note)
    if (found !== undefined) claimed.add(found)
    return {
      file: found ?? note.filePath,
      read: () => {
        if (found === undefined) {
          return note.deletedAt === null
            ? Either.left(new ImportFileUnreadable({ reason: "missing", detail: "the database already has this note" }))
            : Either.right({ passedOver: "the note and its file were deleted" })
        }
        if (found.startsWith("../")) return Either.left(new ImportFileUnreadable({ reason: "outside", detail: "" }))
        return Either.flatMap(SourceFiles.readText(join(root, found), noteLimit), ({ text }) =>
          readOriginalNote(note, text)
        )
      }
    }
  }

  const strayEntry = (file: string): Entry => ({
    file,
    read: () =>
      Either.flatMap(SourceFiles.readText(join(root, file), noteLimit), ({ modifiedAt, text }) =>
        Either.map(
          Either.orElse(
            readPostFile(text.startsWith("---") ? text : `---\n---\n${text}`, { path: file, modifiedAt, exact: false }),
            () => readPostFile(`---\n---\n${text}`, { path: file, modifiedAt, exact: false })
          ),
          (read) =>
            read === undefined
              ? { passedOver: "it is empty" }
              : { ...read, post: { ...read.post, status: "draft" as const } }
        )
      )
  })

  function* entries(): Generator<Entry> {
    for (const note of notes) yield noteEntry(note)
    for (const file of files) if (!claimed.has(file)) yield strayEntry(file)
  }

  return { entries: { [Symbol.iterator]: entries }, refused }
}
