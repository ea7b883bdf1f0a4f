import type { ArchiveDate } from "./ArchiveDate.js"
import type { ArchiveSite, GeneratorName } from "./ArchiveSite.js"
import type { Fields } from "./Fields.js"
import type { PagePlace, Place } from "./Place.js"

/** A page of a site, with what its addresses depend on. */
export interface ArchivePage {
  /** Relative to the root of the site. */
  readonly path: string
  readonly place: PagePlace
  /** Name of its file, or of its folder if the file is an index, without extension, language and date. */
  readonly name: string
  readonly fields: Fields
  readonly date?: ArchiveDate
  readonly title?: string
  readonly categories: ReadonlyArray<string>
}

/** Reads one site by the rules of its generator. */
export interface SiteReading {
  /** Returns the place of a file, by its path relative to the root of the site. */
  readonly place: (path: string) => Place
  /** Returns the addresses of a page without the base path; the generator links to the first. */
  readonly addresses: (page: ArchivePage) => ReadonlyArray<string>
}

/** A static site generator. */
export interface Generator {
  readonly name: GeneratorName
  /** Prepares the reading of a site; `files` are the paths of all files that may be pages. */
  readonly read: (site: ArchiveSite, files: ReadonlyArray<string>) => SiteReading
}

/** Returns whether a path is in a folder; every path is in `""`. */
export const isBelow = (folder: string, path: string): boolean => folder === "" || path.startsWith(`${folder}/`)

/** A path relative to a folder that contains it. */
export const below = (folder: string, path: string): string => (folder === "" ? path : path.slice(folder.length + 1))

/** The folder of a path; `""` at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")))

/** A path without the extension of its file. */
export const withoutExtension = (path: string): string => path.replace(/\.[^./]+$/, "")

/** The place of files outside of the content folders. */
export const outside: Place = { kind: "held", reason: "template", why: "is outside the site's pages" }
