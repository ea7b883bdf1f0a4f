import { Either } from "effect"
import { type EntryFailure, ImportPostInvalid } from "../../errors/ImportEntry.js"
import { contentFormatProperty } from "../posts/Content.js"
import { isObject } from "../posts/Microformats.js"
import { postTypeProperty } from "../posts/Post.js"
import { addressesOf, hasText, redirectIn } from "./ArchiveAddresses.js"
import { dateIn } from "./ArchiveDate.js"
import { propertiesIn } from "./ArchiveProperties.js"
import { type ArchiveFile, type ArchiveRules, held, isHtmlFile, type Page } from "./ArchiveRules.js"
import type { ArchiveSite } from "./ArchiveSite.js"
import { readArchiveSource } from "./ArchiveSource.js"
import { categoriesIn, tagsIn } from "./ArchiveTags.js"
import { Fields, textIn } from "./Fields.js"
import type { FileReading } from "./FileReading.js"
import type { ArchivePage } from "./Generator.js"
import { isExport } from "./generators/Exports.js"
import { asksForMarks } from "./generators/Obsidian.js"
import { keptOf } from "./KeptProperties.js"
import { datingOf, expiryOf, firstDate, publicationOf, publishedFields, updatedFields } from "./PageDating.js"
import { isPartOfSite, nameOf, slugFor, titleOf, undatedName } from "./PageNaming.js"
import { placeOf } from "./PagePlacing.js"
import { folderPlace, type PagePlace } from "./Place.js"
import { isOurs, readPostFile } from "./PostFileReading.js"
import { type Audience, audienceOf, type Finding, isMarkedPublic } from "./Withholding.js"

/** Fields that are known and have no further effect. */
const understood: ReadonlySet<string> = new Set([
  ...["layout", "type", "draft", "lang", "language", "slug", "permalink", "url", "path", "extra", "params"],
  ...publishedFields,
  ...updatedFields
])

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

const withMark = (fields: Fields, { site, unmarkedIsPublic }: ArchiveRules): ReadonlyArray<Finding> =>
  !asksForMarks(site) || unmarkedIsPublic || isMarkedPublic(fields)
    ? []
    : [{ level: "draft", because: "a note of a vault without `publish: true`" }]

/** The audience of a post, by its file, its folders and its site. */
const audienceIn = (fields: Fields, place: PagePlace, rules: ArchiveRules): Audience => {
  const folder = folderPlace(place.contentPath)
  const isLonePage = place.isPage && rules.site.generator !== "astro" && !isExport(rules.site)
  return audienceOf(fields, [
    ...(place.withheld === undefined ? [] : [place.withheld]),
    ...(folder === undefined ? [] : [folder]),
    ...expiryOf(fields, rules),
    ...withMark(fields, rules),
    ...(isLonePage ? [{ level: "unlisted" as const, because: "a separate page that is not in the list of posts" }] : [])
  ])
}

/** The content, in the format of a document, not of a note. */
const contentIn = (text: string, isHtml: boolean): { [name: string]: ReadonlyArray<unknown> } => {
  if (text === "") return {}
  return isHtml ? { content: [{ html: text }] } : { content: [text], [contentFormatProperty]: ["document"] }
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
    fields.ignore(understood)
    const content = trimmed(body)
    const tags = tagsIn(fields, site.generator, taxonomiesOf(site))
    const kept = keptOf({
      ...others,
      ...(title === undefined ? {} : { name: [title] }),
      ...contentIn(content, isHtml),
      ...(place.isPage && isExport(site) ? { [postTypeProperty]: ["page"] } : {}),
      ...(tags.length === 0 ? {} : { category: tags })
    })
    const { notes: losses, properties } = yield* kept
    const shown = visible.filter(
      (name) => Object.hasOwn(properties, name) && !(isEmpty && (name === "name" || name === "content"))
    )
    if (shown.length === 0) return held("empty", "is empty")
    const { slug, ...renamed } = slugFor(fields, archivePage.name, properties, date)
    const updated = firstDate(fields, updatedFields, zone).date
    // A scheduled post was written before the import, whatever its publication date.
    const written = Math.min(date.at, now)
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
        createdAt: written,
        updatedAt: Math.min(Math.max(updated?.at ?? written, written), now),
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
