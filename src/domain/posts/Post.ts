import { Schema } from "effect"
import { type TimeZone, wallClockAt } from "../TimeZone.js"
import { oneLine, shortened } from "./Line.js"
import { type Properties, textsOf } from "./Microformats.js"
import { labelsOf } from "./Person.js"
import { type Rendering, startOf } from "./Rendering.js"
import { type Slug, slugFromText } from "./Slug.js"
import { type Tag, tagsFromLabels } from "./Tag.js"

/** Drafts are seen by the owner only. */
export const PostStatus = Schema.Literal("published", "draft")

/** Drafts are seen by the owner only. */
export type PostStatus = typeof PostStatus.Type

/** `unlisted` posts have a permalink but stand in no list, feed or search; `private` ones are the owner's. */
export const Visibility = Schema.Literal("public", "unlisted", "private")

/** `unlisted` posts have a permalink but stand in no list, feed or search; `private` ones are the owner's. */
export type Visibility = typeof Visibility.Type

/** A post: its microformats2 properties, and what the site decides about it. Times are epoch milliseconds, UTC. */
export interface Post {
  readonly id: number
  readonly slug: Slug
  /**
   * The id in feeds: an IRI, or a path under the first address of the site. It never changes, whatever becomes of slug and
   * site address (RFC 4287 §4.2.6).
   */
  readonly feedId: string
  /** The mf2 type, such as `h-entry`. */
  readonly type: string
  /** As received, unknown properties included; commands (`mp-*`), tokens and what stands in the fields below excluded. */
  readonly properties: Properties
  /** What its content became. */
  readonly rendering: Rendering
  readonly status: PostStatus
  readonly visibility: Visibility
  readonly publishedAt: number
  /**
   * Seconds that its author's clock was ahead of UTC when it was published. Absent where nobody said: then its time is
   * shown in the site's time zone.
   */
  readonly publishedOffset?: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Present on deleted posts. */
  readonly deletedAt?: number
  /** The app that posted it (`appOf`); absent for what was written here or imported. */
  readonly postedBy?: string
}

/** A post without what its content became. */
export type BarePost = Omit<Post, "rendering">

/** A post that is to be stored. */
export interface NewPost {
  readonly type: string
  readonly properties: Properties
  readonly status: PostStatus
  readonly visibility: Visibility
  /** Epoch milliseconds; now when absent. In the future: scheduled. */
  readonly publishedAt?: number
  /** With `publishedAt`: see `Post`. */
  readonly publishedOffset?: number
  /** The slug asked for; the nearest free one is given. Made from name or content when absent. */
  readonly wishedSlug?: string
  /** The app that posts it (`appOf`); a change leaves the first one. */
  readonly postedBy?: string
}

/**
 * Whether visitors may know that a post exists, or that it did: unlisted posts too, by their address. `now` is epoch
 * milliseconds.
 */
export const isForVisitors = (post: Pick<Post, "status" | "visibility" | "publishedAt">, now: number): boolean =>
  post.status === "published" && post.visibility !== "private" && post.publishedAt <= now

/** Anything that has a post's properties. */
type Propertied = Pick<Post, "properties">

const line = (text: string | undefined) => oneLine(text ?? "") || undefined

/** The post's title on one line, as plain text; notes have none. */
export const nameOf = ({ properties }: Propertied): string | undefined => line(textsOf(properties, "name")[0])

/** What its author gave as summary, on one line, as plain text. */
export const summaryOf = ({ properties }: Propertied): string | undefined => line(textsOf(properties, "summary")[0])

/** The post's tags, in their order, without repetitions. People among the categories are no tags. */
export const tagsOf = ({ properties }: Propertied): ReadonlyArray<Tag> => tagsFromLabels(labelsOf(properties))

/** The post's content as safe HTML; empty when it has none. */
export const htmlOf = ({ rendering }: Pick<Post, "rendering">): string => rendering.html

/** The post's content as plain text, its paragraphs as lines; empty when it has none. For search, summaries and slugs. */
export const textOf = ({ rendering }: Pick<Post, "rendering">): string => rendering.text

/** Anything of which the beginning is known. */
interface Opened {
  readonly rendering: Pick<Rendering, "opening">
}

/**
 * The beginning of the text on one line, at most `length` characters (500 or fewer), cut between words and marked with an
 * ellipsis.
 */
export const excerptOf = ({ rendering }: Opened, length: number): string =>
  shortened(oneLine(rendering.opening), length)

/** A text's first paragraph, where that is neither a scrap nor a page; otherwise its first few lines. */
export const leadOf = (post: Opened): string => {
  const [first = ""] = post.rendering.opening.split("\n", 1)
  return first.length >= 60 && first.length <= 480 ? first : excerptOf(post, 320)
}

/** What decides whether everybody may read a post in lists. */
export type PublicFacts = Pick<Post, "status" | "visibility" | "publishedAt" | "deletedAt">

/** Whether everybody may read a post in lists, feeds and search at an instant. */
export const isPublicPost = ({ deletedAt, publishedAt, status, visibility }: PublicFacts, now: number): boolean =>
  status === "published" && visibility === "public" && deletedAt === undefined && publishedAt <= now

/**
 * What its author's clock showed when a post was published, as if it were UTC (epoch milliseconds). Posts without an
 * offset are of `zone`.
 */
export const wallClockOf = (post: Pick<Post, "publishedAt" | "publishedOffset">, zone: TimeZone): number =>
  wallClockAt(post.publishedAt, post.publishedOffset ?? zone.offsetAt(post.publishedAt))

/** The slug that a post's own words suggest: of its name, content or summary, or else of its author's `wallClock`. */
export const suggestedSlug = (post: Propertied, wallClock: number): Slug =>
  slugFromText(nameOf(post) ?? (startOf(post.properties) || (summaryOf(post) ?? "")), wallClock)
