import { isObject } from "../../posts/Microformats.js"
import { addressBy } from "../AddressPattern.js"
import type { ArchiveSite, InheritedFields } from "../ArchiveSite.js"
import { listIn, textIn } from "../Fields.js"
import { type ArchivePage, below, folderOf, type Generator, isBelow, outside, withoutExtension } from "../Generator.js"
import type { Place } from "../Place.js"
import { saysYes } from "../Truth.js"
import { baseOf, type Configuration, folder, folders, tableOf, textOf, textsOf, zoneOf } from "./Configured.js"

/** Lower-cases all names, because Hugo ignores their case. */
const lowered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lowered)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), lowered(inner)]))
}

const tables = (value: unknown): ReadonlyArray<Configuration> => listIn(value).filter(isObject)

/** Folders that the configuration of modules mounts as content. */
const mountedContent = (configuration: Configuration): ReadonlyArray<string | undefined> =>
  tables(tableOf(configuration, "module").mounts)
    .filter(({ target }) => folder(textIn(target)).split("/")[0] === "content")
    .map(({ source }) => textIn(source))

/** Fields that a `cascade` gives to pages below a folder, or to those that its targets name. */
export const cascadeBelow = (section: string, content: string, cascade: unknown): ReadonlyArray<InheritedFields> =>
  tables(cascade).map((entry): InheritedFields => {
    const { _target, params, target, ...fields } = entry
    const targets = tables(target ?? _target)
    const paths = targets.flatMap((wanted) => textIn(wanted.path) ?? [])
    const globs = paths.map((path) => `${content === "" ? "" : `${content}/`}${folder(path).replace(/\*\*$/, "**")}`)
    const withBodies = globs.flatMap((glob) => [glob, `${glob}.*`, `${glob}/index.*`, `${glob}/*`])
    return {
      folder: section,
      ...(globs.length === 0 ? {} : { glob: `{${withBodies.join(",")}}` }),
      fields: isObject(params) ? { params, ...fields } : fields
    }
  })

/** Reads Hugo's configuration, from `hugo.toml` or merged from the files of `config/_default`. */
export const hugoSite = (given: Configuration, configuredBy: string | undefined): ArchiveSite => {
  const read = lowered(given)
  const configuration = isObject(read) ? read : {}
  const languages = Object.values(tableOf(configuration, "languages")).filter(isObject)
  const contentFolders = folders(
    textOf(configuration, "contentdir") ?? "content",
    ...languages.map((language) => textOf(language, "contentdir")).filter((text) => text !== undefined),
    ...mountedContent(configuration).filter((text) => text !== undefined)
  )
  const [content = ""] = contentFolders
  return {
    generator: "hugo",
    ...(configuredBy === undefined ? {} : { configuredBy }),
    contentFolders,
    assetFolders: folders(
      ...(textsOf(configuration, "staticdir").length === 0 ? ["static"] : textsOf(configuration, "staticdir")),
      "assets"
    ),
    ...baseOf(textOf(configuration, "baseurl")),
    ...zoneOf(textOf(configuration, "timezone")),
    inherited: cascadeBelow("", content, configuration.cascade),
    ignored: [],
    outputFolders: folders(textOf(configuration, "publishdir") ?? "public", "resources/_gen"),
    configuration
  }
}

/** Converts a name as Hugo does for addresses. */
const urlized = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, "-")
    .replace(/[^\p{L}\p{M}\p{N}._\-#+/~]/gu, "")
    .replace(/-{2,}/g, "-")

/** A file's path without its language code, and the language. */
const languageOf = (path: string, site: ArchiveSite): { readonly path: string; readonly language?: string } => {
  const languages = tableOf(site.configuration, "languages")
  const plain = withoutExtension(path)
  const code = /\.([^./]+)$/.exec(plain)?.[1]
  return code !== undefined && Object.hasOwn(languages, code.toLowerCase())
    ? { path: withoutExtension(plain), language: code.toLowerCase() }
    : { path: plain }
}

/** The permalink pattern of a section, or of all (`permalinks.page` since 0.131, `permalinks` before). */
const patternFor = (site: ArchiveSite, section: string): string | undefined => {
  const permalinks = tableOf(site.configuration, "permalinks")
  const pages = tableOf(permalinks, "page")
  return textOf(pages, section) ?? textOf(permalinks, section) ?? textOf(pages, "/") ?? textOf(permalinks, "/")
}

const addressesOf = (page: ArchivePage, site: ArchiveSite): ReadonlyArray<string> => {
  const { path, language } = languageOf(page.place.contentPath, site)
  const isBundle = /(?:^|\/)index$/.test(path)
  const plain = isBundle ? folderOf(path) : path
  const sections = folderOf(plain)
    .split("/")
    .filter((part) => part !== "")
  const fileName = plain.split("/").at(-1) ?? ""
  const slug = textIn(page.fields.first("slug")?.value)
  const standard = textOf(site.configuration, "defaultcontentlanguage") ?? "en"
  const inSubfolder = saysYes(site.configuration.defaultcontentlanguageinsubdir)
  const prefix = language === undefined || (language === standard && !inSubfolder) ? "" : `/${language}`
  const url = textIn(page.fields.first("url")?.value)
  const parts = {
    section: urlized(sections[0] ?? ""),
    sections: sections.map(urlized).join("/"),
    title: urlized(page.title ?? fileName),
    slug: urlized(slug ?? page.title ?? fileName),
    slugorfilename: urlized(slug ?? fileName),
    slugorcontentbasename: urlized(slug ?? fileName),
    filename: urlized(fileName),
    contentbasename: urlized(fileName)
  }
  const pattern = patternFor(site, sections[0] ?? "")
  const byPath = `/${[...sections, slug ?? fileName].map(urlized).join("/")}/`
  const given = url === undefined || /^https?:/i.test(url) ? undefined : addressBy(url, parts, page.date)
  return [given, pattern === undefined ? undefined : addressBy(pattern, parts, page.date), byPath].flatMap((address) =>
    address === undefined ? [] : [`${prefix}${address}`]
  )
}

const readSite = (site: ArchiveSite, files: ReadonlyArray<string>) => {
  /** Folders that are a page bundle. */
  const bundles = new Set(
    files.filter((file) => /(?:^|\/)index(?:\.[^./]+)?\.[^./]+$/.test(file)).map((file) => folderOf(file))
  )
  const ignores = textsOf(site.configuration, "ignorefiles").flatMap((pattern) => {
    try {
      return [new RegExp(pattern)]
    } catch {
      return []
    }
  })
  const isResource = (path: string): boolean => {
    let folder = folderOf(path)
    const isIndex = /(?:^|\/)index(?:\.[^./]+)?\.[^./]+$/.test(path)
    if (bundles.has(folder)) return !isIndex
    while (folder !== "") {
      folder = folderOf(folder)
      if (folder !== "" && bundles.has(folder)) return true
    }
    return false
  }
  return (path: string): Place => {
    const content = site.contentFolders.find((folder) => isBelow(folder, path))
    if (content === undefined) return outside
    const contentPath = below(content, path)
    if (/(?:^|\/)_index\.[^/]+$/.test(contentPath)) return { kind: "passed", why: "describes a section" }
    if (ignores.some((pattern) => pattern.test(path))) {
      return { kind: "held", reason: "not_published", why: "is excluded by ignoreFiles" }
    }
    // A bundle at the root would make all files of the site its resources.
    if (folderOf(contentPath) !== "" && isResource(path)) {
      return { kind: "held", reason: "not_published", why: "belongs to another page: Hugo does not render it" }
    }
    const [section = ""] = folderOf(contentPath).split("/")
    return { kind: "page", contentPath, isPage: false, collection: section }
  }
}

/** Hugo (https://gohugo.io/documentation/). */
export const hugo: Generator = {
  name: "hugo",
  read: (site, files) => ({ place: readSite(site, files), addresses: (page) => addressesOf(page, site) })
}
