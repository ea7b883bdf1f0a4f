import type { ArchiveSite } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import type { Generator, SiteReading } from "../Generator.js"
import type { Place } from "../Place.js"

const place = (path: string): Place => ({ kind: "page", contentPath: path, isPage: path.startsWith("pages/") })

const reading = (addresses: SiteReading["addresses"]): SiteReading => ({ place, addresses })

/** Returns whether a site is an export of another program that stores the address of each page. */
export const isExport = ({ generator }: ArchiveSite): boolean => generator === "wxr" || generator === "ghost"

/** An export of WordPress. It contains the address of each post. */
export const wxr: Generator = { name: "wxr", read: () => reading(() => []) }

/** An export of Ghost. The address of a post or page is its slug, unless the routes file of the site changes that. */
export const ghost: Generator = {
  name: "ghost",
  read: () =>
    reading(({ fields }) => {
      const slug = textIn(fields.first("slug")?.value)
      return slug === undefined ? [] : [`/${slug}/`]
    })
}
