import { Schema } from "effect"
import { type TimeZone, wallClockAt } from "../TimeZone.js"
import type { CitedPage } from "./CitedPage.js"
import { oneLine, shortened } from "./Line.js"
import { type Properties, textsOf, valuesOf } from "./Microformats.js"
import { labelsOf } from "./Person.js"
import { type Rendering, startOf } from "./Rendering.js"
import { type Slug, slugFromText, slugOfTime } from "./Slug.js"
import { type Tag, tagsFromLabels } from "./Tag.js"

/** Only the owner sees drafts. */
export const PostStatus = Schema.Literal("published", "draft")

export type PostStatus = typeof PostStatus.Type

/** `unlisted` posts have a permalink but are in no list, feed or search; only the owner sees `private` posts. */
export const Visibility = Schema.Literal("public", "unlisted", "private")

export type Visibility = typeof Visibility.Type

/** A post: its microformats2 properties, and the site's own fields. Times are in epoch milliseconds. */
export interface Post {
  readonly id: number
  readonly slug: Slug
  /**
   * Id in feeds: an IRI, or a path under the first address of the site. It never changes, even if slug or site address
   * change (RFC 4287 §4.2.6).
   */
  readonly feedId: string
  /** Microformats2 type, such as `h-entry`. */
  readonly type: string
  /** As received, with unknown properties, but without commands (`mp-*`), tokens and values of the fields below. */
  readonly properties: Properties
  /** Rendering of the content. */
  readonly rendering: Rendering
  readonly status: PostStatus
  readonly visibility: Visibility
  readonly publishedAt: number
  /**
   * UTC offset of its author in seconds at the time of publication. Absent if unknown; then its time is shown in the
   * site's time zone.
   */
  readonly publishedOffset?: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Only on deleted posts. */
  readonly deletedAt?: number
  /** The app that posted it (`appOf`); absent for posts that were written here or imported. */
  readonly postedBy?: string
  /** What is known about pages that it cites by address alone. */
  readonly citedPages?: ReadonlyArray<CitedPage>
}

/** A post without its rendering. */
export type BarePost = Omit<Post, "rendering">

/** A post to be stored. */
export interface NewPost {
  readonly type: string
  readonly properties: Properties
  readonly status: PostStatus
  readonly visibility: Visibility
  /** Epoch milliseconds; the current time when absent. A time in the future schedules the post. */
  readonly publishedAt?: number
  /** Offset of `publishedAt`, as in `Post`. */
  readonly publishedOffset?: number
  /** The requested slug; the post gets the nearest free one. Made from name or content when absent. */
  readonly wishedSlug?: string
  /** The app that posts it (`appOf`); a later change does not replace it. */
  readonly postedBy?: string
}

/**
 * Returns whether visitors may see a post, or learn that it existed; includes unlisted posts. `now` is in epoch
 * milliseconds.
 */
export const isForVisitors = (post: Pick<Post, "status" | "visibility" | "publishedAt">, now: number): boolean =>
  post.status === "published" && post.visibility !== "private" && post.publishedAt <= now

/** A value with a post's properties. */
type Propertied = Pick<Post, "properties">

const line = (text: string | undefined) => oneLine(text ?? "") || undefined

/** Property whose value `page` makes a post a page of the site, such as `/about`. */
export const postTypeProperty = "post-type"

/** Property whose value `true` keeps a post at the top of the home page. */
export const pinnedProperty = "pinned"

/** Returns whether a post is a page: at an address of one segment, and in no list and no feed. */
export const isPage = ({ properties }: Propertied): boolean => textsOf(properties, postTypeProperty)[0] === "page"

/** Returns whether the home page shows a post before all others. */
export const isPinned = ({ properties }: Propertied): boolean => {
  const [value] = valuesOf(properties, pinnedProperty)
  return value === true || value === "true" || value === "yes" || value === "1"
}

/** The post's title as plain text on one line; `undefined` for notes. */
export const nameOf = ({ properties }: Propertied): string | undefined => line(textsOf(properties, "name")[0])

/** The author's summary as plain text on one line. */
export const summaryOf = ({ properties }: Propertied): string | undefined => line(textsOf(properties, "summary")[0])

/** The post's tags in order, without duplicates and without people. */
export const tagsOf = ({ properties }: Propertied): ReadonlyArray<Tag> => tagsFromLabels(labelsOf(properties))

/** The post's content as safe HTML; empty if it has none. */
export const htmlOf = ({ rendering }: Pick<Post, "rendering">): string => rendering.html

/** The post's content as plain text, a paragraph per line; empty if it has none. For search, summaries and slugs. */
export const textOf = ({ rendering }: Pick<Post, "rendering">): string => rendering.text

/** A value with the beginning of a post's text. */
interface Opened {
  readonly rendering: Pick<Rendering, "opening">
}

/**
 * The beginning of the text on one line, at most `length` characters (up to 500), cut between words and with an
 * ellipsis.
 */
export const excerptOf = ({ rendering }: Opened, length: number): string =>
  shortened(oneLine(rendering.opening), length)

/** The first paragraph of a text if it has 60 to 480 characters; otherwise its beginning. */
export const leadOf = (post: Opened): string => {
  const [first = ""] = post.rendering.opening.split("\n", 1)
  return first.length >= 60 && first.length <= 480 ? first : excerptOf(post, 320)
}

/** Returns whether a deleted post was removed permanently: only its addresses are left, and they answer 410. */
export const isErased = ({ deletedAt, properties }: Pick<Post, "deletedAt" | "properties">): boolean =>
  deletedAt !== undefined && Object.keys(properties).every((name) => name === postTypeProperty)

/** Fields that decide whether a post is public. */
export type PublicFacts = Pick<Post, "status" | "visibility" | "publishedAt" | "deletedAt">

/** Returns whether a post is public at an instant: visible in lists, feeds and search. */
export const isPublicPost = ({ deletedAt, publishedAt, status, visibility }: PublicFacts, now: number): boolean =>
  status === "published" && visibility === "public" && deletedAt === undefined && publishedAt <= now

/**
 * The local time of a post's author at publication, as if it were UTC (epoch milliseconds). Posts without an offset are
 * in `zone`.
 */
export const wallClockOf = (post: Pick<Post, "publishedAt" | "publishedOffset">, zone: TimeZone): number =>
  wallClockAt(post.publishedAt, post.publishedOffset ?? zone.offsetAt(post.publishedAt))

/**
 * Makes a slug from a post's name, content or summary; none if they have no words for it. Renders the beginning of the
 * content, unless it is rendered already.
 */
export const slugOfWords = (post: Propertied, rendering?: Rendering): Slug | undefined => {
  const text = () => (rendering?.state === "rendered" ? rendering.text : startOf(post.properties))
  return slugFromText(nameOf(post) ?? (text() || (summaryOf(post) ?? "")))
}

/** Makes a slug from a post's words, or else from its author's `wallClock` time. */
export const suggestedSlug = (post: Propertied, wallClock: number, rendering?: Rendering): Slug =>
  slugOfWords(post, rendering) ?? slugOfTime(wallClock)
