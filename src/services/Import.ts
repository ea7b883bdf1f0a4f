import { Context, type Effect } from "effect"
import type { GeneratorName } from "../domain/archive/ArchiveSite.js"
import type { HeldBackReason } from "../domain/archive/Place.js"
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

export type { HeldBackReason }

/** Files that share a reason. */
export interface FileGroup {
  /** A word for programs. */
  readonly reason: string
  /** For people, in a few words. */
  readonly why: string
  readonly count: number
  /** The first of them, below the directory, with `/`. */
  readonly files: ReadonlyArray<string>
}

/** What came in, and what did not. Lists hold the first 10,000 files; the counts count all. */
export interface ImportReport {
  readonly path: string
  readonly source: ImportSource
  /** The program whose site it is, where `source` is `markdown`. */
  readonly generator?: GeneratorName
  /** The file that says so, with the directory that it lies in. */
  readonly configuredBy?: string
  /** Nothing was taken in: this is what would be. */
  readonly dryRun: boolean
  readonly posts: {
    readonly stored: number
    readonly present: number
    /** Of those stored: how many the public does not see, or not yet. */
    readonly drafts: number
    readonly private: number
    readonly unlisted: number
    readonly scheduled: number
  }
  /** Media files, their renderings not counted. */
  readonly media: { readonly stored: number; readonly present: number }
  /** Files that could not be read or stored. One may stand several times in `brokenEntries`. */
  readonly broken: number
  readonly brokenEntries: ReadonlyArray<BrokenEntry>
  /** Files that may be posts, and wait for somebody to say so. */
  readonly heldBack: ReadonlyArray<FileGroup>
  /** Files that are no posts. */
  readonly passedOver: ReadonlyArray<FileGroup>
  /** Posts that came in as drafts, private or unlisted, by what made them so. */
  readonly notPublic: ReadonlyArray<FileGroup>
  /** What else there is to know of posts that came in. */
  readonly notes: ReadonlyArray<FileGroup>
  /** Links of posts that came in to what is not here; each of `files` is a file and the address that it links to. */
  readonly deadLinks: ReadonlyArray<FileGroup>
  /** Constructs of the old generator that nobody could resolve, in posts that came in. */
  readonly constructs: ReadonlyArray<FileGroup>
  /** References to files that are not here, or are not taken, in posts that came in: left out. Each of `files` names both. */
  readonly leftOut: ReadonlyArray<FileGroup>
  /** Posts that have another slug here than their file asks for. */
  readonly renamed: ReadonlyArray<{ readonly file: string; readonly from: string; readonly to: string }>
}

/** How an import is done. */
export interface ImportOptions {
  /** Take nothing in, and tell what would be. */
  readonly dryRun?: boolean
  /** Take posts in although pictures that they show are not there, or not taken: without the references to them. */
  readonly withoutMissingMedia?: boolean
  /** Further folders in which files lie that posts show. */
  readonly mediaFolders?: ReadonlyArray<string>
  /** Give posts without a date the time of their file. */
  readonly dateFromFile?: boolean
  /** Take in as drafts what is held back. */
  readonly heldBackAsDrafts?: boolean
  /** Notes of a vault that do not say whether they are public are. */
  readonly unmarkedIsPublic?: boolean
  readonly onProgress?: OnProgress
}

/** Brings in what was written elsewhere. */
export class Import extends Context.Tag("starpunk/Import")<
  Import,
  {
    /**
     * Takes in the posts and media of a directory, which is only read: an export of ours, a site of a known generator or
     * a folder of Markdown, or the data directory of StarPunk (Python). Nothing becomes public that its generator would
     * not have shown; what is doubtful is held back and named. What is broken is reported, and what is there already is
     * passed over, so that it can be repeated. Works in small transactions beside a running server; whenever it is broken
     * off, what came in is whole. Fails only where nothing can come in, or where there is no going on.
     */
    readonly from: (
      directory: string,
      options?: ImportOptions
    ) => Effect.Effect<ImportReport, ImportFailure | MediaFailure | DatabaseFailure>
  }
>() {}
