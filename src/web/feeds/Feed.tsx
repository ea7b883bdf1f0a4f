import { renderToString } from "preact-render-to-string"
import { formatRfc3339 } from "../../domain/Moment.js"
import type { Post } from "../../domain/Post.js"
import { Context, EventFacts } from "../theme/Context.js"
import { Lead } from "../theme/Entry.js"
import { captionOf, type EntryView, entryView } from "../theme/EntryView.js"
import { AlsoOn, Facts, People } from "../theme/Facts.js"
import { MediaList } from "../theme/MediaList.js"
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
  /** When it was edited, or else published. */
  readonly updated: FeedTime
  readonly published: FeedTime
}

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

/** The feed of these posts, newest first. */
export const makeFeed = (subject: FeedSubject, posts: ReadonlyArray<Post>): Feed => {
  const items = posts.map((post) => feedItem(post, subject))
  const updated = items.reduce<FeedTime | undefined>(
    (latest, item) => (latest === undefined || item.updated.at > latest.at ? item.updated : latest),
    undefined
  )
  return { ...subject, items, updated }
}

const feedItem = (post: Post, { firstOrigin, site }: FeedSubject): FeedItem => {
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
    html: `${above}${absoluteLinks(entry.html ?? "", entry.url)}${below}` || renderToString(<p>{entry.title}</p>),
    published,
    updated:
      entry.editedAt === undefined ? published : { at: entry.editedAt, offset: site.zone.offsetAt(entry.editedAt) }
  }
}

/**
 * Resolves the addresses in the attributes of sanitised HTML against the page it stands on: readers show it elsewhere.
 * Relies on what the sanitiser and the Markdown renderer write: attributes in double quotes, no `<` or `>` inside tags.
 */
const absoluteLinks = (html: string, page: string): string =>
  html.replace(/<[a-z][^<>]*>/gi, (tag) =>
    tag.replace(/\s(href|src|poster|cite)="([^"]*)"/gi, (attribute, name: string, address: string) =>
      URL.canParse(address) || !URL.canParse(address, page) ? attribute : ` ${name}="${new URL(address, page).href}"`
    )
  )
