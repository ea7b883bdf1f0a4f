import { Either, Schema } from "effect"
import { type EntryFailure, ImportPostInvalid } from "../../errors/failure/Portability.js"
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

/** A file of a site. */
export interface ArchiveFile {
  /** Below the root of the site, with `/`. */
  readonly path: string
  readonly text: string
  /** Epoch milliseconds. */
  readonly modifiedAt: number
}

/** By what a site's files are read. */
export interface ArchiveRules {
  readonly site: ArchiveSite
  readonly reading: SiteReading
  /** What folders and the configuration say of a file, the nearest first. */
  readonly inherited: (path: string) => ReadonlyArray<{ readonly [name: string]: unknown }>
  /** Whether the generator is told to pass over a file. */
  readonly isIgnored: (path: string) => boolean
  /** Of times without one: the site's own, or that of this site. */
  readonly zone: TimeZone
  /** Epoch milliseconds: what is later is scheduled. */
  readonly now: number
  readonly dateFromFile: boolean
  readonly heldBackAsDrafts: boolean
  readonly unmarkedIsPublic: boolean
}

const held = (heldBack: HeldBackReason, why: string): HeldBack => ({ heldBack, why })

/** Fields that say when a post was published, the most certain first. */
const publishedFields = [
  ...["published", "date", "publishedat", "publishdate", "pubdate", "pubdatetime", "publishedon", "publisheddate"],
  ...["datepublished", "publishedtime", "postdate", "datetime", "postedat", "posted", "firstpublished"],
  ...["created", "createdat", "createdon", "datecreated", "createddate", "creationdate", "createdtime"]
] as const

/** Fields that are understood, and of which nothing more is made. */
const understood = [
  ...["layout", "type", "draft", "lang", "language", "slug", "permalink", "url", "path", "extra", "params"]
] as const

const updatedFields = [
  ...["updated", "lastmod", "lastmodified", "lastmodifiedat", "modified", "modifiedat", "updatedat", "updateddate"],
  ...["moddatetime", "modifieddate", "datemodified", "dateupdated", "lastupdated", "lastupdate", "edited", "editedat"]
] as const

/** Words of Eleventy, and what stands in templates: they name no date. */
const namesNoDate = (value: unknown): boolean =>
  typeof value === "boolean" ||
  (typeof value === "string" &&
    /^(?:git )?(?:last modified|created)$|^(?:null|nil|none|false|true|tbd|todo)$|\{\{|<%/i.test(value.trim()))

interface Dating {
  readonly date?: ArchiveDate
  /** A field that should be a date, and is none. */
  readonly unreadable?: Field
}

const firstDate = (fields: Fields, names: ReadonlyArray<string>, zone: TimeZone): Dating => {
  let unreadable: Field | undefined
  for (const name of names) {
    const field = fields.first(name)
    if (field === undefined || namesNoDate(field.value)) continue
    const date = readArchiveDate(listIn(field.value)[0], zone)
    if (date !== undefined) return { date }
    // `published: yes` is no date, and was not meant as one.
    if (name !== "published" || /\d{4}/.test(textIn(field.value) ?? "")) unreadable ??= field
  }
  return unreadable === undefined ? {} : { unreadable }
}

/** Names of files that stand for their folder. */
const indexNames = /^(?:index|readme|_index)$/i

/** The name of a file, or of its folder where it is an index, without extension and language. */
const nameOf = (path: string, site: ArchiveSite): string => {
  const segments = path.split("/")
  const last = (segments.at(-1) ?? "").replace(/\.[^.]+$/, "")
  const languages = isObject(site.configuration.languages) ? site.configuration.languages : {}
  const code = /\.([A-Za-z-]{2,8})$/.exec(last)?.[1]
  const plain =
    code !== undefined && Object.hasOwn(languages, code.toLowerCase()) ? last.slice(0, -code.length - 1) : last
  // `post.html.md`, as Middleman and others name what becomes HTML.
  const name = plain.replace(/\.(?:html?|en|draft|wip)$/i, "")
  return indexNames.test(name) ? (segments.at(-2) ?? name) : name
}

/** A name without the date that it begins with, or with the month and day whose year is its folder. */
const undatedName = (name: string, path: string): string => {
  const { name: rest, wall } = readDatedName(name)
  if (wall !== undefined) return rest === "" ? name : rest
  const half = /^\d{1,2}[-_]\d{1,2}[-_](.+)$/.exec(name)?.[1]
  return half !== undefined && readDatedPath(path) !== undefined ? half : name
}

/** Names of files of a site or of its repository that are no posts, unless they say when they were published. */
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

/** Properties that a reader can see: without any of them there is no post. */
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

/** The time at which a post that says when its public life begins and ends is, or will be, published. */
const publicationOf = (fields: Fields, date: ArchiveDate, { now, zone }: ArchiveRules): ArchiveDate => {
  const { date: later } = firstDate(fields, ["publishdate", "publishat", "embargo", "scheduled", "scheduledfor"], zone)
  return later !== undefined && later.at > now && later.at > date.at ? later : date
}

/** Hugo's `expiryDate` and its like: whether it is over or to come, the public must not see it for ever. */
const expiryOf = (fields: Fields, { now, zone }: ArchiveRules): ReadonlyArray<Finding> => {
  const { date } = firstDate(
    fields,
    ["expirydate", "expires", "unpublishdate", "expire", "expiration", "expiresat"],
    zone
  )
  if (date === undefined || date.wall.year < 1970) return []
  return [
    { level: "draft", because: date.at <= now ? "its expiry date is over" : "it expires, which posts here do not" }
  ]
}

const withMark = (fields: Fields, { site, unmarkedIsPublic }: ArchiveRules): ReadonlyArray<Finding> =>
  !asksForMarks(site) || unmarkedIsPublic || isMarkedPublic(fields)
    ? []
    : [{ level: "draft", because: "a note of a vault that does not say `publish: true`" }]

/** Who may see a post, with all that its file, its folders and its site say about it. */
const audienceIn = (fields: Fields, place: PagePlace, rules: ArchiveRules): Audience => {
  const folder = folderPlace(place.contentPath)
  const isLonePage = place.isPage && rules.site.generator !== "astro"
  return audienceOf(fields, [
    ...(place.withheld === undefined ? [] : [place.withheld]),
    ...(folder === undefined ? [] : [folder]),
    ...expiryOf(fields, rules),
    ...withMark(fields, rules),
    ...(isLonePage
      ? [{ level: "unlisted" as const, because: "a page of its own, which stands in no list of posts" }]
      : [])
  ])
}

/** Formats that are not read, by the ends of names. */
const formats: ReadonlyArray<readonly [RegExp, HeldBackReason, string]> = [
  [/\.org$/i, "format", "is written in Org mode, which is not read"],
  [/\.(?:adoc|asciidoc|asc)$/i, "format", "is written in AsciiDoc, which is not read"],
  [/\.(?:rst|rest)$/i, "format", "is written in reStructuredText, which is not read"],
  [/\.textile$/i, "format", "is written in Textile, which is not read"],
  [/\.(?:ipynb|rmd|rmarkdown|qmd|wiki|mediawiki|creole|pod|tex)$/i, "format", "is in a format that is not read"],
  [/\.(?:njk|liquid|ejs|hbs|handlebars|mustache|pug|jade|haml|slim|erb|webc|vto)$/i, "template", "is a template"]
]

/** Whether a file may be a page of a site, by its name. */
export const mayBePage = (path: string): boolean =>
  /\.(?:md|markdown|mkd|mkdn|mkdown|mdown|mdwn|mdtxt|mdtext|mdx|mdoc|txt|html?|xhtml)$/i.test(path) ||
  formats.some(([name]) => name.test(path))

const isHtmlFile = (path: string): boolean => /\.x?html?$/i.test(path)

const asDraft = (because: string): Finding => ({ level: "draft", because })

/** Where a file stands, or why it need not be read. What is held back becomes a draft if that is asked for. */
export const placeOf = (path: string, rules: ArchiveRules): PagePlace | FileReading => {
  const place = path.startsWith("../") ? outside : rules.reading.place(path)
  if (place.kind === "passed") return { passedOver: place.why }
  const format = formats.find(([name]) => name.test(path))
  const reason: HeldBack | undefined =
    place.kind === "held"
      ? held(place.reason, place.why)
      : rules.isIgnored(path)
        ? held("not_published", "is passed over by the site's configuration")
        : format === undefined
          ? undefined
          : held(format[1], format[2])
  if (reason === undefined && place.kind === "page") return place
  if (reason === undefined || format !== undefined || !rules.heldBackAsDrafts)
    return reason ?? held("page", "is no post")
  return { kind: "page", contentPath: path, isPage: false, withheld: asDraft(reason.why) }
}

/** Everything that is read of a page before it is a post. */
interface Page {
  readonly file: ArchiveFile
  readonly place: PagePlace
  readonly fields: Fields
  readonly body: string
  readonly hasFrontMatter: boolean
}

/** A file that says when, or that nobody knows when. */
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
    // Where addresses are made of dates, one that a file gives itself may be all that it says of its own.
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

/** The title, and the text without it where it is the first heading. */
const titleOf = (
  { body, fields }: Page,
  name: string,
  { site }: ArchiveRules
): { readonly title?: string; readonly body: string } => {
  const given = textIn(fields.first("title", "name", "headline")?.value)?.trim()
  if (given !== undefined) return { title: given, body }
  const heading = leadingHeading(body)
  if (heading !== undefined) return heading
  // A note of a vault is called as its file.
  return asksForMarks(site) || site.generator === "quartz" ? { title: name, body } : { body }
}

/** Markdown as the generator reads it, not as a note. */
const contentIn = (text: string, isHtml: boolean): { [name: string]: ReadonlyArray<unknown> } => {
  if (text === "") return {}
  return isHtml ? { content: [{ html: text }] } : { content: [text], [contentFormatProperty]: ["document"] }
}

/** Whether a file is a part of its site by its name, and does not say itself when it was published. */
const isPartOfSite = ({ file, place }: Page, { date, isOwn }: ReturnType<typeof datingOf>): boolean => {
  if (isOwn) return false
  const fileName = (file.path.split("/").at(-1) ?? "").replace(/\.[^/]*$/, "")
  // An index of a folder is a post if the folder is one; whether it is, its date says.
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
      return held("not_published", "has no front matter: Jekyll passes it over")
    }
    const isEmpty = !hasText(body) && (title === undefined || !fields.areGiven)
    const audience = audienceIn(fields, place, rules)
    if (audience.isTrash && !rules.heldBackAsDrafts) return held("trash", audience.because ?? "was thrown away")
    const isPlainPage = isPartOfSite(page, dating)
    if (isPlainPage && !rules.heldBackAsDrafts) return held("page", "is a part of the site rather than a post")
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
        ? "is a part of the site rather than a post"
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
        // Without it, a day would become another one as soon as the site has another time zone.
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
 * Reads a file of a site as its generator would read it: what it would show is public, what it would not is a draft or
 * private, and what may be no post at all is held back. Whatever nobody can be sure of counts as not public.
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
      // A file of an export that somebody moved by itself.
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
