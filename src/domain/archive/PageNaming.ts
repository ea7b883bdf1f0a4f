import { Schema } from "effect"
import { isObject, type Properties } from "../posts/Microformats.js"
import { suggestedSlug } from "../posts/Post.js"
import { Slug, slugFromWish } from "../posts/Slug.js"
import { wallClockAt } from "../TimeZone.js"
import { type ArchiveDate, readDatedName, readDatedPath } from "./ArchiveDate.js"
import { type ArchiveRules, isHtmlFile, type Page } from "./ArchiveRules.js"
import type { ArchiveSite } from "./ArchiveSite.js"
import { leadingHeading } from "./ArchiveSource.js"
import { type Fields, textIn } from "./Fields.js"
import { folderOf } from "./Generator.js"
import { asksForMarks } from "./generators/Obsidian.js"
import type { datingOf } from "./PageDating.js"

/** Names of files that represent their folder. */
const indexNames = /^(?:index|readme|_index)$/i

/** The name of a file, or of its folder if it is an index, without extension and language. */
export const nameOf = (path: string, site: ArchiveSite): string => {
  const segments = path.split("/")
  const last = (segments.at(-1) ?? "").replace(/\.[^.]+$/, "")
  const languages = isObject(site.configuration.languages) ? site.configuration.languages : {}
  const code = /\.([A-Za-z-]{2,8})$/.exec(last)?.[1]
  const plain =
    code !== undefined && Object.hasOwn(languages, code.toLowerCase()) ? last.slice(0, -code.length - 1) : last
  // Middleman and others name sources `post.html.md`.
  const name = plain.replace(/\.(?:html?|en|draft|wip)$/i, "")
  return indexNames.test(name) ? (segments.at(-2) ?? name) : name
}

/** A name without the date at its beginning, or without month and day if its folder is the year. */
export const undatedName = (name: string, path: string): string => {
  const { name: rest, wall } = readDatedName(name)
  if (wall !== undefined) return rest === "" ? name : rest
  const half = /^\d{1,2}[-_]\d{1,2}[-_](.+)$/.exec(name)?.[1]
  return half !== undefined && readDatedPath(path) !== undefined ? half : name
}

/** Names of files of a site or of its repository that are not posts, unless they have a publication date. */
const siteFiles =
  /^(?:404|500|offline|index|home|readme|licen[cs]e|copying|changelog|changes|history|contributing|contributors|code_of_conduct|security|authors|notice|todo|search|archives?|sitemap|feed|rss|atom|tags|categories|all-posts)$/i

const isSlug = Schema.is(Slug)

export const slugFor = (
  fields: Fields,
  name: string,
  properties: Properties,
  date: ArchiveDate
): { readonly slug: Slug; readonly renamedFrom?: string } => {
  const given = textIn(fields.first("slug", "postslug")?.value)
    ?.split("/")
    .findLast((part) => part.trim() !== "")
  if (given !== undefined && isSlug(given)) return { slug: given }
  const slug = slugFromWish(given ?? name) ?? suggestedSlug({ properties }, wallClockAt(date.at, date.offset))
  return given === undefined ? { slug } : { slug, renamedFrom: given }
}

/** The title, and the text without it if the title is its first heading. */
export const titleOf = (
  { body, fields }: Page,
  name: string,
  { site }: ArchiveRules
): { readonly title?: string; readonly body: string } => {
  const given = textIn(fields.first("title", "name", "headline")?.value)?.trim()
  if (given !== undefined) return { title: given, body }
  const heading = leadingHeading(body)
  if (heading !== undefined) return heading
  // A note of a vault has the name of its file as title.
  return asksForMarks(site) || site.generator === "quartz" ? { title: name, body } : { body }
}

/** Returns whether a file belongs to the site itself by its name, unless it has its own publication date. */
export const isPartOfSite = ({ file, place }: Page, { date, isOwn }: ReturnType<typeof datingOf>): boolean => {
  if (isOwn) return false
  const fileName = (file.path.split("/").at(-1) ?? "").replace(/\.[^/]*$/, "")
  // The index of a folder is a post if it has a date.
  const isIndex = indexNames.test(fileName) && !isHtmlFile(file.path) && folderOf(place.contentPath) !== ""
  return siteFiles.test(fileName) && !(isIndex && (date !== undefined || /^index$/i.test(fileName)))
}
