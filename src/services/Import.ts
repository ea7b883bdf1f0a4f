import { Context, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { MediaFailure } from "../errors/failure/Media.js"
import type { EntryFailure, ImportFailure } from "../errors/failure/Portability.js"
import type { OnProgress } from "./Backup.js"

/** What a directory turned out to be: an export of ours, a folder of Markdown, or the data of StarPunk (Python). */
export type ImportSource = "export" | "markdown" | "starpunk_python"

/** Something that did not come in. */
export interface BrokenEntry {
  /** Below the directory, with `/`. */
  readonly file: string
  readonly failure: EntryFailure | MediaFailure
}

/** What came in, and what did not. Lists hold the first 10,000; the counts count all. */
export interface ImportReport {
  readonly path: string
  readonly source: ImportSource
  /** Nothing was taken in: this is what would be. */
  readonly dryRun: boolean
  readonly posts: { readonly stored: number; readonly present: number }
  /** Media files, their renderings not counted. */
  readonly media: { readonly stored: number; readonly present: number }
  readonly broken: number
  readonly brokenEntries: ReadonlyArray<BrokenEntry>
  /** Files that are no posts, with the reason in a few words. */
  readonly passedOver: number
  readonly passedOverFiles: ReadonlyArray<{ readonly file: string; readonly why: string }>
  /** Posts whose slug no address can have, and what they are called now. */
  readonly renamed: ReadonlyArray<{ readonly file: string; readonly from: string; readonly to: string }>
}

/** How an import is done. */
export interface ImportOptions {
  /** Take nothing in, and tell what would be. */
  readonly dryRun?: boolean
  /** Take posts in although pictures that they show are not there. */
  readonly withoutMissingMedia?: boolean
  readonly onProgress?: OnProgress
}

/** Brings in what was written elsewhere. */
export class Import extends Context.Tag("starpunk/Import")<
  Import,
  {
    /**
     * Takes in the posts and media of a directory, which is only read: an export of ours, a folder of Markdown with front
     * matter, or the data directory of StarPunk (Python). What is good comes in, what is broken is told, and what is
     * there already is passed over, so that it can be repeated until nothing is broken. Works in small transactions
     * beside a running server; whenever it is broken off, what came in is whole. Fails only where nothing can come in, or
     * where there is no going on.
     */
    readonly from: (
      directory: string,
      options?: ImportOptions
    ) => Effect.Effect<ImportReport, ImportFailure | MediaFailure | DatabaseFailure>
  }
>() {}
