import { Option } from "effect"
import { formatMoment, formatOffset, type Moment, parseMoment } from "../Moment.js"
import { contentOf } from "../posts/Content.js"
import {
  addressIn,
  isObject,
  type Properties,
  type PropertyValue,
  rsvpAnswer,
  textsOf,
  valuesOf
} from "../posts/Microformats.js"
import { labelsOf } from "../posts/Person.js"
import { nameOf, type Post, summaryOf } from "../posts/Post.js"
import { withLineFeeds } from "../posts/StorableText.js"
import { showTags } from "../posts/TagList.js"
import { type TimeZone, utc } from "../TimeZone.js"

/** The properties that hold pictures, films and recordings. */
export const mediaProperties = ["photo", "video", "audio"] as const

/** Which of them. */
export type MediaProperty = (typeof mediaProperties)[number]

/** A picture, film or recording in a form. */
export interface FormMedium {
  readonly property: MediaProperty
  /** http, https, or a path on this site. */
  readonly url: string
  /** What it shows, for those who do not see it. */
  readonly alt: string
}

/** The properties by which a post answers to something elsewhere; each is one field, several addresses separated by spaces. */
export const relationProperties = ["in-reply-to", "like-of", "repost-of", "bookmark-of"] as const

/** Which of them. */
export type RelationProperty = (typeof relationProperties)[number]

/** The fields of a post's form that are one text each. */
export const textFields = [
  ...["name", "format", "content", "summary", "category", "slug", "visibility", "published"],
  ...["rsvp", "start", "end", "location"],
  ...relationProperties
] as const

/** The fields for a date and a time. */
export const timeFields = ["published", "start", "end"] as const

/** One of them. */
export type TimeFieldName = (typeof timeFields)[number]

/** The field that says of which offset a field for a time is, where it is not of the site's time zone. */
export const offsetFieldOf = (name: TimeFieldName): string => `${name}_offset`

/**
 * A post as its form holds it: every field the text that is shown or was typed, the names of properties where they are
 * properties. Times are ISO 8601 to the minute; without an offset they are of the site's time zone.
 */
export interface PostForm extends Readonly<Record<RelationProperty, string>> {
  readonly name: string
  /** What `content` is: `markdown` or `html`. */
  readonly format: string
  readonly content: string
  readonly summary: string
  /** Tags as one line: see `TagList`. */
  readonly category: string
  /** Empty for one that is made from the post's own words. */
  readonly slug: string
  readonly visibility: string
  readonly published: string
  readonly rsvp: string
  readonly start: string
  readonly end: string
  readonly location: string
  readonly media: ReadonlyArray<FormMedium>
}

/** The form of a post that is yet to be written. */
export const emptyForm: PostForm = {
  name: "",
  format: "markdown",
  content: "",
  summary: "",
  category: "",
  slug: "",
  visibility: "public",
  published: "",
  rsvp: "",
  start: "",
  end: "",
  location: "",
  "in-reply-to": "",
  "like-of": "",
  "repost-of": "",
  "bookmark-of": "",
  media: []
}

/**
 * The slug under which a draft waits that has no name yet; its words decide when it is published. `key` is the form's
 * own, so that a draft that is sent twice is found again.
 */
export const placeholderSlug = (key: string): string => `draft-${key}`

/** Whether a slug is one of those, numbered or not. */
export const isPlaceholderSlug = (slug: string): boolean => /^draft-[0-9a-f]{16}(?:-\d+)?$/.test(slug)

/** A moment to the minute, as its own clock showed it: `2026-11-23T19:00`. */
const wallMinute = ({ at, offset = 0 }: Moment): string =>
  formatMoment({ at, offset }).replace(/:\d{2}\.\d{3}[+-][\d:]+$/, "")

/**
 * A moment as its field shows it: `2026-11-23T19:00` by the site's clocks, or with its offset where its author's clock
 * showed something else (`2026-11-12T21:18-04:00`), so that editing a post leaves it the time that it was given.
 */
export const shownMoment = ({ at, offset }: Moment, zone: TimeZone): string => {
  const ours = zone.offsetAt(at)
  const wall = wallMinute({ at, offset: offset ?? ours })
  const isOurs = (offset ?? ours) === ours && zone.instantOf(at + ours * 1000) === at
  return isOurs ? wall : `${wall}${formatOffset(offset ?? ours)}`
}

/** A time as its field shows it; what no calendar has is shown as it stands. */
export const shownTime = (text: string, zone: TimeZone): string =>
  Option.match(parseMoment(text, zone), { onNone: () => text, onSome: (moment) => shownMoment(moment, zone) })

/** The same with its offset always, for scripts: `2026-11-23T19:00+01:00`. */
export const exactTime = (text: string, zone: TimeZone): string =>
  Option.match(parseMoment(text, zone), {
    onNone: () => "",
    onSome: ({ at, offset = zone.offsetAt(at) }) => `${wallMinute({ at, offset })}${formatOffset(offset)}`
  })

/** Whether two texts of a field for a time mean the same minute. */
export const isSameTime = (a: string, b: string, zone: TimeZone): boolean => {
  const minute = (text: string) =>
    Option.match(parseMoment(text, zone), { onNone: () => text.trim(), onSome: ({ at }) => at })
  return minute(a) === minute(b)
}

/** What a relation's field shows of one value; nothing of objects without an address, which are kept as they are. */
export const relationText = (value: PropertyValue): string | undefined =>
  addressIn(value) ?? (typeof value === "string" && !/\s/.test(value) ? value : undefined)

/** The picture, film or recording that a value is; nothing of values without an address, which are kept as they are. */
export const mediumOf = (property: MediaProperty, value: PropertyValue): FormMedium | undefined => {
  const url = addressIn(value)
  const alt = isObject(value) && typeof value.alt === "string" ? value.alt : ""
  return url === undefined ? undefined : { property, url, alt }
}

const relationField = (properties: Properties, name: RelationProperty): string =>
  valuesOf(properties, name)
    .flatMap((value) => relationText(value) ?? [])
    .join(" ")

/** When the form says that the post was, or is to be, published: nothing for a draft that is to be published some day. */
const publishedField = ({ properties, publishedAt: at, publishedOffset, status }: Post, zone: TimeZone): string =>
  status === "draft" && valuesOf(properties, "published").length === 0
    ? ""
    : shownMoment({ at, ...(publishedOffset !== undefined && { offset: publishedOffset }) }, zone)

/**
 * A post as its form shows it, on a site whose time `zone` is this. What the form has no field for is not in it, and stays
 * with the post.
 */
export const formOf = (post: Post, zone: TimeZone = utc): PostForm => {
  const { properties } = post
  const content = contentOf(properties)
  const text = (name: string) => textsOf(properties, name)[0] ?? ""
  return {
    name: nameOf(post) ?? "",
    format: content?.format ?? "markdown",
    content: withLineFeeds(content === undefined ? "" : content.format === "html" ? content.html : content.text),
    summary: summaryOf(post) ?? "",
    category: showTags(labelsOf(properties).map((label) => label.trim())),
    slug: isPlaceholderSlug(post.slug) ? "" : post.slug,
    visibility: post.visibility,
    published: publishedField(post, zone),
    rsvp: rsvpAnswer(text("rsvp")) ?? text("rsvp"),
    start: shownTime(text("start"), zone),
    end: shownTime(text("end"), zone),
    location: text("location"),
    "in-reply-to": relationField(properties, "in-reply-to"),
    "like-of": relationField(properties, "like-of"),
    "repost-of": relationField(properties, "repost-of"),
    "bookmark-of": relationField(properties, "bookmark-of"),
    media: mediaProperties.flatMap((property) =>
      valuesOf(properties, property).flatMap((value) => mediumOf(property, value) ?? [])
    )
  }
}
