import { htmlOf } from "../../domain/posts/Post.js"
import { type DocumentPart, inParts } from "../theme/LongTexts.js"
import { type Enclosure, type Feed, type FeedItem, iconOf, rfc3339 } from "./Feed.js"

/**
 * Writes a feed as JSON Feed 1.1. Items have the original's extension `_starpunk`: `permalink_path` and `word_count`.
 */
export const jsonFeed = (feed: Feed): ReadonlyArray<DocumentPart> =>
  inParts(() =>
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: feed.title,
      home_page_url: feed.page,
      feed_url: feed.self,
      ...(feed.site.description !== "" && { description: feed.site.description }),
      icon: iconOf(feed),
      language: feed.site.language,
      authors: [{ name: feed.site.author, url: feed.site.home, avatar: iconOf(feed) }],
      items: feed.items.map(itemObject)
    })
  )

const itemObject = ({ enclosures, entry, html, id, post, published, title, updated }: FeedItem) => ({
  id,
  url: entry.url,
  title,
  language: entry.language,
  summary: entry.summary,
  content_html: html,
  image: (entry.featured[0] ?? entry.photos[0])?.url,
  attachments: attachmentsOf(enclosures),
  date_published: rfc3339(published),
  date_modified: rfc3339(updated),
  tags: entry.tags.map(({ label }) => label),
  _starpunk: {
    permalink_path: entry.path,
    word_count: wordCount(htmlOf(post))
  }
})

/** Audio and video files, so that podcast players find them. */
const attachmentsOf = (enclosures: ReadonlyArray<Enclosure>) =>
  enclosures.length === 0
    ? undefined
    : enclosures.map(({ byteLength, mediaType, url }) => ({
        url,
        mime_type: mediaType,
        size_in_bytes: byteLength
      }))

/** Counts words in HTML directly, because converting it to text would cost more than the rest of the feed. */
const wordCount = (html: string): number => {
  const text = html.replace(/<[^<>]*>|&#?\w+;/g, " ")
  // `match` would make a list of all words.
  const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu
  let count = 0
  while (word.test(text)) count++
  return count
}
