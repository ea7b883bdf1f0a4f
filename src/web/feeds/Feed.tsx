import { renderToString } from "preact-render-to-string"
import { formatRfc3339 } from "../../domain/Moment.js"
import { parseMediaPath } from "../../domain/media/Media.js"
import type { Post } from "../../domain/posts/Post.js"
import { Context, EventFacts } from "../theme/Context.js"
import { Lead } from "../theme/Entry.js"
import { captionOf, type EntryView, entryView } from "../theme/EntryView.js"
import { AlsoOn, Facts, People } from "../theme/Facts.js"
import { MediaList } from "../theme/MediaList.js"
import { resolvedLinks } from "../theme/RelativeLinks.js"
import type { Site } from "../theme/Site.js"

/** A post as feed readers see it, away from this site's pages. */
export interface FeedItem {
  readonly post: Post
  readonly entry: EntryView
  /** Never changes, so that readers know the post again (RFC 4287 §4.2.6). An absolute IRI, not necessarily an address. */
  readonly id: string
  /** The post's name, or what it is called for want of text; absent for notes. */
  readonly title: string | undefined
  /** All that the post shows, media and what it answers to included; every address in it is absolute. */
  readonly html: string
  /** What its author gave as summary, as HTML: RSS has no other text than that. */
  readonly summaryHtml: string | undefined
  /** The site's own recordings and films of it. Of others, nobody knows type and size. */
  readonly enclosures: ReadonlyArray<Enclosure>
  /** When it was edited, or else published. */
  readonly updated: FeedTime
  readonly published: FeedTime
}

/** A file that comes with an item, for players. */
export interface Enclosure {
  readonly url: string
  readonly mediaType: string
  /** Absent for a file that is gone. */
  readonly byteLength: number | undefined
}

/** Bytes of the site's own files by their ids. */
export type FileSizes = ReadonlyMap<string, number>

/** An instant, and the offset in seconds by which a feed writes it. */
export interface FeedTime {
  readonly at: number
  readonly offset: number
}

/** A time as RFC 3339. For years that it does not have, the nearest that it has: Atom asks for a time. */
export const rfc3339 = ({ at, offset }: FeedTime): string =>
  formatRfc3339(at, offset) ?? (at < 0 ? "0000-01-01T00:00:00.000Z" : "9999-12-31T23:59:59.999Z")

/** What every feed format says, each in its own words. */
export interface Feed {
  readonly site: Site
  readonly title: string
  /** The page whose feed this is. */
  readonly page: string
  /** This feed's own address. */
  readonly self: string
  /** The first public address of the site, an origin. Ids begin with it, so that they survive a move. */
  readonly firstOrigin: string
  /** Newest first. */
  readonly items: ReadonlyArray<FeedItem>
  /** The last change of an item; absent from an empty feed. */
  readonly updated: FeedTime | undefined
}

/** What a feed is of, beside its posts. */
export type FeedSubject = Pick<Feed, "site" | "title" | "page" | "self" | "firstOrigin">

/** Bytes of HTML in a feed. Readers fetch the whole of it each time, and phones pay for it. */
const mostBytes = 1_048_576

/** Bytes that a text has in a feed: UTF-8, with the signs that XML escapes. */
const bytesOf = (text: string): number => new TextEncoder().encode(text.replace(/[<>&"']/g, "&quot;")).length

/**
 * The feed of these posts, newest first: as many of them as fit into `mostBytes`, and the newest whatever its size.
 * `sizes` are those of the site's own files, in bytes, by their ids.
 */
export const makeFeed = (subject: FeedSubject, posts: ReadonlyArray<Post>, sizes: FileSizes = new Map()): Feed => {
  const items: Array<FeedItem> = []
  let bytes = 0
  for (const post of posts) {
    const item = feedItem(post, subject, sizes)
    bytes += bytesOf(item.html) + bytesOf(item.summaryHtml ?? "")
    if (items.length > 0 && bytes > mostBytes) break
    items.push(item)
  }
  const updated = items.reduce<FeedTime | undefined>(
    (latest, item) => (latest === undefined || item.updated.at > latest.at ? item.updated : latest),
    undefined
  )
  return { ...subject, items, updated }
}

/** Audio before video: readers of RSS take the first. */
const enclosuresOf = ({ audios, videos }: EntryView, { site }: Pick<Feed, "site">, sizes: FileSizes) =>
  [...audios, ...videos].flatMap(({ mediaType, url }): ReadonlyArray<Enclosure> => {
    const byteLength = sizes.get(ownFileId(url, site) ?? "")
    return mediaType === undefined ? [] : [{ url, mediaType, byteLength }]
  })

/** The id of the site's own file that an address names. */
const ownFileId = (url: string, site: Site): string | undefined =>
  url.startsWith(site.home) ? parseMediaPath(url.slice(site.url.length))?.id : undefined

/** The ids of the site's own recordings and films that posts show. */
export const fileIdsOf = (posts: ReadonlyArray<Post>, site: Site): ReadonlyArray<string> => [
  ...new Set(
    posts.flatMap((post) => {
      const { audios, videos } = entryView(post, site)
      return [...audios, ...videos].flatMap(({ url }) => ownFileId(url, site) ?? [])
    })
  )
]

const feedItem = (post: Post, { firstOrigin, site }: FeedSubject, sizes: FileSizes): FeedItem => {
  const entry = entryView(post, site)
  const published = { at: entry.publishedAt, offset: entry.publishedOffset }
  const above = renderToString(
    <>
      <Context entry={entry} />
      <EventFacts entry={entry} />
      <MediaList entry={entry} />
      <Lead entry={entry} />
    </>
  )
  const below = renderToString(
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
    title: captionOf(entry),
    summaryHtml: entry.summary === undefined ? undefined : renderToString(<p>{entry.summary}</p>),
    // Of a post that is nothing but its name, the name: an empty item looks broken.
    html:
      `${above}${resolvedLinks(entry.html ?? "", entry.url, () => true)}${below}` ||
      renderToString(<p>{entry.title}</p>),
    enclosures: enclosuresOf(entry, { site }, sizes),
    published,
    updated:
      entry.editedAt === undefined ? published : { at: entry.editedAt, offset: site.zone.offsetAt(entry.editedAt) }
  }
}
