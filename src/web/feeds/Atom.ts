import type { DocumentPart } from "../theme/LongTexts.js"
import { type Feed, type FeedItem, iconOf, rfc3339 } from "./Feed.js"
import { type Element, xml } from "./Xml.js"

/** Writes a feed as Atom (RFC 4287). The required title is empty for notes. */
export const atom = (feed: Feed): ReadonlyArray<DocumentPart> =>
  xml({
    feed: {
      "@xmlns": "http://www.w3.org/2005/Atom",
      "@xml:lang": feed.site.language,
      id: `${feed.firstOrigin}${feed.page.slice(feed.site.url.length)}`,
      title: feed.title,
      subtitle: feed.site.description === "" ? undefined : feed.site.description,
      updated: rfc3339(feed.updated ?? { at: 0, offset: 0 }),
      link: [
        { "@rel": "alternate", "@type": "text/html", "@href": feed.page },
        { "@rel": "self", "@type": "application/atom+xml", "@href": feed.self }
      ],
      author: { name: feed.site.author, uri: feed.site.home },
      generator: "StarPunk",
      icon: iconOf(feed),
      logo: iconOf(feed),
      entry: feed.items.map(entryElement)
    }
  })

const entryElement = ({ enclosures, entry, html, id, published, title, updated }: FeedItem): Element => ({
  "@xml:lang": entry.language,
  id,
  title: title ?? "",
  updated: rfc3339(updated),
  published: rfc3339(published),
  link: [
    { "@rel": "alternate", "@type": "text/html", "@href": entry.url },
    ...enclosures.map(({ byteLength, mediaType, url }) => ({
      "@rel": "enclosure",
      "@type": mediaType,
      "@length": byteLength === undefined ? undefined : String(byteLength),
      "@href": url
    }))
  ],
  category: entry.tags.map(({ label }) => ({ "@term": label })),
  summary: entry.summary,
  content: { "@type": "html", "#text": html }
})
