import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import type { ImportFileFailure } from "./ImportFile.js"
import { operatorOnly } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

const unusable = (
  path: string,
  detail: string
): Record<ImportSourceUnusable["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  missing: { details: `${path} does not exist`, steps: [`\`ls -d '${path}'\`: check that the path is right`] },
  not_a_directory: {
    details: `${path} is not a directory`,
    steps: [
      "Give a directory to `starpunk import`: an export, a folder of Markdown files, or the data directory of StarPunk (Python)",
      "To restore an archive made by `starpunk backup`, run `starpunk restore FILE`"
    ]
  },
  denied: {
    details: `${path} cannot be read (${detail})`,
    steps: [`\`ls -ld '${path}'\`: the user that runs the command must be able to read it`]
  },
  empty: { details: `${path} is empty`, steps: [`\`ls -la '${path}'\`: check that it is the right directory`] },
  no_posts: {
    details: `${path} contains no file that could be a post (${detail})`,
    steps: [
      "Give the root of the old site or its folder of posts. Supported: sites of Jekyll, Hugo, Zola, Eleventy, Astro and Hexo, Obsidian vaults and folders of Markdown files",
      "A post is a Markdown file with front matter (`title`, `date`) between lines of `---` or `+++`, or with its date in the file name"
    ]
  },
  own_data: {
    details: `${path} is the data directory of this StarPunk, not of StarPunk (Python)`,
    steps: [
      "To create an importable directory, run `starpunk export DIR` with that site's settings",
      "To move a whole site including its logins, use `starpunk backup FILE` and `starpunk restore FILE`"
    ]
  },
  manifest: {
    details: `starpunk-export.json in ${path} cannot be read: ${detail}`,
    steps: [
      "Repeat the export, or copy it again",
      "Without that file, StarPunk reads the directory as a folder of Markdown files. The posts stay complete; media are then found by their addresses"
    ]
  },
  database: {
    details: `The database of StarPunk (Python) in ${path} cannot be read: ${detail}`,
    steps: [
      "Stop the old server, and copy the whole data directory again, `starpunk.db-wal` included",
      `Work on a copy: \`sqlite3 COPY 'PRAGMA integrity_check'\` reports the damage`
    ]
  },
  io: { details: `${path} cannot be read (${detail})`, steps: ["Check the disk: `dmesg` shows its errors"] }
})

/** The given path is not a source of an import. */
export class ImportSourceUnusable extends TaggedFailure<ImportSourceUnusable>()(
  "ImportSourceUnusable",
  {
    path: Schema.String,
    reason: Schema.Literal(
      "missing",
      "not_a_directory",
      "denied",
      "empty",
      "no_posts",
      "own_data",
      "manifest",
      "database",
      "io"
    ),
    detail: Schema.String
  },
  { path: "old-blog", reason: "no_posts", detail: "2 other files" }
) {
  get info(): ErrorInfo {
    const { detail, path, reason } = this
    return {
      ...operatorOnly,
      code: "import.source_unusable",
      message: "The import could not start",
      operator: {
        details: unusable(path, detail)[reason].details,
        troubleshooting: unusable(path, detail)[reason].steps
      }
    }
  }
}

/** A newer version made the export, in a format that this version does not know. */
export class ImportTooNew extends TaggedFailure<ImportTooNew>()(
  "ImportTooNew",
  {
    path: Schema.String,
    found: Schema.Number,
    known: Schema.Number,
    writtenBy: Schema.String
  },
  { path: "export", found: 2, known: 1, writtenBy: "3.0.0" }
) {
  get info(): ErrorInfo {
    const { found, known, path, writtenBy } = this
    return {
      ...operatorOnly,
      code: "import.too_new",
      message: "The import could not start",
      operator: {
        details: `${path} was exported in format ${found} by StarPunk ${writtenBy}; this version supports ${known}`,
        troubleshooting: [`Import it with StarPunk ${writtenBy} or newer`]
      }
    }
  }
}

/** Failures of an import before its first file. */
export type ImportFailure = ImportSourceUnusable | ImportTooNew | ImportFileFailure
