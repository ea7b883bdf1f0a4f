import type { Feed, FeedItem } from "./Feed.js"
import { type Element, xml } from "./Xml.js"

/** A feed as RSS 2.0 (RSS Advisory Board, 2.0.11). Notes have no title, which the format allows. */
export const rss = (feed: Feed): string =>
  xml({
    rss: {
      "@version": "2.0",
      "@xmlns:atom": "http://www.w3.org/2005/Atom",
      "@xmlns:content": "http://purl.org/rss/1.0/modules/content/",
      channel: {
        title: feed.title,
        link: feed.page,
        description: feed.site.description === "" ? feed.title : feed.site.description,
        language: feed.site.language,
        lastBuildDate: feed.updatedAt === undefined ? undefined : rfc822(feed.updatedAt),
        generator: "StarPunk",
        "atom:link": { "@href": feed.self, "@rel": "self", "@type": "application/rss+xml" },
        item: feed.items.map(item)
      }
    }
  })

const item = ({ entry, html, id, summaryHtml, title }: FeedItem): Element => ({
  title,
  link: entry.url,
  guid: { "@isPermaLink": String(id === entry.url), "#text": id },
  pubDate: rfc822(entry.publishedAt),
  category: entry.tags.map(({ label }) => label),
  description: summaryHtml ?? html,
  "content:encoded": summaryHtml === undefined ? undefined : html
})

/** RFC 822 with the four-digit year that RSS asks for: `Mon, 23 Nov 2026 19:40:35 GMT`. */
const rfc822 = (instant: number): string => new Date(instant).toUTCString()
