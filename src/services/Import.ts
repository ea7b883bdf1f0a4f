import { Context, type Effect } from "effect"
import type { ArchiveSite, GeneratorName } from "../domain/archive/ArchiveSite.js"
import type { HeldBackReason } from "../domain/archive/Place.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { ImportFailure } from "../errors/Import.js"
import type { EntryFailure } from "../errors/ImportEntry.js"
import type { ImportFileFailure } from "../errors/ImportFile.js"
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
    /** How many of the stored posts are pages of the site. */
    readonly pages: number
  }
  /** Addresses of the old site that lead to stored posts. */
  readonly oldAddresses: number
  /** Number of media files, without their renderings. */
  readonly media: { readonly stored: number; readonly present: number }
  /** Media that an export names by their address on the old site and does not contain. */
  readonly remote: RemoteMedia
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

/** Media that are still on the old site. Each address counts once. */
export interface RemoteMedia {
  /** Media that are not here yet; without `fetchMedia` they stay where they are. */
  readonly named: number
  readonly fetched: number
  /** Media that could not be fetched and stay where they are. */
  readonly failed: number
  /** The hosts that have them, at most ten. */
  readonly hosts: ReadonlyArray<string>
  /** The export does not say where the old site is, so that `oldSite` is needed to fetch them. */
  readonly isPlaceUnknown: boolean
}

/** A file that was unpacked or converted. It can be imported as long as its workspace exists. */
export interface PreparedImport {
  /** Name of the file. */
  readonly name: string
  /** The folder with its content. */
  readonly folder: string
  /** The top of the unpacked content; files outside of it do not belong to the import. */
  readonly top: string
  /** The old site, if the file is an export of a program that was converted. */
  readonly site?: ArchiveSite
  /** Further folders that hold files which posts show. */
  readonly mediaFolders: ReadonlyArray<string>
  /** Entries of the export that are no posts. */
  readonly passed: ReadonlyArray<{ readonly file: string; readonly why: string }>
}

/** A file from outside, and where it is unpacked. */
export interface PrepareOptions {
  readonly file: string
  /** The name of the file on its owner's device. */
  readonly name: string
  /** An empty directory for this file alone, which the caller removes. */
  readonly workspace: string
  /** Maximum bytes of its unpacked content. */
  readonly maxBytes: number
  readonly onProgress: OnProgress
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
  /** Fetch media that an export names only by their address on the old site. Otherwise they stay there. */
  readonly fetchMedia?: boolean
  /** Address of the old site, if its export does not say it: `https://old.example`. */
  readonly oldSite?: string
  readonly onProgress?: OnProgress
}

/** Imports content that was written elsewhere. */
export class Import extends Context.Tag("starpunk/Import")<
  Import,
  {
    /**
     * Imports the posts and media of a directory or a file: an export of this program, a site of a known generator, a
     * folder of Markdown, the data directory of StarPunk (Python), or an export of WordPress or Ghost. The source is
     * only read. Publishes only what its generator would have published; doubtful files are held back and reported.
     * Broken files are reported and existing posts are skipped, so that an import can be repeated. Works in small
     * transactions beside a running server; after an interruption, everything that was imported is complete. Fails only
     * if nothing can be imported, or if it cannot continue.
     */
    readonly from: (
      source: string | PreparedImport,
      options?: ImportOptions
    ) => Effect.Effect<ImportReport, ImportFailure | MediaFailure | DatabaseFailure>
    /**
     * Unpacks or converts a file in its workspace: a zip file, a WordPress export, a Ghost export or Markdown. Refuses
     * files that are not safe to unpack. Imports nothing.
     */
    readonly prepare: (options: PrepareOptions) => Effect.Effect<PreparedImport, ImportFileFailure>
  }
>() {}
