import type { ArchiveDate } from "./ArchiveDate.js"
import type { ArchiveSite, GeneratorName } from "./ArchiveSite.js"
import type { Fields } from "./Fields.js"
import type { PagePlace, Place } from "./Place.js"

/** A page of a site, as far as its addresses there depend on it. */
export interface ArchivePage {
  /** Below the root of the site. */
  readonly path: string
  readonly place: PagePlace
  /** The name of its file, or of its folder where the file is an index, without extension, language and date. */
  readonly name: string
  readonly fields: Fields
  readonly date?: ArchiveDate
  readonly title?: string
  readonly categories: ReadonlyArray<string>
}

/** The reading of one site by the rules of its generator. */
export interface SiteReading {
  /** Where a file stands, by its path below the root of the site. */
  readonly place: (path: string) => Place
  /** Under which addresses the generator shows a page, the first being the one that it links to: without the base path. */
  readonly addresses: (page: ArchivePage) => ReadonlyArray<string>
}

/** What a program makes of the files of a site. */
export interface Generator {
  readonly name: GeneratorName
  /** Reads a site; `files` are the paths of all files that may be pages. */
  readonly read: (site: ArchiveSite, files: ReadonlyArray<string>) => SiteReading
}

/** Whether a path lies in a folder; every path lies in `""`. */
export const isBelow = (folder: string, path: string): boolean => folder === "" || path.startsWith(`${folder}/`)

/** A path without the folder that it lies in. */
export const below = (folder: string, path: string): string => (folder === "" ? path : path.slice(folder.length + 1))

/** The folder that a path lies in; `""` at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")))

/** A path without the extension of its file. */
export const withoutExtension = (path: string): string => path.replace(/\.[^./]+$/, "")

/** What stands outside of the folders of pages. */
export const outside: Place = { kind: "held", reason: "template", why: "lies outside of the site's pages" }
