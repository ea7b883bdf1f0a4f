import { join } from "node:path"
import { Either } from "effect"
import { readPostFile } from "../../src/domain/archive/PostFileReading.js"
import type { Entry } from "./Entry.js"
import * as SourceFiles from "./SourceFiles.js"

/** Maximum size of a file in bytes: the longest post of the editor with every character escaped. */
const limit = 33_554_432

/** Posts below `posts` of an export. */
export const exportedPosts = (
  root: string
): { readonly entries: ReadonlyArray<Entry>; readonly refused: SourceFiles.Listing["refused"] } => {
  const { files, refused } = SourceFiles.list(root, "posts", (file) => /\.(?:md|markdown)$/i.test(file))
  const entryOf = (file: string): Entry => ({
    file,
    read: () =>
      Either.flatMap(SourceFiles.readText(join(root, file), limit), ({ modifiedAt, text }) =>
        Either.map(
          readPostFile(text, { path: file, modifiedAt, exact: true }),
          (post) => post ?? { passedOver: "has no front matter" }
        )
      )
  })
  return { entries: files.map(entryOf), refused }
}
