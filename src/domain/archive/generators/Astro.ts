import type { ArchiveSite } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import { type ArchivePage, below, folderOf, type Generator, isBelow, outside, withoutExtension } from "../Generator.js"
import type { Place } from "../Place.js"
import { baseOf, folder, folders } from "./Configured.js"

/** A page that shows the entries of a collection: its path below `src/pages`, and its text. */
export interface AstroRoute {
  readonly path: string
  readonly text: string
}

const quoted = (text: string, name: string): string | undefined =>
  new RegExp(`\\b${name}\\s*:\\s*["'\`]([^"'\`\\n]{1,200})["'\`]`).exec(text)?.[1]

/**
 * Reads the site from the texts of `astro.config.mjs`, of the configuration of collections, and of pages that show
 * collections. Searches the program text and never runs it.
 */
export const astroSite = (
  text: string,
  configuredBy: string | undefined,
  collections: string,
  routes: ReadonlyArray<AstroRoute>
): ArchiveSite => {
  // `glob({ pattern: "**/*.md", base: "./src/data/blog" })`
  const bases = [...collections.matchAll(/\bbase\s*:\s*["'`]([^"'`\n]{1,200})["'`]/g)].map((match) => match[1])
  const shown = routes.flatMap(({ path, text: page }) => {
    const route = /^(.*?)\/?\[\.{0,3}\w+\]\.astro$/.exec(path)?.[1]
    if (route === undefined) return []
    return [...page.matchAll(/getCollection\(\s*["'`](\w[\w-]*)["'`]/g)].map(
      (match) => [match[1] ?? "", route] as const
    )
  })
  return {
    generator: "astro",
    ...(configuredBy === undefined ? {} : { configuredBy }),
    contentFolders: folders("src/content", ...bases, "src/pages").toSorted((a, b) => b.length - a.length),
    assetFolders: folders(quoted(text, "publicDir") ?? "public", "src/assets", "src"),
    ...baseOf(quoted(text, "site"), quoted(text, "base")),
    inherited: [],
    ignored: [],
    outputFolders: folders(quoted(text, "outDir") ?? "dist", ".astro"),
    configuration: { routes: shown }
  }
}

const routesFor = (site: ArchiveSite, collection: string): ReadonlyArray<string> => {
  const { routes } = site.configuration
  const known = Array.isArray(routes)
    ? routes.flatMap((entry: unknown) =>
        Array.isArray(entry) && entry[0] === collection ? [folder(String(entry[1]))] : []
      )
    : []
  return known.length > 0 ? known : [collection]
}

const addressesOf = (page: ArchivePage, site: ArchiveSite): ReadonlyArray<string> => {
  const { collection = "", contentPath, isPage } = page.place
  const plain = withoutExtension(contentPath).replace(/\/index$/, "")
  if (isPage) return [`/${plain.replace(/^index$/, "")}/`]
  const inside = isBelow(collection, plain) ? below(collection, plain) : plain
  const id = textIn(page.fields.first("slug")?.value) ?? textIn(page.fields.first("postslug")?.value) ?? inside
  return routesFor(site, collection).map((route) => `/${[route, id].filter((part) => part !== "").join("/")}/`)
}

/** Astro (https://docs.astro.build/en/guides/content-collections/). */
export const astro: Generator = {
  name: "astro",
  read: (site) => ({
    place: (path): Place => {
      const content = site.contentFolders.find((folder) => isBelow(folder, path))
      if (content === undefined) return outside
      const contentPath = below(content, path)
      if (contentPath.split("/").some((part) => part.startsWith("_"))) {
        return {
          kind: "held",
          reason: "not_published",
          why: "its name or folder begins with _: Astro skips it"
        }
      }
      const isPage = content === "src/pages"
      // A folder that the configuration names is a collection of that name; in `src/content` the first folder is the
      // collection.
      const collection =
        content === "src/content" ? (folderOf(contentPath).split("/")[0] ?? "") : (content.split("/").at(-1) ?? "")
      return { kind: "page", contentPath, isPage, collection }
    },
    addresses: (page) => addressesOf(page, site)
  })
}
