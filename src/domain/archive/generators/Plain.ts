import { addressBy } from "../AddressPattern.js"
import { textIn } from "../Fields.js"
import { type ArchivePage, folderOf, type Generator, withoutExtension } from "../Generator.js"
import type { Place } from "../Place.js"

/** Folders of templates, by the names that generators give them. */
const templates: ReadonlySet<string> = new Set([
  ...[
    "_layouts",
    "_includes",
    "_templates",
    "_data",
    "_sass",
    "_plugins",
    "layouts",
    "includes",
    "templates",
    "partials"
  ],
  ...["archetypes", "scaffolds", "themes", "vendor", "bower_components", "shortcodes", "components", "exampleSite"]
])

const place = (path: string): Place => {
  if (/(?:^|\/)_index\.[^/]+$/.test(path)) return { kind: "passed", why: "describes a section" }
  const folder = path
    .split("/")
    .slice(0, -1)
    .find((name) => templates.has(name))
  if (folder !== undefined) return { kind: "held", reason: "template", why: "is in a folder of templates" }
  const isWordPressPage = /(?:^|\/)pages?\//i.test(path)
  return { kind: "page", contentPath: path, isPage: isWordPressPage }
}

const pathsOf = (page: ArchivePage): ReadonlyArray<string> => {
  const path = withoutExtension(page.place.contentPath).replace(/(?:^|\/)index$/, "")
  const parent = folderOf(path)
  return [`/${path}/`, `/${parent === "" ? "" : `${parent}/`}${page.name}/`]
}

/** A folder of Markdown, whose files link to one another by path. */
export const plain: Generator = { name: "markdown", read: () => ({ place, addresses: pathsOf }) }

/** Permalink patterns that WordPress offers (Settings, Permalinks). */
const patterns = ["/:year/:month/:day/:slug/", "/:year/:month/:slug/", "/:slug/"]

/** Output of a converter of a WordPress site, whose addresses contain dates and names. */
export const wordpress: Generator = {
  name: "wordpress",
  read: () => ({
    place,
    addresses: (page) => {
      const slug = textIn(page.fields.first("slug")?.value) ?? page.name
      return [...patterns.flatMap((pattern) => addressBy(pattern, { slug }, page.date) ?? []), ...pathsOf(page)]
    }
  })
}
