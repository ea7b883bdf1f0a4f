import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join, relative, sep } from "node:path"
import { Either } from "effect"
import { type ArchiveSite, plainSite } from "../../src/domain/archive/ArchiveSite.js"
import { readJson, readToml, readYaml } from "../../src/domain/archive/FrontMatter.js"
import { astroSite } from "../../src/domain/archive/generators/Astro.js"
import { eleventySite } from "../../src/domain/archive/generators/Eleventy.js"
import { hexoSite } from "../../src/domain/archive/generators/Hexo.js"
import { hugoSite } from "../../src/domain/archive/generators/Hugo.js"
import { jekyllSite } from "../../src/domain/archive/generators/Jekyll.js"
import { obsidianSite, quartzSite } from "../../src/domain/archive/generators/Obsidian.js"
import { zolaSite } from "../../src/domain/archive/generators/Zola.js"

/** A site and its place. */
export interface Site extends ArchiveSite {
  /** The root of the site, absolute and with links resolved: the imported directory, or one above it. */
  readonly siteRoot: string
}

type Configuration = { readonly [name: string]: unknown }

/** Maximum size of a configuration file in bytes. */
const limit = 1_048_576

/** Number of folder levels to search above and below the given one. */
const upwards = 6
const downwards = 3

const textOf = (path: string): string | undefined => {
  try {
    const status = statSync(path)
    return status.isFile() && status.size <= limit ? readFileSync(path, "utf8") : undefined
  } catch {
    return undefined
  }
}

const namesIn = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The values of a configuration file, by its extension; `undefined` if there is no such file or it cannot be read. */
const configurationIn = (folder: string, name: string): Configuration | undefined => {
  const text = textOf(join(folder, name))
  if (text === undefined) return undefined
  const read = name.endsWith(".toml") ? readToml(text) : name.endsWith(".json") ? readJson(text) : readYaml(text)
  return Either.getOrElse(read, () => ({}))
}

const first = (names: ReadonlyArray<string>, known: ReadonlyArray<string>): string | undefined =>
  known.find((name) => names.includes(name))

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const hexoKeys = ["new_post_name", "source_dir", "public_dir", "render_drafts", "default_layout", "post_asset_folder"]

/** The site of a Jekyll or Hexo configuration, which have the same name. */
const jekyllOrHexo = (folder: string, names: ReadonlyArray<string>): ArchiveSite | undefined => {
  const name = first(names, ["_config.yml", "_config.yaml", "_config.toml"])
  if (name === undefined) return undefined
  const configuration = configurationIn(folder, name) ?? {}
  const isHexo =
    hexoKeys.some((key) => Object.hasOwn(configuration, key)) ||
    (isFolder(join(folder, "source", "_posts")) && /"hexo"/.test(textOf(join(folder, "package.json")) ?? ""))
  return isHexo ? hexoSite(configuration, name) : jekyllSite(configuration, name)
}

/** Merges Hugo's configuration from a folder with a file for each part. */
const hugoFolder = (folder: string): Configuration | undefined => {
  const parts = join(folder, "config", "_default")
  const names = namesIn(parts).filter((name) => /\.(?:toml|ya?ml|json)$/.test(name))
  if (names.length === 0) return undefined
  const merged: Record<string, unknown> = {}
  for (const name of names) {
    const values = configurationIn(parts, name) ?? {}
    const part = name.replace(/\.[^.]+$/, "")
    if (part === "hugo" || part === "config") Object.assign(merged, values)
    else if (!part.includes(".")) merged[part] = values
  }
  return merged
}

const hugoOrZola = (folder: string, names: ReadonlyArray<string>): ArchiveSite | undefined => {
  const own = first(names, ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"])
  if (own !== undefined) return hugoSite(configurationIn(folder, own) ?? {}, own)
  if (names.includes("zola.toml")) return zolaSite(configurationIn(folder, "zola.toml") ?? {}, "zola.toml")
  const shared = first(names, ["config.toml", "config.yaml", "config.yml", "config.json"])
  if (shared !== undefined) {
    const configuration = configurationIn(folder, shared) ?? {}
    if (shared === "config.toml" && Object.hasOwn(configuration, "base_url")) return zolaSite(configuration, shared)
    const isHugo = Object.keys(configuration).some((key) =>
      /^(?:baseurl|contentdir|languagecode|permalinks)$/i.test(key)
    )
    if (isHugo || (names.includes("content") && (names.includes("archetypes") || names.includes("layouts")))) {
      return hugoSite(configuration, shared)
    }
  }
  const parts = names.includes("config") ? hugoFolder(folder) : undefined
  return parts === undefined ? undefined : hugoSite(parts, "config/_default")
}

const eleventy = (folder: string, names: ReadonlyArray<string>): ArchiveSite | undefined => {
  const name = first(names, [
    ...["eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", ".eleventy.js"],
    ".eleventy.cjs"
  ])
  if (name === undefined) return undefined
  const ignores = [".eleventyignore", ".gitignore"].flatMap((file) => (textOf(join(folder, file)) ?? "").split("\n"))
  return eleventySite(textOf(join(folder, name)) ?? "", name, ignores)
}

/** Pages of Astro that show collections: `[...slug].astro` below `src/pages`. */
const astroRoutes = (folder: string) => {
  const pages = join(folder, "src", "pages")
  try {
    return readdirSync(pages, { recursive: true, encoding: "utf8" })
      .filter((path) => /\[\.{0,3}\w+\]\.astro$/.test(path))
      .map((path) => ({ path: path.split(sep).join("/"), text: textOf(join(pages, path)) ?? "" }))
  } catch {
    return []
  }
}

const astro = (folder: string, names: ReadonlyArray<string>): ArchiveSite | undefined => {
  const name = first(names, [
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    "astro.config.cjs",
    "astro.config.mts"
  ])
  if (name === undefined) return undefined
  const collections = [
    "src/content.config.ts",
    "src/content.config.js",
    "src/content.config.mjs",
    "src/content/config.ts"
  ]
    .map((file) => textOf(join(folder, file)) ?? "")
    .join("\n")
  return astroSite(textOf(join(folder, name)) ?? "", name, collections, astroRoutes(folder))
}

const vault = (folder: string, names: ReadonlyArray<string>): ArchiveSite | undefined => {
  const quartz = first(names, ["quartz.config.ts", "quartz.config.js", "quartz.config.yaml"])
  if (quartz !== undefined) return quartzSite(textOf(join(folder, quartz)) ?? "", quartz)
  if (!names.includes(".obsidian")) return undefined
  const settings = (name: string) => configurationIn(join(folder, ".obsidian"), `${name}.json`) ?? {}
  const { attachmentFolderPath, userIgnoreFilters } = settings("app")
  return obsidianSite({
    attachmentFolderPath,
    userIgnoreFilters,
    templates: settings("templates").folder,
    dailyTemplate: settings("daily-notes").template
  })
}

/** The site whose configuration is in a folder. */
const siteIn = (folder: string): Site | undefined => {
  const names = namesIn(folder)
  const site =
    jekyllOrHexo(folder, names) ??
    hugoOrZola(folder, names) ??
    eleventy(folder, names) ??
    astro(folder, names) ??
    vault(folder, names) ??
    // Without a configuration, the folder's name identifies Jekyll.
    (names.includes("_posts") ? jekyllSite({}, undefined) : undefined)
  return site === undefined ? undefined : { ...site, siteRoot: folder }
}

/** Returns whether a folder belongs to a site: it is, contains, or is inside of a content folder. */
const holds = ({ contentFolders, siteRoot }: Site, folder: string): boolean => {
  const path = relative(siteRoot, folder).split(sep).join("/")
  return contentFolders.some(
    (content) =>
      path === content ||
      content === "" ||
      path.startsWith(`${content}/`) ||
      `${content}/`.startsWith(path === "" ? "" : `${path}/`)
  )
}

const above = (root: string, top: string): Site | undefined => {
  let folder = root
  for (let step = 0; step <= upwards; step += 1) {
    const site = siteIn(folder)
    if (site !== undefined && holds(site, root)) return site
    // A site does not extend beyond its repository or the home directory.
    if (folder === top || existsSync(join(folder, ".git")) || folder === homedir() || dirname(folder) === folder) break
    folder = dirname(folder)
  }
  if (folder === top) return undefined
  // A `_posts` or `_drafts` folder without its site.
  const within = root.split(sep).findLastIndex((name) => name === "_posts" || name === "_drafts")
  return within > 0
    ? { ...jekyllSite({}, undefined), siteRoot: root.split(sep).slice(0, within).join(sep) || sep }
    : undefined
}

/** Folders that are not searched for sites: themes, examples, and folders of tools. */
const passedBy =
  /^(?:\.|node_modules$|vendor$|themes?$|examples?$|exampleSite$|tests?$|fixtures$|_site$|public$|dist$|target$)/

/** The only site at the smallest depth below a folder; `undefined` if there are several. */
const beneath = (root: string): Site | undefined => {
  let folders = [root]
  for (let step = 0; step < downwards; step += 1) {
    folders = folders.flatMap((folder) =>
      namesIn(folder)
        .filter((name) => !passedBy.test(name))
        .map((name) => join(folder, name))
        .filter(isFolder)
    )
    // A tree of so many folders holds posts, not a configuration.
    if (folders.length > 500) return undefined
    const [site, ...others] = folders.flatMap((folder) => siteIn(folder) ?? [])
    if (others.length > 0) return undefined
    if (site !== undefined) return site
  }
  return undefined
}

/**
 * Finds the site that a folder is, is part of, or contains: by its generator's configuration, in the folder, above it
 * and below it. Configurations that are programs are searched, never run. A folder without one is plain Markdown. Reads
 * nothing above `top`.
 */
export const findSite = (root: string, top: string = sep): Site =>
  above(root, top) ?? beneath(root) ?? { ...plainSite, siteRoot: root }
