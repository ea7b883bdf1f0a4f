import type { TimeZone } from "../TimeZone.js"
import type { ArchiveSite } from "./ArchiveSite.js"
import type { Fields } from "./Fields.js"
import type { HeldBack } from "./FileReading.js"
import type { SiteReading } from "./Generator.js"
import type { HeldBackReason, PagePlace } from "./Place.js"

export interface ArchiveFile {
  /** Path relative to the root of the site, with `/`. */
  readonly path: string
  readonly text: string
  /** Epoch milliseconds. */
  readonly modifiedAt: number
}

/** Rules by which the files of a site are read. */
export interface ArchiveRules {
  readonly site: ArchiveSite
  readonly reading: SiteReading
  /** Fields that folders and the configuration give to a file, the nearest first. */
  readonly inherited: (path: string) => ReadonlyArray<{ readonly [name: string]: unknown }>
  /** Whether the generator is configured to ignore a file. */
  readonly isIgnored: (path: string) => boolean
  /** Time zone of times without one: that of the imported site, or this site's. */
  readonly zone: TimeZone
  /** Current time in epoch milliseconds; later posts are scheduled. */
  readonly now: number
  readonly dateFromFile: boolean
  readonly heldBackAsDrafts: boolean
  readonly unmarkedIsPublic: boolean
}

export const held = (heldBack: HeldBackReason, why: string): HeldBack => ({ heldBack, why })

export const isHtmlFile = (path: string): boolean => /\.x?html?$/i.test(path)

/** A page, parsed but not yet a post. */
export interface Page {
  readonly file: ArchiveFile
  readonly place: PagePlace
  readonly fields: Fields
  readonly body: string
  readonly hasFrontMatter: boolean
}
