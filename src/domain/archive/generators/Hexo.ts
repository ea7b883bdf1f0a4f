import { addressBy } from "../AddressPattern.js"
import type { ArchiveSite } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import { type ArchivePage, below, type Generator, isBelow, outside, withoutExtension } from "../Generator.js"
import type { Place } from "../Place.js"
import { baseOf, type Configuration, folder, folders, textOf, textsOf, zoneOf } from "./Configured.js"

/** Reads Hexo's `_config.yml`. */
export const hexoSite = (configuration: Configuration, configuredBy: string | undefined): ArchiveSite => {
  const source = folder(textOf(configuration, "source_dir") ?? "source")
  return {
    generator: "hexo",
    ...(configuredBy === undefined ? {} : { configuredBy }),
    contentFolders: [source],
    // With `post_asset_folder` a post's pictures are in a folder of its name.
    assetFolders: folders(source, `${source}/_posts`),
    ...baseOf(textOf(configuration, "url"), textOf(configuration, "root")),
    ...zoneOf(textOf(configuration, "timezone")),
    inherited: [],
    ignored: [
      ...textsOf(configuration, "exclude"),
      ...textsOf(configuration, "ignore"),
      ...textsOf(configuration, "skip_render")
    ].map((glob) => `${source}/${folder(glob)}`),
    outputFolders: folders(textOf(configuration, "public_dir") ?? "public", ".deploy_git"),
    configuration
  }
}

const addressesOf = (page: ArchivePage, site: ArchiveSite): ReadonlyArray<string> => {
  const { contentPath, isPage } = page.place
  const path = withoutExtension(contentPath)
  if (isPage) return [`/${path.replace(/(?:^|\/)index$/, "")}/`]
  const title = path.replace(/^_(?:posts|drafts)\//, "")
  const folders = title.split("/").slice(0, -1)
  const given = textIn(page.fields.first("slug")?.value)
  const parts = {
    title: [...folders, page.name].join("/"),
    name: page.name,
    post_title: page.name,
    category:
      page.categories.map((name) => name.trim().replace(/\s+/g, "-")).join("/") ||
      (textOf(site.configuration, "default_category") ?? "uncategorized"),
    id: textIn(page.fields.first("id")?.value)
  }
  const pattern =
    textIn(page.fields.first("permalink")?.value) ??
    textOf(site.configuration, "permalink") ??
    ":year/:month/:day/:title/"
  return [
    parts,
    { ...parts, title },
    ...(given === undefined ? [] : [{ ...parts, title: given, name: given }])
  ].flatMap((choice) => addressBy(pattern, choice, page.date) ?? [])
}

/** Hexo (https://hexo.io/docs/). */
export const hexo: Generator = {
  name: "hexo",
  read: (site) => ({
    place: (path): Place => {
      const [source = ""] = site.contentFolders
      if (!isBelow(source, path)) return outside
      const contentPath = below(source, path)
      if (contentPath.startsWith("_drafts/")) {
        return { kind: "page", contentPath, isPage: false, withheld: { level: "draft", because: "folder _drafts" } }
      }
      if (contentPath.startsWith("_posts/")) return { kind: "page", contentPath, isPage: false }
      return contentPath.split("/").some((part) => part.startsWith("_"))
        ? { kind: "held", reason: "template", why: "is in a folder that Hexo does not render" }
        : { kind: "page", contentPath, isPage: true }
    },
    addresses: (page) => addressesOf(page, site)
  })
}
