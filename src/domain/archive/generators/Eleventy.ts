import { isObject } from "../../posts/Microformats.js"
import type { ArchiveSite, InheritedFields } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import { type ArchivePage, below, folderOf, type Generator, isBelow, outside, withoutExtension } from "../Generator.js"
import type { Place } from "../Place.js"
import { baseOf, folder, folders } from "./Configured.js"

/** A value that the configuration's program text assigns to a name or passes to a method. The program is never run. */
const valueIn = (text: string, name: string, method: string): string | undefined =>
  new RegExp(`\\b${name}["']?\\s*:\\s*["'\`]([^"'\`\\n]{1,200})["'\`]`).exec(text)?.[1] ??
  new RegExp(`\\b${method}\\(\\s*["'\`]([^"'\`\\n]{1,200})["'\`]`).exec(text)?.[1]

/** Reads the text of `eleventy.config.js` or `.eleventy.js`; `ignores` are the lines of `.eleventyignore`. */
export const eleventySite = (
  text: string,
  configuredBy: string | undefined,
  ignores: ReadonlyArray<string>
): ArchiveSite => {
  const input = folder(valueIn(text, "input", "setInputDirectory"))
  const under = (path: string) => (input === "" ? path : `${input}/${path}`)
  const includes = folder(valueIn(text, "includes", "setIncludesDirectory") ?? "_includes")
  const layouts = valueIn(text, "layouts", "setLayoutsDirectory")
  const data = folder(valueIn(text, "data", "setDataDirectory") ?? "_data")
  return {
    generator: "eleventy",
    ...(configuredBy === undefined ? {} : { configuredBy }),
    contentFolders: [input],
    assetFolders: folders(input, "public", under("public"), under("static"), under("assets"), "static"),
    ...baseOf(valueIn(text, "pathPrefix", "setPathPrefix")),
    inherited: [],
    ignored: ignores
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith("!")),
    outputFolders: folders(valueIn(text, "output", "setOutputDirectory") ?? "_site"),
    configuration: {
      templates: folders(under(includes), ...(layouts === undefined ? [] : [under(folder(layouts))]), under(data))
    }
  }
}

/** Restricting fields that program text gives to all pages of a folder. */
const flags: ReadonlyArray<readonly [RegExp, { readonly [name: string]: unknown }]> = [
  [/\bpermalink["']?\s*:\s*false\b/, { permalink: false }],
  [/\bdraft["']?\s*:\s*true\b/, { draft: true }],
  [/\bpublished["']?\s*:\s*false\b/, { published: false }],
  [/\beleventyExcludeFromCollections["']?\s*:\s*true\b/, { eleventyExcludeFromCollections: true }]
]

/** Returns whether a file holds data for the pages of its folder, or for one page. */
export const isEleventyData = (path: string): boolean => {
  const [folderName, name] = path.split("/").slice(-2)
  if (name === undefined || !/\.(?:json|11tydata\.(?:json|js|cjs|mjs))$/.test(name)) return false
  return /\.11tydata\./.test(name) || name === `${folderName}.json`
}

/** The fields that a data file of Eleventy gives to pages. Program text is searched, never run. */
export const eleventyData = (path: string, text: string): ReadonlyArray<InheritedFields> => {
  const stem = path.replace(/(?:\.11tydata)?\.(?:json|js|cjs|mjs)$/, "")
  const [folderName, name] = stem.split("/").slice(-2)
  const place = folderName === name ? { folder: folderOf(path) } : { folder: folderOf(path), glob: `${stem}.*` }
  if (path.endsWith(".json")) {
    try {
      const fields: unknown = JSON.parse(text)
      // Tags from a folder only build collections.
      return isObject(fields) ? [{ ...place, fields: { ...fields, tags: undefined } }] : []
    } catch {
      return []
    }
  }
  const fields = Object.assign({}, ...flags.flatMap(([pattern, given]) => (pattern.test(text) ? [given] : [])))
  return Object.keys(fields).length === 0 ? [] : [{ ...place, fields }]
}

/** The `permalink`, if its only variables are the name of the file, the slug or the title. */
const permalinkOf = (page: ArchivePage): string | undefined => {
  const given = textIn(page.fields.first("permalink")?.value)
  if (given === undefined) return undefined
  const slug = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
  const path = given
    .replace(/\{\{-?\s*(?:page\.)?fileSlug[^}]*\}\}/g, page.name)
    .replace(/\{\{-?\s*slug[^}]*\}\}/g, textIn(page.fields.first("slug")?.value) ?? page.name)
    .replace(/\{\{-?\s*title\s*\|\s*slug[^}]*\}\}/g, slug(page.title ?? ""))
  return /[{}<%]/.test(path) ? undefined : `/${path.replace(/^\/+/, "")}`
}

const addressesOf = (page: ArchivePage): ReadonlyArray<string> => {
  const path = withoutExtension(page.place.contentPath)
  const plain = path.replace(/(?:^|\/)index$/, "")
  const undated = [...folderOf(plain).split("/"), page.name].filter((part) => part !== "").join("/")
  return [permalinkOf(page), `/${plain}/`, `/${undated}/`].filter((address) => address !== undefined)
}

/** Eleventy (https://www.11ty.dev/docs/). */
export const eleventy: Generator = {
  name: "eleventy",
  read: (site) => {
    const { templates } = site.configuration
    const held = Array.isArray(templates) ? templates.map(String) : []
    const [input = ""] = site.contentFolders
    return {
      place: (path): Place => {
        if (!isBelow(input, path)) return outside
        if (held.some((template) => isBelow(template, path))) {
          return { kind: "held", reason: "template", why: "is in a folder of layouts, includes or data" }
        }
        const contentPath = below(input, path)
        return { kind: "page", contentPath, isPage: false, collection: folderOf(contentPath) }
      },
      addresses: addressesOf
    }
  }
}
