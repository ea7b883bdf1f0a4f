import { isObject } from "../../posts/Microformats.js"
import { addressBy } from "../AddressPattern.js"
import type { ArchiveSite, InheritedFields } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import { type ArchivePage, below, type Generator, isBelow, withoutExtension } from "../Generator.js"
import type { Place } from "../Place.js"
import { saysYes } from "../Truth.js"
import { baseOf, type Configuration, folder, folders, tableOf, textOf, textsOf, zoneOf } from "./Configured.js"

/** Named permalink styles (Jekyll, "Permalinks"). */
const styles: ReadonlyMap<string, string> = new Map([
  ["date", "/:categories/:year/:month/:day/:title:output_ext"],
  ["pretty", "/:categories/:year/:month/:day/:title/"],
  ["ordinal", "/:categories/:year/:y_day/:title:output_ext"],
  ["weekdate", "/:categories/:year/W:week/:short_day/:title:output_ext"],
  ["none", "/:categories/:title:output_ext"]
])

/** Folders that Jekyll excludes by default. */
const excluded = ["vendor", "node_modules", ".sass-cache", ".jekyll-cache", "gemfiles"]

const collectionsIn = (configuration: Configuration): Configuration => {
  const { collections } = configuration
  if (Array.isArray(collections)) return Object.fromEntries(collections.map((name) => [String(name), {}]))
  return isObject(collections) ? collections : {}
}

/** `defaults`: values for files below a path, or that match a pattern, and have a type. */
const defaultsIn = (configuration: Configuration, source: string): ReadonlyArray<InheritedFields> => {
  const { defaults } = configuration
  if (!Array.isArray(defaults)) return []
  return defaults.flatMap((entry: unknown): ReadonlyArray<InheritedFields> => {
    if (!isObject(entry) || !isObject(entry.values)) return []
    const scope = isObject(entry.scope) ? entry.scope : {}
    const path = [source, folder(textIn(scope.path))].filter((part) => part !== "").join("/")
    const type = textIn(scope.type)
    const typed = type === undefined || type === "pages" ? undefined : `**/_${type}/**`
    if (path.includes("*")) return [{ folder: "", glob: `{${path},${path}/**}`, fields: entry.values }]
    return [{ folder: path, ...(typed === undefined ? {} : { glob: typed }), fields: entry.values }]
  })
}

/** Reads `_config.yml`. */
export const jekyllSite = (configuration: Configuration, configuredBy: string | undefined): ArchiveSite => {
  const source = folder(textOf(configuration, "source"))
  const under = (path: string) => (source === "" ? path : `${source}/${path}`)
  return {
    generator: "jekyll",
    ...(configuredBy === undefined ? {} : { configuredBy }),
    contentFolders: [source],
    assetFolders: folders(source, under("assets")),
    ...baseOf(textOf(configuration, "url"), textOf(configuration, "baseurl")),
    ...zoneOf(textOf(configuration, "timezone")),
    inherited: defaultsIn(configuration, source),
    ignored: [...excluded, ...textsOf(configuration, "exclude")].map((path) => under(folder(path))),
    outputFolders: folders(textOf(configuration, "destination") ?? "_site", ".jekyll-cache"),
    configuration
  }
}

/** Converts a name as Jekyll does: other characters become hyphens; addresses of posts keep upper case. */
const slugified = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu, "-")
    .replace(/^-|-$/g, "")

const plainSlug = (text: string): string =>
  text
    .replace(/[^\p{M}\p{L}\p{Nd}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase()

/** Matches files in Jekyll's folders of posts at any depth. */
const postsFolder = /(?:^|\/)_(posts|drafts)\//

const datedName = /(?:^|\/)\d{2,4}-\d{1,2}-\d{1,2}-[^/]+$/

const categoriesOf = ({ categories, place }: ArchivePage): ReadonlyArray<string> => {
  const above = postsFolder.test(place.contentPath) ? (place.contentPath.split(postsFolder)[0] ?? "") : ""
  return [...new Set([...above.split("/").filter((part) => part !== ""), ...categories])]
}

const addressesOf = (page: ArchivePage, site: ArchiveSite): ReadonlyArray<string> => {
  const { date, name, place } = page
  const slug = textIn(page.fields.first("slug")?.value) ?? name
  const path = withoutExtension(place.contentPath)
  const parts = (categories: string) => ({
    title: slugified(slug),
    slug: plainSlug(slug),
    name: slugified(name),
    basename: name,
    path: place.collection === undefined ? path : path.slice(path.indexOf("/") + 1),
    collection: place.collection ?? "posts",
    categories,
    slugified_categories: categories,
    output_ext: ".html"
  })
  const collection = tableOf(collectionsIn(site.configuration), place.collection ?? "posts")
  const given =
    textIn(page.fields.first("permalink")?.value) ??
    textOf(collection, "permalink") ??
    (place.collection === undefined ? textOf(site.configuration, "permalink") : undefined)
  const standard = place.collection === undefined ? "date" : "/:collection/:path/"
  const pattern = place.isPage ? "/:path/" : (given ?? standard)
  const categories = categoriesOf(page)
  const lists = [categories.join("/").toLowerCase(), categories.map(plainSlug).join("/")]
  return [...new Set(lists)].flatMap((list) => addressBy(styles.get(pattern) ?? pattern, parts(list), date) ?? [])
}

const placeIn = (site: ArchiveSite) => {
  const [source = ""] = site.contentFolders
  const collections = collectionsIn(site.configuration)
  const collectionsFolder = folder(textOf(site.configuration, "collections_dir"))
  const included = new Set(textsOf(site.configuration, "include").map(folder))
  return (path: string): Place => {
    if (!isBelow(source, path)) return { kind: "held", reason: "template", why: "is outside the site's pages" }
    const contentPath = below(source, path)
    const posts = postsFolder.exec(contentPath)?.[1]
    if (posts === "drafts") {
      return { kind: "page", contentPath, isPage: false, withheld: { level: "draft", because: "folder _drafts" } }
    }
    if (posts === "posts") {
      if (datedName.test(contentPath)) return { kind: "page", contentPath, isPage: false }
      return {
        kind: "held",
        reason: "not_published",
        why: "is in _posts without a date in its name: Jekyll skips it"
      }
    }
    const inCollections = isBelow(collectionsFolder, contentPath) ? below(collectionsFolder, contentPath) : contentPath
    const name = /^_([^/]+)\//.exec(inCollections)?.[1]
    if (name !== undefined && Object.hasOwn(collections, name)) {
      return saysYes(tableOf(collections, name).output)
        ? { kind: "page", contentPath: inCollections, isPage: false, collection: name }
        : { kind: "held", reason: "not_published", why: "belongs to a collection that Jekyll does not render" }
    }
    const hidden = contentPath.split("/").some((part) => /^[_#]|~$/.test(part) && !included.has(part))
    return hidden
      ? { kind: "held", reason: "template", why: "is in a folder that Jekyll does not render" }
      : { kind: "page", contentPath, isPage: true }
  }
}

/** Jekyll, and Octopress before it (https://jekyllrb.com/docs/). */
export const jekyll: Generator = {
  name: "jekyll",
  read: (site) => ({ place: placeIn(site), addresses: (page) => addressesOf(page, site) })
}
