import { Effect, Option } from "effect"
import { formatRfc3339 } from "../../domain/Moment.js"
import { parseMediaPath } from "../../domain/media/Media.js"
import type { Post } from "../../domain/posts/Post.js"
import { unmarked, withLanguages } from "../../texts/Fallback.js"
import { Context, EventFacts } from "../theme/Context.js"
import { Lead } from "../theme/Entry.js"
import { captionOf, type EntryView, entryView } from "../theme/EntryView.js"
import { AlsoOn, Facts, People } from "../theme/Facts.js"
import { renderMarkup } from "../theme/LongTexts.js"
import { MediaList } from "../theme/MediaList.js"
import { resolvedLinks } from "../theme/RelativeLinks.js"
import type { Site } from "../theme/Site.js"

/** A post in a feed. */
export interface FeedItem {
  readonly post: Post
  readonly entry: EntryView
  /** Permanent id of the post for readers (RFC 4287 §4.2.6). An absolute IRI, not necessarily an address. */
  readonly id: string
  /** The post's name, or a caption if it has no text; absent for notes. */
  readonly title: string | undefined
  /** Everything that the post shows, including media and context; all addresses are absolute. */
  readonly html: string
  /** The author's summary as HTML: in RSS it is the only text. */
  readonly summaryHtml: string | undefined
  /** The site's own audio and video files in it. Type and size of others are unknown. */
  readonly enclosures: ReadonlyArray<Enclosure>
  /** Time of the last edit, or of publication. */
  readonly updated: FeedTime
  readonly published: FeedTime
}

/** A file of an item, for players. */
export interface Enclosure {
  readonly url: string
  readonly mediaType: string
  /** Absent for a missing file. */
  readonly byteLength: number | undefined
}

/** Sizes of the site's own files in bytes, by id. */
export type FileSizes = ReadonlyMap<string, number>

/** An instant, and the offset in seconds with which the feed writes it. */
export interface FeedTime {
  readonly at: number
  readonly offset: number
}

/** Formats a time as RFC 3339. Years outside of its range become the nearest valid time, because Atom requires one. */
export const rfc3339 = ({ at, offset }: FeedTime): string =>
  formatRfc3339(at, offset) ?? (at < 0 ? "0000-01-01T00:00:00.000Z" : "9999-12-31T23:59:59.999Z")

/** A feed, independent of its format. */
export interface Feed {
  readonly site: Site
  readonly title: string
  /** Address of the page that the feed belongs to. */
  readonly page: string
  /** The feed's own address. */
  readonly self: string
  /**
   * The first public address of the site, an origin. Ids begin with it, so that they do not change when the site moves.
   */
  readonly firstOrigin: string
  /** Newest first. */
  readonly items: ReadonlyArray<FeedItem>
  /** Time of the last change of an item; absent for an empty feed. */
  readonly updated: FeedTime | undefined
}

/** The address of the author's photo, which readers show beside the feed. */
export const iconOf = ({ site }: Pick<Feed, "site">): string | undefined => Option.getOrUndefined(site.photo)?.url

/** Properties of a feed except its posts. */
export type FeedSubject = Pick<Feed, "site" | "title" | "page" | "self" | "firstOrigin">

/** Maximum size of the HTML in a feed in bytes, because readers fetch the whole feed each time. */
const mostBytes = 1_048_576

/** Maximum size of a UTF-16 unit in a feed in bytes: `&quot;`. */
const mostPerUnit = 6

/** Size of a text in a feed in bytes: UTF-8, with XML escapes counted as the longest one. Makes no copy of the text. */
const bytesOf = (text: string): number => {
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
    else if (unit === 60 || unit === 62 || unit === 38 || unit === 34 || unit === 39) bytes += mostPerUnit
    else bytes++
  }
  return bytes
}

/**
 * Makes the feed of these posts, newest first: as many as fit into `mostBytes`, and at least one. `sizes` are those of
 * the site's own files, in bytes, by id. Other fibers run between two posts.
 */
export const makeFeed = (
  subject: FeedSubject,
  posts: ReadonlyArray<Post>,
  sizes: FileSizes = new Map()
): Effect.Effect<Feed> =>
  Effect.gen(function* () {
    const items: Array<FeedItem> = []
    let bytes = 0
    for (const post of posts) {
      const item = feedItem(post, subject, sizes)
      yield* Effect.yieldNow()
      bytes += bytesOf(item.html) + bytesOf(item.summaryHtml ?? "")
      if (items.length > 0 && bytes > mostBytes) break
      items.push(item)
    }
    yield* Effect.yieldNow()
    const updated = items.reduce<FeedTime | undefined>(
      (latest, item) => (latest === undefined || item.updated.at > latest.at ? item.updated : latest),
      undefined
    )
    return { ...subject, items, updated }
  })

/** Audio before video, because RSS readers take the first. */
const enclosuresOf = ({ audios, videos }: EntryView, { site }: Pick<Feed, "site">, sizes: FileSizes) =>
  [...audios, ...videos].flatMap(({ mediaType, url }): ReadonlyArray<Enclosure> => {
    const byteLength = sizes.get(ownFileId(url, site) ?? "")
    return mediaType === undefined ? [] : [{ url, mediaType, byteLength }]
  })

/** The id of the site's own file in an address. */
const ownFileId = (url: string, site: Site): string | undefined =>
  url.startsWith(site.home) ? parseMediaPath(url.slice(site.url.length))?.id : undefined

/** Ids of the site's own audio and video files in posts. */
export const fileIdsOf = (posts: ReadonlyArray<Post>, site: Site): ReadonlyArray<string> => [
  ...new Set(
    posts.flatMap((post) => {
      const { audios, videos } = entryView(post, site)
      return [...audios, ...videos].flatMap(({ url }) => ownFileId(url, site) ?? [])
    })
  )
]

/** Feeds have no place for marks of language. */
const spokenCaption = (entry: EntryView): string | undefined => {
  const caption = captionOf(entry)
  return caption === undefined ? undefined : unmarked(caption)
}

const feedItem = (post: Post, { firstOrigin, site }: FeedSubject, sizes: FileSizes): FeedItem => {
  const entry = entryView(post, site)
  const published = { at: entry.publishedAt, offset: entry.publishedOffset }
  const above = renderMarkup(
    <>
      <Context entry={entry} />
      <EventFacts entry={entry} />
      <MediaList entry={entry} />
      <Lead entry={entry} />
    </>
  )
  const below = renderMarkup(
    <>
      <Facts entry={entry} />
      <People entry={entry} />
      <AlsoOn entry={entry} />
    </>
  )
  return {
    post,
    entry,
    id: post.feedId.startsWith("/") ? `${firstOrigin}${post.feedId}` : post.feedId,
    title: spokenCaption(entry),
    summaryHtml: entry.summary === undefined ? undefined : renderMarkup(<p>{entry.summary}</p>),
    // A post with only a name gets it as content, because an empty item looks broken.
    html:
      `${withLanguages(above)}${resolvedLinks(entry.html ?? "", entry.url, () => true)}${withLanguages(below)}` ||
      renderMarkup(<p>{entry.title}</p>),
    enclosures: enclosuresOf(entry, { site }, sizes),
    published,
    updated:
      entry.editedAt === undefined ? published : { at: entry.editedAt, offset: site.zone.offsetAt(entry.editedAt) }
  }
}
