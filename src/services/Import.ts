import { Context, type Effect } from "effect"
import type { GeneratorName } from "../domain/archive/ArchiveSite.js"
import type { HeldBackReason } from "../domain/archive/Place.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { ImportFailure } from "../errors/Import.js"
import type { EntryFailure } from "../errors/ImportEntry.js"
import type { MediaFailure } from "../errors/Media.js"
import type { OnProgress } from "./Backup.js"

/** Kind of a directory: an export of this program, a folder of Markdown, or the data of StarPunk (Python). */
export type ImportSource = "export" | "markdown" | "starpunk_python"

/** A file that was not imported, and why. */
export interface BrokenEntry {
  /** Relative to the directory, with `/`. */
  readonly file: string
  readonly failure: EntryFailure | MediaFailure
}

export type { HeldBackReason }

/** Files with the same reason. */
export interface FileGroup {
  /** Machine-readable. */
  readonly reason: string
  /** A few words for people. */
  readonly why: string
  readonly count: number
  /** The first of them, relative to the directory, with `/`. */
  readonly files: ReadonlyArray<string>
}

/** Report on imported and refused files. Lists hold the first 10,000 files; counts include all. */
export interface ImportReport {
  readonly path: string
  readonly source: ImportSource
  /** The program that generated the site, if `source` is `markdown`. */
  readonly generator?: GeneratorName
  /** The configuration file from which the generator was recognized, with its directory. */
  readonly configuredBy?: string
  /** Nothing was imported: the report says what would be. */
  readonly dryRun: boolean
  readonly posts: {
    readonly stored: number
    readonly present: number
    /** How many of the stored posts the public does not see, or not yet. */
    readonly drafts: number
    readonly private: number
    readonly unlisted: number
    readonly scheduled: number
  }
  /** Number of media files, without their renderings. */
  readonly media: { readonly stored: number; readonly present: number }
  /** Files that could not be read or stored. A file may appear several times in `brokenEntries`. */
  readonly broken: number
  readonly brokenEntries: ReadonlyArray<BrokenEntry>
  /** Files that may be posts and need the operator's decision. */
  readonly heldBack: ReadonlyArray<FileGroup>
  /** Files that are not posts. */
  readonly passedOver: ReadonlyArray<FileGroup>
  /** Posts that were imported as drafts, private or unlisted, by reason. */
  readonly notPublic: ReadonlyArray<FileGroup>
  /** Remarks on imported posts. */
  readonly notes: ReadonlyArray<FileGroup>
  /**
   * Links in imported posts whose targets were not imported; each of `files` is a file and the address that it links
   * to.
   */
  readonly deadLinks: ReadonlyArray<FileGroup>
  /** Constructs of the old generator in imported posts that could not be resolved. */
  readonly constructs: ReadonlyArray<FileGroup>
  /**
   * References in imported posts to files that are missing or were not imported. They were removed. Each of `files`
   * names the post's file and the reference.
   */
  readonly leftOut: ReadonlyArray<FileGroup>
  /** Posts whose slug here differs from the one in their file. */
  readonly renamed: ReadonlyArray<{ readonly file: string; readonly from: string; readonly to: string }>
}

/** Options of an import. */
export interface ImportOptions {
  /** Import nothing, and report what would be imported. */
  readonly dryRun?: boolean
  /** Import posts although pictures that they show are missing or were not imported, without the references to them. */
  readonly withoutMissingMedia?: boolean
  /** Further folders that hold files which posts show. */
  readonly mediaFolders?: ReadonlyArray<string>
  /** Give posts without a date the modification time of their file. */
  readonly dateFromFile?: boolean
  /** Import files that are held back as drafts. */
  readonly heldBackAsDrafts?: boolean
  /** Treat notes of a vault that do not say whether they are public as public. */
  readonly unmarkedIsPublic?: boolean
  readonly onProgress?: OnProgress
}

/** Imports content that was written elsewhere. */
export class Import extends Context.Tag("starpunk/Import")<
  Import,
  {
    /**
     * Imports the posts and media of a directory, which is only read: an export of this program, a site of a known
     * generator, a folder of Markdown, or the data directory of StarPunk (Python). Publishes nothing that its generator
     * would not have shown; doubtful files are held back and reported. Broken files are reported and existing posts are
     * skipped, so that an import can be repeated. Works in small transactions beside a running server; after an
     * interruption, everything that was imported is complete. Fails only if nothing can be imported, or if it cannot
     * continue.
     */
    readonly from: (
      directory: string,
      options?: ImportOptions
    ) => Effect.Effect<ImportReport, ImportFailure | MediaFailure | DatabaseFailure>
  }
>() {}
