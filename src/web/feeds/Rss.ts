import { formatOffset } from "../../domain/Moment.js"
import { wallClockAt } from "../../domain/TimeZone.js"
import type { DocumentPart } from "../theme/LongTexts.js"
import { type Feed, type FeedItem, type FeedTime, iconOf } from "./Feed.js"
import { type Element, xml } from "./Xml.js"

/** Writes a feed as RSS 2.0 (RSS Advisory Board, 2.0.11). Notes have no title, which the format allows. */
export const rss = (feed: Feed): ReadonlyArray<DocumentPart> =>
  xml({
    rss: {
      "@version": "2.0",
      "@xmlns:atom": "http://www.w3.org/2005/Atom",
      "@xmlns:content": "http://purl.org/rss/1.0/modules/content/",
      "@xmlns:dc": feed.items.some(({ entry }) => entry.language !== undefined)
        ? "http://purl.org/dc/elements/1.1/"
        : undefined,
      channel: {
        title: feed.title,
        link: feed.page,
        description: feed.site.description === "" ? feed.title : feed.site.description,
        language: feed.site.language,
        lastBuildDate: feed.updated === undefined ? undefined : rfc822(feed.updated),
        generator: "StarPunk",
        // Its size is not stated, because RSS knows no width above 144 pixels.
        image: iconOf(feed) === undefined ? undefined : { url: iconOf(feed), title: feed.title, link: feed.page },
        "atom:link": { "@href": feed.self, "@rel": "self", "@type": "application/rss+xml" },
        item: feed.items.map(item)
      }
    }
  })

const item = ({ enclosures: [enclosure], entry, html, id, published, summaryHtml, title }: FeedItem): Element => ({
  title,
  link: entry.url,
  guid: { "@isPermaLink": String(id === entry.url), "#text": id },
  pubDate: rfc822(published),
  // RSS allows one enclosure per item, and requires its length; 0 if it is unknown (RSS Best Practices Profile).
  enclosure:
    enclosure === undefined
      ? undefined
      : {
          "@url": enclosure.url,
          "@length": String(enclosure.byteLength ?? 0),
          "@type": enclosure.mediaType
        },
  category: entry.tags.map(({ label }) => label),
  // RSS itself has a language for the whole channel only.
  "dc:language": entry.language,
  description: summaryHtml ?? html,
  "content:encoded": summaryHtml === undefined ? undefined : html
})

/**
 * Formats a time as RFC 822 with a four-digit year, as RSS requires: `Mon, 23 Nov 2026 19:40:35 +0100`, or `GMT` for
 * offset 0. `undefined` for years without four digits.
 */
const rfc822 = (time: FeedTime): string | undefined => {
  const offset = Math.trunc(time.offset / 60) * 60
  const text = new Date(wallClockAt(time.at, offset)).toUTCString()
  if (!/ \d{4} /.test(text)) return undefined
  return offset === 0 ? text : text.replace("GMT", formatOffset(offset).replace(":", ""))
}
