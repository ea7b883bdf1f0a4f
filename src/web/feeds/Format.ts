import Negotiator from "negotiator"
import type { DocumentPart } from "../theme/LongTexts.js"
import { atom } from "./Atom.js"
import type { Feed } from "./Feed.js"
import { jsonFeed } from "./JsonFeed.js"
import { rss } from "./Rss.js"

/** A feed format. */
export interface Format {
  readonly name: string
  /** Extension of the feed's address: `/feed.{extension}`. */
  readonly extension: "rss" | "atom" | "json"
  /** Its own media type first, then others under which it may be requested. */
  readonly mediaTypes: readonly [string, ...ReadonlyArray<string>]
  readonly write: (feed: Feed) => ReadonlyArray<DocumentPart>
}

/** All formats; the first is for clients that accept anything. */
export const formats: readonly [Format, ...ReadonlyArray<Format>] = [
  { name: "RSS", extension: "rss", mediaTypes: ["application/rss+xml", "application/xml", "text/xml"], write: rss },
  { name: "Atom", extension: "atom", mediaTypes: ["application/atom+xml"], write: atom },
  { name: "JSON Feed", extension: "json", mediaTypes: ["application/feed+json", "application/json"], write: jsonFeed }
]

/** Media types under which a feed may be requested, the formats' own first. */
export const offered: ReadonlyArray<string> = [
  ...formats.map(({ mediaTypes }) => mediaTypes[0]),
  ...formats.flatMap(({ mediaTypes }) => mediaTypes.slice(1))
]

/** A format, and the media type under which it is sent. */
export interface Representation {
  readonly format: Format
  readonly mediaType: string
}

const named = new RegExp(formats.map(({ mediaTypes: [own] }) => own.replace(/[.+/]/g, "\\$&")).join("|"), "i")

/**
 * Returns whether an `Accept` header asks for a page rather than a feed: it prefers HTML, as browsers do, and names no
 * feed format, as feed readers do that also accept pages. A client without a preference gets a feed.
 */
export const asksForPage = (accept: string | undefined): boolean =>
  accept !== undefined &&
  !named.test(accept) &&
  new Negotiator({ headers: { accept } }).mediaType([...offered, "text/html"]) === "text/html"

/** Chooses the format and media type for an `Accept` header (RFC 9110, 12.5.1); `undefined` if none is acceptable. */
export const negotiate = (accept: string | undefined): Representation | undefined => {
  const mediaType = new Negotiator({ headers: { accept } }).mediaType([...offered])
  const format = formats.find(({ mediaTypes }) => mediaType !== undefined && mediaTypes.includes(mediaType))
  return format === undefined || mediaType === undefined ? undefined : { format, mediaType }
}
