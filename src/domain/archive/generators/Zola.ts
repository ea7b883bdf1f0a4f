import type { ArchiveSite } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import { type ArchivePage, below, folderOf, type Generator, isBelow, outside, withoutExtension } from "../Generator.js"
import { baseOf, type Configuration, folders, tableOf, textOf, textsOf } from "./Configured.js"

/** Reads `config.toml` or `zola.toml`. */
export const zolaSite = (configuration: Configuration, configuredBy: string | undefined): ArchiveSite => ({
  generator: "zola",
  ...(configuredBy === undefined ? {} : { configuredBy }),
  contentFolders: ["content"],
  assetFolders: ["static"],
  ...baseOf(textOf(configuration, "base_url")),
  inherited: [],
  ignored: textsOf(configuration, "ignored_content").map((glob) => `content/**/${glob.replace(/^\/+/, "")}`),
  outputFolders: folders(textOf(configuration, "output_dir") ?? "public"),
  configuration
})

/** Converts a name as Zola does with `slugify.paths = "on"`. */
const slugified = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")

const addressesOf = (page: ArchivePage, site: ArchiveSite): ReadonlyArray<string> => {
  const languages = tableOf(site.configuration, "languages")
  const plain = withoutExtension(page.place.contentPath)
  const code = /\.([^./]+)$/.exec(plain)?.[1]
  const language = code !== undefined && Object.hasOwn(languages, code) ? code : undefined
  const prefix =
    language === undefined || language === textOf(site.configuration, "default_language") ? "" : `/${language}`
  const given = textIn(page.fields.first("path")?.value)
  if (given !== undefined) return [`${prefix}/${given.replace(/^\/+/, "")}`]
  const path = language === undefined ? plain : withoutExtension(plain)
  const folder = /(?:^|\/)index$/.test(path) ? folderOf(folderOf(path)) : folderOf(path)
  const slug = textIn(page.fields.first("slug")?.value) ?? page.name
  const sections = folder.split("/").filter((part) => part !== "")
  return [
    `${prefix}/${[...sections, slug].map(slugified).join("/")}/`,
    `${prefix}/${[...sections, slug].map((part) => part.trim().replace(/\s+/g, "-")).join("/")}/`
  ]
}

/** Zola (https://www.getzola.org/documentation/). */
export const zola: Generator = {
  name: "zola",
  read: (site) => ({
    place: (path) => {
      const content = site.contentFolders.find((folder) => isBelow(folder, path))
      if (content === undefined) return outside
      const contentPath = below(content, path)
      if (/(?:^|\/)_index(?:\.[^./]+)?\.md$/.test(contentPath)) return { kind: "passed", why: "describes a section" }
      if (!/\.md$/i.test(contentPath)) {
        return { kind: "held", reason: "not_published", why: "is not Markdown: Zola does not render it" }
      }
      const [section = ""] = folderOf(contentPath).split("/")
      return { kind: "page", contentPath, isPage: false, collection: section }
    },
    addresses: (page) => addressesOf(page, site)
  })
}
