import Negotiator from "negotiator"
import { atom } from "./Atom.js"
import type { Feed } from "./Feed.js"
import { jsonFeed } from "./JsonFeed.js"
import { rss } from "./Rss.js"

/** A way to write a feed. */
export interface Format {
  readonly name: string
  /** The end of the feed's address: `/feed.{extension}`. */
  readonly extension: "rss" | "atom" | "json"
  /** Its own media type first, then others under which it may be asked for. */
  readonly mediaTypes: readonly [string, ...ReadonlyArray<string>]
  readonly write: (feed: Feed) => string
}

/** Every format, the one for those who accept anything first. */
export const formats: readonly [Format, ...ReadonlyArray<Format>] = [
  { name: "RSS", extension: "rss", mediaTypes: ["application/rss+xml", "application/xml", "text/xml"], write: rss },
  { name: "Atom", extension: "atom", mediaTypes: ["application/atom+xml"], write: atom },
  { name: "JSON Feed", extension: "json", mediaTypes: ["application/feed+json", "application/json"], write: jsonFeed }
]

/** The media types under which a feed can be asked for, the formats' own before the others. */
export const offered: ReadonlyArray<string> = [
  ...formats.map(({ mediaTypes }) => mediaTypes[0]),
  ...formats.flatMap(({ mediaTypes }) => mediaTypes.slice(1))
]

/** A format, and the media type under which it is sent. */
export interface Representation {
  readonly format: Format
  readonly mediaType: string
}

/** The format that an `Accept` header likes best, and the media type it asked for (RFC 9110, 12.5.1); `undefined` for none. */
export const negotiate = (accept: string | undefined): Representation | undefined => {
  const mediaType = new Negotiator({ headers: { accept } }).mediaType([...offered])
  const format = formats.find(({ mediaTypes }) => mediaType !== undefined && mediaTypes.includes(mediaType))
  return format === undefined || mediaType === undefined ? undefined : { format, mediaType }
}
