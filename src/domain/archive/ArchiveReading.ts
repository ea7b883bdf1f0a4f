import { Either, Schema } from "effect"
import { type EntryFailure, ImportPostInvalid } from "../../errors/ImportEntry.js"
import { contentFormatProperty } from "../posts/Content.js"
import { isObject, type Properties } from "../posts/Microformats.js"
import { suggestedSlug } from "../posts/Post.js"
import { Slug, slugFromWish } from "../posts/Slug.js"
import { type TimeZone, wallClockAt } from "../TimeZone.js"
import { addressesOf, hasText, ownAddressFields, redirectIn } from "./ArchiveAddresses.js"
import { type ArchiveDate, dateAt, dateIn, readArchiveDate, readDatedName, readDatedPath } from "./ArchiveDate.js"
import { propertiesIn } from "./ArchiveProperties.js"
import type { ArchiveSite } from "./ArchiveSite.js"
import { leadingHeading, readArchiveSource } from "./ArchiveSource.js"
import { categoriesIn, tagsIn } from "./ArchiveTags.js"
import { type Field, Fields, listIn, textIn } from "./Fields.js"
import type { FileReading, HeldBack } from "./FileReading.js"
import { type ArchivePage, folderOf, outside, type SiteReading } from "./Generator.js"
import { asksForMarks } from "./generators/Obsidian.js"
import { keptOf } from "./KeptProperties.js"
import { folderPlace, type HeldBackReason, type PagePlace } from "./Place.js"
import { isOurs, readPostFile } from "./PostFileReading.js"
import { type Audience, audienceOf, type Finding, isMarkedPublic } from "./Withholding.js"

export interface ArchiveFile {
  /** Path relative to the root of the site, with `/`. */
  readonly path: string
  readonly text: string
  /** Epoch milliseconds. */
  readonly modifiedAt: number
}

/** What the reading of a site's files depends on. */
export interface ArchiveRules {
  readonly site: ArchiveSite
  readonly reading: SiteReading
  /** Fields that folders and the configuration give to a file, the nearest first. */
  readonly inherited: (path: string) => ReadonlyArray<{ readonly [name: string]: unknown }>
  /** Whether the generator is configured to ignore a file. */
  readonly isIgnored: (path: string) => boolean
  /** Time zone of times without one: that of the imported site, or this site's. */
  readonly zone: TimeZone
  /** Current time in epoch milliseconds; later posts are scheduled. */
  readonly now: number
  readonly dateFromFile: boolean
  readonly heldBackAsDrafts: boolean
  readonly unmarkedIsPublic: boolean
}

const held = (heldBack: HeldBackReason, why: string): HeldBack => ({ heldBack, why })

/** Fields that hold the publication time, in order of precedence. */
const publishedFields = [
  ...["published", "date", "publishedat", "publishdate", "pubdate", "pubdatetime", "publishedon", "publisheddate"],
  ...["datepublished", "publishedtime", "postdate", "datetime", "postedat", "posted", "firstpublished"],
  ...["created", "createdat", "createdon", "datecreated", "createddate", "creationdate", "createdtime"]
] as const

/** Fields that are known and have no further effect. */
const understood = [
  ...["layout", "type", "draft", "lang", "language", "slug", "permalink", "url", "path", "extra", "params"]
] as const

const updatedFields = [
  ...["updated", "lastmod", "lastmodified", "lastmodifiedat", "modified", "modifiedat", "updatedat", "updateddate"],
  ...["moddatetime", "modifieddate", "datemodified", "dateupdated", "lastupdated", "lastupdate", "edited", "editedat"]
] as const

/** Returns whether a value names no date: keywords of Eleventy, template expressions, and truth values. */
const namesNoDate = (value: unknown): boolean =>
  typeof value === "boolean" ||
  (typeof value === "string" &&
    /^(?:git )?(?:last modified|created)$|^(?:null|nil|none|false|true|tbd|todo)$|\{\{|<%/i.test(value.trim()))

interface Dating {
  readonly date?: ArchiveDate
  /** A field that should hold a date and does not. */
  readonly unreadable?: Field
}

const firstDate = (fields: Fields, names: ReadonlyArray<string>, zone: TimeZone): Dating => {
  let unreadable: Field | undefined
  for (const name of names) {
    const field = fields.first(name)
    if (field === undefined || namesNoDate(field.value)) continue
    const date = readArchiveDate(listIn(field.value)[0], zone)
    if (date !== undefined) return { date }
    // `published: yes` is not meant as a date.
    if (name !== "published" || /\d{4}/.test(textIn(field.value) ?? "")) unreadable ??= field
  }
  return unreadable === undefined ? {} : { unreadable }
}

/** Names of files that represent their folder. */
const indexNames = /^(?:index|readme|_index)$/i

/** The name of a file, or of its folder if it is an index, without extension and language. */
const nameOf = (path: string, site: ArchiveSite): string => {
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
const undatedName = (name: string, path: string): string => {
  const { name: rest, wall } = readDatedName(name)
  if (wall !== undefined) return rest === "" ? name : rest
  const half = /^\d{1,2}[-_]\d{1,2}[-_](.+)$/.exec(name)?.[1]
  return half !== undefined && readDatedPath(path) !== undefined ? half : name
}

/** Names of files of a site or of its repository that are not posts, unless they have a publication date. */
const siteFiles =
  /^(?:404|500|offline|index|home|readme|licen[cs]e|copying|changelog|changes|history|contributing|contributors|code_of_conduct|security|authors|notice|todo|search|archives?|sitemap|feed|rss|atom|tags|categories|all-posts)$/i

const isSlug = Schema.is(Slug)

const slugFor = (
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

/** Properties that readers can see; a post needs at least one of them. */
const visible = [
  "name",
  "summary",
  "content",
  "photo",
  "video",
  "audio",
  "in-reply-to",
  "like-of",
  "repost-of",
  "bookmark-of"
] as const

/** The publication time of a post that has separate fields for the beginning of its publication. */
const publicationOf = (fields: Fields, date: ArchiveDate, { now, zone }: ArchiveRules): ArchiveDate => {
  const { date: later } = firstDate(fields, ["publishdate", "publishat", "embargo", "scheduled", "scheduledfor"], zone)
  return later !== undefined && later.at > now && later.at > date.at ? later : date
}

/** Findings for Hugo's `expiryDate` and similar fields: a post that expires must not stay public. */
const expiryOf = (fields: Fields, { now, zone }: ArchiveRules): ReadonlyArray<Finding> => {
  const { date } = firstDate(
    fields,
    ["expirydate", "expires", "unpublishdate", "expire", "expiration", "expiresat"],
    zone
  )
  if (date === undefined || date.wall.year < 1970) return []
  return [
    {
      level: "draft",
      because: date.at <= now ? "its expiry date has passed" : "it has an expiry date, which is not supported"
    }
  ]
}

const withMark = (fields: Fields, { site, unmarkedIsPublic }: ArchiveRules): ReadonlyArray<Finding> =>
  !asksForMarks(site) || unmarkedIsPublic || isMarkedPublic(fields)
    ? []
    : [{ level: "draft", because: "a note of a vault without `publish: true`" }]

/** The audience of a post, by its file, its folders and its site. */
const audienceIn = (fields: Fields, place: PagePlace, rules: ArchiveRules): Audience => {
  const folder = folderPlace(place.contentPath)
  const isLonePage = place.isPage && rules.site.generator !== "astro"
  return audienceOf(fields, [
    ...(place.withheld === undefined ? [] : [place.withheld]),
    ...(folder === undefined ? [] : [folder]),
    ...expiryOf(fields, rules),
    ...withMark(fields, rules),
    ...(isLonePage ? [{ level: "unlisted" as const, because: "a separate page that is not in the list of posts" }] : [])
  ])
}

/** Formats that cannot be read, by extension. */
const formats: ReadonlyArray<readonly [RegExp, HeldBackReason, string]> = [
  [/\.org$/i, "format", "is in Org mode, which is not supported"],
  [/\.(?:adoc|asciidoc|asc)$/i, "format", "is in AsciiDoc, which is not supported"],
  [/\.(?:rst|rest)$/i, "format", "is in reStructuredText, which is not supported"],
  [/\.textile$/i, "format", "is in Textile, which is not supported"],
  [/\.(?:ipynb|rmd|rmarkdown|qmd|wiki|mediawiki|creole|pod|tex)$/i, "format", "is in an unsupported format"],
  [/\.(?:njk|liquid|ejs|hbs|handlebars|mustache|pug|jade|haml|slim|erb|webc|vto)$/i, "template", "is a template"]
]

/** Returns whether a file may be a page of a site, by its name. */
export const mayBePage = (path: string): boolean =>
  /\.(?:md|markdown|mkd|mkdn|mkdown|mdown|mdwn|mdtxt|mdtext|mdx|mdoc|txt|html?|xhtml)$/i.test(path) ||
  formats.some(([name]) => name.test(path))

const isHtmlFile = (path: string): boolean => /\.x?html?$/i.test(path)

const asDraft = (because: string): Finding => ({ level: "draft", because })

/** The place of a file, or why it is not read. A file that is held back becomes a draft if the options ask for that. */
export const placeOf = (path: string, rules: ArchiveRules): PagePlace | FileReading => {
  const place = path.startsWith("../") ? outside : rules.reading.place(path)
  if (place.kind === "passed") return { passedOver: place.why }
  const format = formats.find(([name]) => name.test(path))
  const reason: HeldBack | undefined =
    place.kind === "held"
      ? held(place.reason, place.why)
      : rules.isIgnored(path)
        ? held("not_published", "is excluded by the site's configuration")
        : format === undefined
          ? undefined
          : held(format[1], format[2])
  if (reason === undefined && place.kind === "page") return place
  if (reason === undefined || format !== undefined || !rules.heldBackAsDrafts)
    return reason ?? held("page", "is not a post")
  return { kind: "page", contentPath: path, isPage: false, withheld: asDraft(reason.why) }
}

/** A page, parsed but not yet a post. */
interface Page {
  readonly file: ArchiveFile
  readonly place: PagePlace
  readonly fields: Fields
  readonly body: string
  readonly hasFrontMatter: boolean
}

/** The publication date of a page, from its fields, its name or its path; `isOwn` if a field gives it. */
const datingOf = (
  { fields, file }: Page,
  name: string,
  { zone }: ArchiveRules
): Dating & { readonly isOwn: boolean } => {
  const said = firstDate(fields, publishedFields, zone)
  if (said.date !== undefined) return { ...said, isOwn: true }
  const addresses = () => fields.all(...ownAddressFields).map(({ value }) => textIn(value) ?? "")
  const wall =
    readDatedName(name).wall ??
    readDatedPath(file.path) ??
    // If addresses contain dates, an explicit address may hold the page's only date.
    addresses()
      .map(readDatedPath)
      .find((found) => found !== undefined)
  const date = wall === undefined ? undefined : dateAt(wall, zone)
  return {
    ...(date === undefined ? {} : { date }),
    ...(said.unreadable === undefined ? {} : { unreadable: said.unreadable }),
    isOwn: false
  }
}

/** The title, and the text without it if the title is its first heading. */
const titleOf = (
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

/** The content, in the format of a document, not of a note. */
const contentIn = (text: string, isHtml: boolean): { [name: string]: ReadonlyArray<unknown> } => {
  if (text === "") return {}
  return isHtml ? { content: [{ html: text }] } : { content: [text], [contentFormatProperty]: ["document"] }
}

/** Returns whether a file belongs to the site itself by its name, unless it has its own publication date. */
const isPartOfSite = ({ file, place }: Page, { date, isOwn }: ReturnType<typeof datingOf>): boolean => {
  if (isOwn) return false
  const fileName = (file.path.split("/").at(-1) ?? "").replace(/\.[^/]*$/, "")
  // The index of a folder is a post if it has a date.
  const isIndex = indexNames.test(fileName) && !isHtmlFile(file.path) && folderOf(place.contentPath) !== ""
  return siteFiles.test(fileName) && !(isIndex && (date !== undefined || /^index$/i.test(fileName)))
}

const trimmed = (body: string): string => body.replace(/^(?:[ \t]*\n)+/, "").trimEnd()

const readPage = (page: Page, rules: ArchiveRules): Either.Either<FileReading, EntryFailure> =>
  Either.gen(function* () {
    const { fields, file, place } = page
    const { now, site, zone } = rules
    const isHtml = isHtmlFile(file.path)
    const fullName = nameOf(file.path, site)
    const dating = datingOf(page, fullName, rules)
    const { body, title } = titleOf(page, fullName, rules)
    const archivePage: ArchivePage = {
      path: file.path,
      place,
      name: undatedName(fullName, file.path),
      fields,
      ...(dating.date === undefined ? {} : { date: dating.date }),
      ...(title === undefined ? {} : { title }),
      categories: categoriesIn(fields, site.generator)
    }
    const redirectTo = redirectIn(fields, page.body, isHtml)
    if (redirectTo !== undefined) return { oldAddresses: addressesOf(fields, archivePage, rules), redirectTo }
    if (!page.hasFrontMatter && (isHtml || /\.txt$/i.test(file.path))) return { passedOver: "has no front matter" }
    if (!page.hasFrontMatter && site.generator === "jekyll") {
      return held("not_published", "has no front matter: Jekyll skips it")
    }
    const isEmpty = !hasText(body) && (title === undefined || !fields.areGiven)
    const audience = audienceIn(fields, place, rules)
    if (audience.isTrash && !rules.heldBackAsDrafts) return held("trash", audience.because ?? "is in the trash")
    const isPlainPage = isPartOfSite(page, dating)
    if (isPlainPage && !rules.heldBackAsDrafts) return held("page", "is part of the site, not a post")
    if (
      dating.date === undefined &&
      dating.unreadable !== undefined &&
      !rules.dateFromFile &&
      !rules.heldBackAsDrafts
    ) {
      return yield* Either.left(
        new ImportPostInvalid({
          part: dating.unreadable.name,
          expected: "a date and time, such as 2026-11-23T19:00:00+01:00, or a date"
        })
      )
    }
    const isHidden = audience.status === "draft" || audience.visibility === "private"
    const isGuess = dating.date === undefined
    if (isGuess && !isHidden && !rules.dateFromFile && !rules.heldBackAsDrafts) {
      return isEmpty
        ? held("empty", "is empty")
        : held("undated", "has no date in its front matter, its name or its path")
    }
    const date = publicationOf(fields, dating.date ?? dateIn(file.modifiedAt, zone), rules)
    const { properties: others, notes } = propertiesIn(fields)
    fields.ignore([...publishedFields, ...updatedFields, ...understood])
    const content = trimmed(body)
    const tags = tagsIn(fields, site.generator, taxonomiesOf(site))
    const kept = keptOf({
      ...others,
      ...(title === undefined ? {} : { name: [title] }),
      ...contentIn(content, isHtml),
      ...(tags.length === 0 ? {} : { category: tags })
    })
    const { notes: losses, properties } = yield* kept
    const shown = visible.filter(
      (name) => Object.hasOwn(properties, name) && !(isEmpty && (name === "name" || name === "content"))
    )
    if (shown.length === 0) return held("empty", "is empty")
    const { slug, ...renamed } = slugFor(fields, archivePage.name, properties, date)
    const updated = firstDate(fields, updatedFields, zone).date
    const missed = audience.isWaiting && date.at <= now
    const madeDraft = missed || (rules.heldBackAsDrafts && (isPlainPage || (isGuess && !rules.dateFromFile)))
    const isDraft = madeDraft || audience.status === "draft"
    const because =
      isPlainPage && madeDraft
        ? "is part of the site, not a post"
        : isGuess && madeDraft
          ? "has no date"
          : audience.because
    const isWithheld = isDraft || audience.visibility !== "public"
    return {
      post: {
        slug,
        type: "h-entry",
        properties,
        status: isDraft ? "draft" : "published",
        visibility: audience.visibility,
        publishedAt: date.at,
        // Without the offset, a post could move to another day when the site's time zone changes.
        ...(isGuess ? {} : { publishedOffset: date.offset }),
        createdAt: date.at,
        updatedAt: Math.max(updated?.at ?? date.at, date.at),
        formerSlugs: []
      },
      path: file.path,
      oldAddresses: addressesOf(fields, archivePage, rules),
      publishedIsGuess: isGuess,
      ...(isWithheld && because !== undefined ? { notPublicBecause: because } : {}),
      ...renamed,
      notes: [...notes, ...losses, ...fields.unread.map((name) => ({ reason: "field_left_out", why: name }))]
    }
  })

const taxonomiesOf = ({ configuration, generator }: ArchiveSite): ReadonlyArray<string> => {
  const { taxonomies } = configuration
  if (generator !== "hugo" || !isObject(taxonomies)) return []
  return Object.values(taxonomies).flatMap(
    (name) =>
      textIn(name)
        ?.toLowerCase()
        .replace(/[\s_-]+/g, "") ?? []
  )
}

/**
 * Reads a file of a site by the rules of its generator: pages that the generator publishes are public, others become
 * drafts or private, and files that may not be posts are held back. If in doubt, a post is not public.
 */
export const readArchiveFile = (
  file: ArchiveFile,
  rules: ArchiveRules,
  place = placeOf(file.path, rules)
): Either.Either<FileReading, EntryFailure> => {
  if (!("kind" in place)) return Either.right(place)
  return Either.flatMap(
    readArchiveSource(file.text),
    ({ body, fields, hasFrontMatter }): Either.Either<FileReading, EntryFailure> => {
      // A file of an export of this program that was moved out of it.
      if (isOurs(fields)) {
        return Either.map(
          readPostFile(file.text, { path: file.path, modifiedAt: file.modifiedAt, exact: false, zone: rules.zone }),
          (post) => post ?? held("empty", "is empty")
        )
      }
      if (!hasFrontMatter && body.trim() === "") return Either.right(held("empty", "is empty"))
      return readPage(
        { file, place, fields: new Fields(fields, rules.inherited(file.path)), body, hasFrontMatter },
        rules
      )
    }
  )
}
