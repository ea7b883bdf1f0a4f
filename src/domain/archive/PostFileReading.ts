import { Either, Option, Schema } from "effect"
import { type EntryFailure, ImportPostInvalid } from "../../errors/ImportEntry.js"
import { type Moment, parseMoment } from "../Moment.js"
import { decodePost } from "../micropub/MicropubCreate.js"
import { contentFormatProperty } from "../posts/Content.js"
import { decodeProperties, isObject, type Properties, textsOf } from "../posts/Microformats.js"
import { isOldAddress } from "../posts/OldAddress.js"
import { type PostStatus, suggestedSlug, Visibility } from "../posts/Post.js"
import { Slug, slugFromWish } from "../posts/Slug.js"
import { type TimeZone, utc, wallClockAt } from "../TimeZone.js"
import { type FrontMatter, readFrontMatter } from "./FrontMatter.js"
import type { FormerSlug, MovedPost } from "./MovedPost.js"

/** Origin of a file, which supplies values that the file lacks. */
export interface FileOrigin {
  /** Path relative to the imported directory, with `/`; the slug and the date may be part of it. */
  readonly path: string
  /** Epoch milliseconds: the publication time if there is no other. */
  readonly modifiedAt: number
  /** Whether the file is from an export of StarPunk, in which white space matters. */
  readonly exact: boolean
  /** Time zone of times without one, and of dates; UTC when absent. */
  readonly zone?: TimeZone
}

/** A post that was read from a file. */
export interface ReadPost {
  readonly post: MovedPost
  /** The file, relative to the root of its site, with `/`. */
  readonly path: string
  /**
   * Its paths on the old site, which linked to the first: percent-decoded, beginning with `/`, with the generator's
   * trailing slash or extension.
   */
  readonly oldAddresses: ReadonlyArray<string>
  /** Neither the file nor its name has a publication time. */
  readonly publishedIsGuess: boolean
  /** Notes for the report: a code for programs, and a few words for people. */
  readonly notes?: ReadonlyArray<{ readonly reason: string; readonly why: string }>
  /** The field that made it a draft, private or unlisted, as in the file: `draft: true`. Absent for public posts. */
  readonly notPublicBecause?: string
  /** The slug in the file, if it is not valid in an address. */
  readonly renamedFrom?: string
}

type Fields = FrontMatter["fields"]
type Read<A> = Either.Either<A, ImportPostInvalid>

const invalid = (part: string, expected: string) => Either.left(new ImportPostInvalid({ part, expected }))

const present = (value: unknown): boolean => value !== undefined && value !== null && value !== ""

/** The first of these fields that has a value. */
const firstOf = (fields: Fields, names: ReadonlyArray<string>): readonly [name: string, value: unknown] | undefined => {
  const name = names.find((candidate) => Object.hasOwn(fields, candidate) && present(fields[candidate]))
  return name === undefined ? undefined : [name, fields[name]]
}

/** Numbers are read as milliseconds from this absolute value on: only years beyond 9999 or before 0 are written so. */
const farMillis = 6e13

const momentOf = (value: unknown, part: string, zone: TimeZone): Read<Moment> => {
  if (typeof value === "number" && Number.isSafeInteger(value) && Math.abs(value) >= farMillis)
    return Either.right({ at: value })
  return Either.fromOption(
    typeof value === "string" ? parseMoment(value, zone) : Option.none(),
    () => new ImportPostInvalid({ part, expected: "a date and time, such as 2026-11-23T19:00:00+01:00, or a date" })
  )
}

const timeOf = (fields: Fields, names: ReadonlyArray<string>, zone: TimeZone): Read<Moment | undefined> => {
  const found = firstOf(fields, names)
  // Jekyll marks drafts with `published: false`.
  return found === undefined || typeof found[1] === "boolean"
    ? Either.right(undefined)
    : momentOf(found[1], found[0], zone)
}

const publishedFields = ["published", "date", "published_at", "publishDate", "pubDate"]
const updatedFields = ["updated", "lastmod", "last_modified_at", "modified", "updatedDate"]

const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined

/** Parses tags as a list, or as one text with commas. */
const tagList = (value: unknown, part: string): Read<ReadonlyArray<string>> => {
  if (Array.isArray(value)) {
    const tags = value.map(text)
    return tags.every((tag) => tag !== undefined) ? Either.right(tags) : invalid(part, "a list of texts")
  }
  const list = text(value)
  return list === undefined ? invalid(part, "a list of texts") : Either.right(list.split(",").map((tag) => tag.trim()))
}

const tagsOf = (fields: Fields, exact: boolean): Read<ReadonlyArray<string>> =>
  Either.map(
    Either.all(
      ["tags", "categories", "category"]
        .filter((name) => Object.hasOwn(fields, name) && present(fields[name]))
        .map((name) => tagList(fields[name], name))
    ),
    (lists) => (exact ? lists.flat() : [...new Set(lists.flat())].filter((tag) => tag !== ""))
  )

/** Properties that files of other programs name as fields of their own. */
const propertyFields: ReadonlyMap<string, string> = new Map([
  ...["summary", "photo", "video", "audio", "in-reply-to", "like-of", "repost-of", "bookmark-of", "rsvp"].map(
    (name) => [name, name] as const
  ),
  ...["syndication", "location", "start", "end"].map((name) => [name, name] as const),
  ["description", "summary"],
  ["excerpt", "summary"],
  ["image", "photo"]
])

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [value])

const propertiesIn = (fields: Fields): Read<{ [name: string]: ReadonlyArray<unknown> }> => {
  const given = fields.properties ?? {}
  if (!isObject(given)) return invalid("properties", "properties, each with a list of values")
  const properties: { [name: string]: ReadonlyArray<unknown> } = {}
  for (const [field, name] of propertyFields) {
    if (Object.hasOwn(fields, field) && present(fields[field]) && !Object.hasOwn(properties, name)) {
      properties[name] = list(fields[field])
    }
  }
  for (const [name, value] of Object.entries(given)) {
    if (name !== "__proto__") properties[name] = list(value)
  }
  return Either.right(properties)
}

const bodyOf = (body: string, exact: boolean): string => {
  if (!exact) return body.replace(/^(?:[ \t]*\n)+/, "").trimEnd()
  return body.replace(/^\n/, "").replace(/\n$/, "")
}

/** Returns whether front matter looks as if `writePostFile` wrote it. */
export const isOurs = (fields: Fields): boolean =>
  String(fields.type).startsWith("h-") &&
  ["status", "visibility", "created", "updated"].every((name) => Object.hasOwn(fields, name))

/** The format of the body. Markdown of other programs is a document. */
const formatOf = (fields: Fields, origin: FileOrigin): unknown => {
  if (fields.format !== undefined) return fields.format
  if (/\.html?$/i.test(origin.path)) return "html"
  return origin.exact || isOurs(fields) ? undefined : "document"
}

const contentIn = (
  fields: Fields,
  origin: FileOrigin,
  body: string
): Read<{ readonly [name: string]: ReadonlyArray<unknown> }> => {
  const format = formatOf(fields, origin)
  const content = bodyOf(body, origin.exact)
  if (content === "") return Either.right({})
  if (format === undefined) return Either.right({ content: [content] })
  if (format === "document") return Either.right({ content: [content], [contentFormatProperty]: ["document"] })
  return format === "html" || format === "markdown"
    ? Either.right({ content: [{ [format]: content }] })
    : invalid("format", "html, markdown or document")
}

/** Parses `2024-01-02-hello.md`, as Jekyll names posts, and `hello/index.md`, as Hugo does. */
const nameOf = (path: string): { readonly name: string; readonly date?: string } => {
  const segments = path.replace(/\.[^./]+$/, "").split("/")
  const last = segments.at(-1) ?? ""
  const name = last === "index" ? (segments.at(-2) ?? "") : last
  const dated = /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(name)
  return dated?.[1] !== undefined && dated[2] !== undefined ? { name: dated[2], date: dated[1] } : { name }
}

const statusOf = (fields: Fields): Read<PostStatus> => {
  if (fields.draft === true || fields.published === false) return Either.right("draft")
  const given = text(firstOf(fields, ["status", "post-status"])?.[1])?.toLowerCase()
  if (given === undefined || given === "published" || given === "publish") return Either.right("published")
  return given === "draft" ? Either.right("draft") : invalid("status", "published or draft")
}

const visibilityOf = (fields: Fields): Read<Visibility> => {
  if (!present(fields.visibility)) return Either.right(fields.private === true ? "private" : "public")
  return Either.fromOption(
    Schema.decodeUnknownOption(Visibility)(fields.visibility),
    () => new ImportPostInvalid({ part: "visibility", expected: Visibility.literals.join(", ") })
  )
}

const isSlug = Schema.is(Slug)

const formerSlugsOf = (fields: Fields): Read<ReadonlyArray<FormerSlug>> => {
  if (!present(fields.former_slugs)) return Either.right([])
  if (!Array.isArray(fields.former_slugs)) return invalid("former_slugs", "a list")
  return Either.all(
    fields.former_slugs.map((entry: unknown) => {
      if (!isObject(entry) || !isSlug(entry.slug)) return invalid("former_slugs", "a list of slugs with their times")
      const { slug } = entry
      return Either.map(momentOf(entry.replaced, "former_slugs", utc), ({ at }) => ({ slug, replacedAt: at }))
    })
  )
}

const keptAddressesOf = (fields: Fields): Read<ReadonlyArray<string>> => {
  const given = fields.old_addresses
  if (!present(given)) return Either.right([])
  return Array.isArray(given) && given.every(isOldAddress)
    ? Either.right([...new Set(given)])
    : invalid("old_addresses", "a list of paths, such as /2020/01/hello")
}

/** Maximum length of an id; longer than any that a feed has given. */
const longestFeedId = 2_000

const feedIdOf = (fields: Fields): Read<string | undefined> => {
  const given = fields.feed_id
  if (!present(given)) return Either.right(undefined)
  return typeof given === "string" && given.length <= longestFeedId && /^[a-z][a-z0-9+.-]*:\S+$/i.test(given)
    ? Either.right(given)
    : invalid("feed_id", "an absolute IRI, such as urn:uuid:… or https://…")
}

/**
 * Validates the type and the properties. An export holds posts that a site accepted before, so only their safety is
 * checked.
 */
const keptOf = (type: string, given: { [name: string]: ReadonlyArray<unknown> }, exact: boolean): Read<Properties> => {
  const kept = Object.fromEntries(Object.entries(given).filter(([, values]) => values.length > 0))
  if (exact && !/^h-[a-z0-9]+(?:-[a-z0-9]+)*$/.test(type)) return invalid("type", "a type such as h-entry")
  const decoded: Either.Either<
    Properties,
    { readonly _tag: string; readonly part?: string; readonly expected?: string }
  > = exact ? decodeProperties(kept) : Either.map(decodePost(type, kept), ({ properties }) => properties)
  return Either.mapLeft(
    decoded,
    ({ expected, part }) =>
      new ImportPostInvalid({ part: part ?? "type", expected: expected ?? "h-entry, h-event or h-review" })
  )
}

const slugOf = (
  fields: Fields,
  origin: FileOrigin,
  name: string,
  properties: Properties,
  wallClock: number
): Read<{ readonly slug: Slug; readonly renamedFrom?: string }> => {
  const given = text(fields.slug)
  if (given !== undefined && isSlug(given)) return Either.right({ slug: given })
  if (origin.exact) return invalid("slug", "a slug such as hello-world")
  const wished = slugFromWish(given ?? name)
  const slug = wished ?? suggestedSlug({ properties }, wallClock)
  return Either.right(given === undefined ? { slug } : { slug, renamedFrom: given })
}

/** Paths in the front matter that begin with `/`. */
const oldAddressesOf = (fields: Fields): ReadonlyArray<string> => {
  const given = ["permalink", "url", "aliases", "alias", "redirect_from"].flatMap((name) =>
    Object.hasOwn(fields, name) ? list(fields[name]) : []
  )
  return [
    ...new Set(given.filter((address) => typeof address === "string" && address.startsWith("/")))
  ] as Array<string>
}

const decode = ({ body, fields }: FrontMatter, origin: FileOrigin): Read<ReadPost> =>
  Either.gen(function* () {
    const { date, name } = nameOf(origin.path)
    const content = yield* contentIn(fields, origin, body)
    const title = text(firstOf(fields, ["title", "name"])?.[1])
    const tags = yield* tagsOf(fields, origin.exact)
    const given = {
      ...(yield* propertiesIn(fields)),
      ...(title === undefined ? {} : { name: [title] }),
      ...content,
      ...(tags.length === 0 ? {} : { category: tags })
    }
    const type = text(fields.type)?.startsWith("h-") === true ? String(fields.type) : "h-entry"
    const properties = yield* keptOf(type, given, origin.exact)
    const inProperties = textsOf(properties, "published")[0]
    const { zone = utc } = origin
    const said =
      (yield* timeOf(fields, publishedFields, zone)) ??
      (inProperties === undefined ? undefined : yield* momentOf(inProperties, "properties.published", zone)) ??
      (date === undefined ? undefined : yield* momentOf(date, "the date in the file's name", zone))
    const { at: publishedAt, offset }: Moment = said ?? { at: origin.modifiedAt }
    const updatedAt = (yield* timeOf(fields, updatedFields, zone))?.at ?? publishedAt
    const deletedAt = (yield* timeOf(fields, ["deleted"], zone))?.at
    const keptAddresses = yield* keptAddressesOf(fields)
    const feedId = yield* feedIdOf(fields)
    const wallClock = wallClockAt(publishedAt, offset ?? zone.offsetAt(publishedAt))
    const { slug, ...renamed } = yield* slugOf(fields, origin, name, properties, wallClock)
    return {
      post: {
        slug,
        type,
        properties,
        status: yield* statusOf(fields),
        visibility: yield* visibilityOf(fields),
        publishedAt,
        ...(offset !== undefined && { publishedOffset: offset }),
        createdAt: (yield* timeOf(fields, ["created"], zone))?.at ?? publishedAt,
        updatedAt,
        ...(deletedAt === undefined ? {} : { deletedAt }),
        formerSlugs: yield* formerSlugsOf(fields),
        ...(feedId === undefined ? {} : { feedId }),
        ...(keptAddresses.length === 0 ? {} : { oldAddresses: keptAddresses })
      },
      path: origin.path,
      oldAddresses: oldAddressesOf(fields),
      publishedIsGuess: said === undefined,
      ...renamed
    }
  })

/**
 * Parses the file of a post: one that `writePostFile` wrote, without loss, or Markdown with front matter of another
 * program (`title`, `slug`, `date`, `tags`, `categories`, `draft` and similar; unknown fields are left out). The result
 * is `undefined` for a text without front matter.
 */
export const readPostFile = (content: string, origin: FileOrigin): Either.Either<ReadPost | undefined, EntryFailure> =>
  Either.flatMap(
    readFrontMatter(content),
    (found): Either.Either<ReadPost | undefined, EntryFailure> =>
      found === undefined ? Either.right(undefined) : decode(found, origin)
  )
