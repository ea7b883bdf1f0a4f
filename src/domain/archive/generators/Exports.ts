import type { ArchiveSite } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import type { Generator, SiteReading } from "../Generator.js"
import type { Place } from "../Place.js"

const place = (path: string): Place => ({ kind: "page", contentPath: path, isPage: path.startsWith("pages/") })

const reading = (addresses: SiteReading["addresses"]): SiteReading => ({ place, addresses })

/** Returns whether a site is an export of a program whose pages are pages here as well, at an address of their own. */
export const isExport = ({ generator }: ArchiveSite): boolean => generator === "wxr" || generator === "ghost"

/** An export of WordPress, which names the address of each post. */
export const wxr: Generator = { name: "wxr", read: () => reading(() => []) }

/** An export of Ghost, whose posts and pages are at their names unless its routes say otherwise. */
export const ghost: Generator = {
  name: "ghost",
  read: () =>
    reading(({ fields }) => {
      const slug = textIn(fields.first("slug")?.value)
      return slug === undefined ? [] : [`/${slug}/`]
    })
}
