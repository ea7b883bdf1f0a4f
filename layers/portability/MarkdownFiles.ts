import { join } from "node:path"
import { Either } from "effect"
import { readPostFile } from "../../src/domain/PostFileReading.js"
import type { TimeZone } from "../../src/domain/TimeZone.js"
import type { Entry } from "./Entry.js"
import * as SourceFiles from "./SourceFiles.js"

/** The longest file that is taken for a post, in bytes: four times what the editor takes. */
const plainLimit = 4_194_304

/** Of an export: the same post, every character of it escaped. */
const exactLimit = 8 * plainLimit

const isMarkdown = (file: string) => /\.(?:md|markdown)$/i.test(file)

/** HTML is a post where it has front matter, as in Jekyll. */
const isPage = (file: string) => isMarkdown(file) || /\.html?$/i.test(file)

/** Hugo's `_index.md` describe sections. */
const isSection = (file: string) => /(?:^|\/)_index\.[^/]+$/.test(file)

/** The posts of a folder of Markdown files, or those below `posts` of an export. Times without a zone are of `zone`. */
export const markdownFiles = (
  root: string,
  exact: boolean,
  zone: TimeZone
): { readonly entries: ReadonlyArray<Entry>; readonly refused: SourceFiles.Listing["refused"] } => {
  const { files, refused } = SourceFiles.list(root, exact ? "posts" : "", exact ? isMarkdown : isPage)
  const entryOf = (file: string): Entry => ({
    file,
    read: () => {
      if (isSection(file)) return Either.right({ passedOver: "it describes a section" })
      return Either.flatMap(
        SourceFiles.readText(join(root, file), exact ? exactLimit : plainLimit),
        ({ modifiedAt, text }) =>
          Either.map(
            readPostFile(text, { path: file, modifiedAt, exact, zone }),
            (post) => post ?? { passedOver: "it has no front matter" }
          )
      )
    }
  })
  return { entries: files.map(entryOf), refused }
}
