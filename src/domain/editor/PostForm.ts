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
import { isPage, isPinned, nameOf, type Post, summaryOf } from "../posts/Post.js"
import { languageOf } from "../posts/PostLanguage.js"
import { withLineFeeds } from "../posts/StorableText.js"
import { showTags } from "../posts/TagList.js"
import { type TimeZone, utc } from "../TimeZone.js"

/** Properties that hold images, videos and audio files. */
export const mediaProperties = ["photo", "video", "audio"] as const

export type MediaProperty = (typeof mediaProperties)[number]

/** An image, video or audio file in a form. */
export interface FormMedium {
  readonly property: MediaProperty
  /** http, https, or a path on this site. */
  readonly url: string
  /** Alternative text. */
  readonly alt: string
}

/** Properties that relate a post to another page; each is one field with addresses separated by spaces. */
export const relationProperties = ["in-reply-to", "like-of", "repost-of", "bookmark-of"] as const

export type RelationProperty = (typeof relationProperties)[number]

/** Fields of a post's form that are a single text. */
export const textFields = [
  ...["name", "format", "content", "summary", "category", "slug", "kind", "pinned", "lang", "visibility", "published"],
  ...["rsvp", "start", "end", "location"],
  ...relationProperties
] as const

/** Fields for a date and a time. */
export const timeFields = ["published", "start", "end"] as const

export type TimeFieldName = (typeof timeFields)[number]

/** Name of the field that holds the UTC offset of a time field, if it differs from the site's time zone. */
export const offsetFieldOf = (name: TimeFieldName): string => `${name}_offset`

/**
 * A post as its form holds it: every field is the text that is shown or was typed. Properties keep their names. Times
 * are ISO 8601 to the minute; without an offset they are in the site's time zone.
 */
export interface PostForm extends Readonly<Record<RelationProperty, string>> {
  readonly name: string
  /** Format of `content`: `markdown` or `html`. */
  readonly format: string
  readonly content: string
  readonly summary: string
  /** Tags on one line, see `TagList`. */
  readonly category: string
  /** Empty if the slug is to be made from the post's text. */
  readonly slug: string
  /** `post` or `page`; empty keeps what the post is. */
  readonly kind: string
  /** `yes` or `no`; empty keeps what the post is. */
  readonly pinned: string
  /** Language (BCP 47); empty if the post is in the site's. */
  readonly lang: string
  readonly visibility: string
  readonly published: string
  readonly rsvp: string
  readonly start: string
  readonly end: string
  readonly location: string
  readonly media: ReadonlyArray<FormMedium>
}

/** An empty form. */
export const emptyForm: PostForm = {
  name: "",
  format: "markdown",
  content: "",
  summary: "",
  category: "",
  slug: "",
  kind: "",
  pinned: "",
  lang: "",
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
 * Slug of a draft without a name; publishing it replaces the slug by one from its text. `key` identifies the form, so
 * that a draft that is sent twice is found again.
 */
export const placeholderSlug = (key: string): string => `draft-${key}`

/** Returns whether a slug is a placeholder, numbered or not. */
export const isPlaceholderSlug = (slug: string): boolean => /^draft-[0-9a-f]{16}(?:-\d+)?$/.test(slug)

/** The local time of a moment, to the minute: `2026-11-23T19:00`. */
const wallMinute = ({ at, offset = 0 }: Moment): string =>
  formatMoment({ at, offset }).replace(/:\d{2}\.\d{3}[+-][\d:]+$/, "")

/**
 * The text of a moment in its field: `2026-11-23T19:00` in the site's time zone, or with its offset if that differs
 * (`2026-11-12T21:18-04:00`), so that editing a post preserves its time.
 */
const shownMoment = ({ at, offset }: Moment, zone: TimeZone): string => {
  const ours = zone.offsetAt(at)
  const wall = wallMinute({ at, offset: offset ?? ours })
  const isOurs = (offset ?? ours) === ours && zone.instantOf(at + ours * 1000) === at
  return isOurs ? wall : `${wall}${formatOffset(offset ?? ours)}`
}

/** The text of a time in its field; an invalid time is shown unchanged. */
export const shownTime = (text: string, zone: TimeZone): string =>
  Option.match(parseMoment(text, zone), { onNone: () => text, onSome: (moment) => shownMoment(moment, zone) })

/** Like `shownTime`, but always with the offset, for scripts: `2026-11-23T19:00+01:00`. */
export const exactTime = (text: string, zone: TimeZone): string =>
  Option.match(parseMoment(text, zone), {
    onNone: () => "",
    onSome: ({ at, offset = zone.offsetAt(at) }) => `${wallMinute({ at, offset })}${formatOffset(offset)}`
  })

/** Returns whether two texts of a time field are the same minute. */
export const isSameTime = (a: string, b: string, zone: TimeZone): boolean => {
  const minute = (text: string) =>
    Option.match(parseMoment(text, zone), { onNone: () => text.trim(), onSome: ({ at }) => at })
  return minute(a) === minute(b)
}

/**
 * The text of one value in a relation's field; `undefined` for objects without an address, which are kept unchanged.
 */
export const relationText = (value: PropertyValue): string | undefined =>
  addressIn(value) ?? (typeof value === "string" && !/\s/.test(value) ? value : undefined)

/**
 * The form entry of an image, video or audio value; `undefined` for values without an address, which are kept
 * unchanged.
 */
export const mediumOf = (property: MediaProperty, value: PropertyValue): FormMedium | undefined => {
  const url = addressIn(value)
  const alt = isObject(value) && typeof value.alt === "string" ? value.alt : ""
  return url === undefined ? undefined : { property, url, alt }
}

const relationField = (properties: Properties, name: RelationProperty): string =>
  valuesOf(properties, name)
    .flatMap((value) => relationText(value) ?? [])
    .join(" ")

/** The publication time in the form; empty for a draft without one. */
const publishedField = ({ properties, publishedAt: at, publishedOffset, status }: Post, zone: TimeZone): string =>
  status === "draft" && valuesOf(properties, "published").length === 0
    ? ""
    : shownMoment({ at, ...(publishedOffset !== undefined && { offset: publishedOffset }) }, zone)

/** Converts a post to its form, in the site's time `zone`. Properties without a field stay in the post. */
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
    kind: isPage(post) ? "page" : "post",
    pinned: isPinned(post) ? "yes" : "no",
    lang: languageOf(post) ?? "",
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
