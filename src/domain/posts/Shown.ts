import { citationWords } from "./Citation.js"
import { contentHtml, contentOf } from "./Content.js"
import { factsOf } from "./Fact.js"
import { oneLine, shortened, unquoted } from "./Line.js"
import { addressIn, isObject, type Properties, type PropertyValue, textsOf, valuesOf } from "./Microformats.js"
import { peopleOf } from "./Person.js"
import { placesOf, placeWords } from "./Place.js"
import { excerptOf, nameOf, type Post, summaryOf, textOf } from "./Post.js"
import { relationsOf } from "./Relation.js"

/** A value with a post's type and properties. */
type Described = Pick<Post, "type" | "properties">

/** Properties that a page shows as images, videos and audio files. */
const shownMedia = ["photo", "video", "audio", "featured"] as const

/** The address of a media value, unchanged; `undefined` if it is not a web address. */
export const mediumAddress = (value: PropertyValue): string | undefined => {
  const address = isObject(value) ? (value.value ?? addressIn(value)) : value
  if (typeof address !== "string" || address.trim() === "") return undefined
  return /^(?:https?:|(?![a-z][a-z0-9+.-]*:))/i.test(address.trim()) ? address.trim() : undefined
}

/** Addresses of copies of a post elsewhere (`syndication`), without duplicates. */
export const syndicationOf = (properties: Properties): ReadonlyArray<string> => [
  ...new Set(
    valuesOf(properties, "syndication").flatMap((value) => {
      const address = addressIn(value)
      return address !== undefined && /^https?:/i.test(address) ? [address] : []
    })
  )
]

/** An image, video or audio element with an address, or a horizontal rule. */
const embedded = /<(?:(?:img|video|audio|source)\b[^<>]*\ssrc="[^"]|hr\b)/i

const isVisibleText = (text: string): boolean => /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)

/** Returns whether safe HTML has anything to see or hear. */
const isVisible = (html: string): boolean =>
  embedded.test(html) ||
  isVisibleText(html.replace(/<[^<>]*>/g, "").replace(/&(?:nbsp|shy|#160|#173|#xa0|#xad);/gi, " "))

/** Elements that the sanitizer removes with their text. */
const dropped = /<(script|style|textarea|option)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi

/** Content up to this length is rendered to find out whether it is visible; longer content is searched instead. */
const renderedLength = 4_096

/**
 * Returns whether any of a post's content is visible. The sanitizer may remove all of the HTML, and Markdown may
 * consist of link definitions only.
 */
const hasVisibleContent = (properties: Properties): boolean => {
  const content = contentOf(properties)
  if (content === undefined) return false
  const source = content.format === "html" ? content.html : content.text
  if (content.format === "markdown" && /^\s*\p{L}/u.test(source)) return true
  if (source.length <= renderedLength) return isVisible(contentHtml(content))
  return content.format === "markdown" || isVisible(source.replace(dropped, "").replace(/<!--[\s\S]*?(?:-->|$)/g, ""))
}

/**
 * Returns whether a page would show nothing of a post. Properties about a post (tags, times, copies elsewhere) are not
 * enough.
 */
export const showsNothing = ({ properties, type }: Described): boolean =>
  !isVisibleText(nameOf({ properties }) ?? "") &&
  !isVisibleText(summaryOf({ properties }) ?? "") &&
  relationsOf(properties).length === 0 &&
  factsOf(properties, type).length === 0 &&
  placesOf(properties, "checkin").length === 0 &&
  placesOf(properties, "location").length === 0 &&
  shownMedia.every((name) => valuesOf(properties, name).every((value) => mediumAddress(value) === undefined)) &&
  (type !== "h-event" || ["start", "end"].every((name) => textsOf(properties, name).length === 0)) &&
  !hasVisibleContent(properties)

/**
 * The relations, places and other properties of a post, a line each, as its page shows them. For search, and for
 * excerpts of posts without text.
 */
const linesOf = ({ properties, type }: Described): ReadonlyArray<string> => [
  ...relationsOf(properties).map(({ citation, words }) => `${words} ${citationWords(citation)}`),
  ...placesOf(properties, "checkin").map((place) => `At ${placeWords(place)}`),
  ...placesOf(properties, "location").map(placeWords),
  ...factsOf(properties, type).map(({ label, values }) => `${label}: ${values.map(citationWords).join(", ")}`),
  ...peopleOf(properties).map(citationWords)
]

/** Descriptions of images, videos and audio files. */
const descriptionsOf = ({ properties }: Described): ReadonlyArray<string> =>
  shownMedia.flatMap((name) =>
    valuesOf(properties, name).flatMap((value) =>
      isObject(value) && typeof value.alt === "string" ? [oneLine(value.alt)] : []
    )
  )

/** Addresses that a post relates to, because people search for sites by name. */
const addressesOf = ({ properties }: Described): ReadonlyArray<string> => [
  ...new Set(relationsOf(properties).flatMap(({ citation: { url } }) => (url === undefined ? [] : [url])))
]

/**
 * All searchable text of a post except name and tags: summary, text, `linesOf`, descriptions of media, and related
 * addresses, a line each.
 */
export const wordsOf = (post: Described & Pick<Post, "rendering">): string =>
  [summaryOf(post) ?? "", textOf(post), ...linesOf(post), ...descriptionsOf(post), ...addressesOf(post)]
    .filter((line) => line !== "")
    .join("\n")

/** The first part of `wordsOf`: summary and text. */
export const firstWordsOf = (post: Pick<Post, "properties" | "rendering">): string =>
  [summaryOf(post) ?? "", textOf(post)].filter((line) => line !== "").join("\n")

/** The beginning of a post on one line of at most `length` characters: of its text, its summary or `linesOf`. */
export const beginningOf = (post: Described & Parameters<typeof excerptOf>[0], length: number): string =>
  excerptOf(post, length) || shortened(summaryOf(post) ?? linesOf(post).join(" · "), length)

const squeezed = (text: string): string => unquoted(oneLine(text)).toLowerCase()

/**
 * Returns whether a summary has content that none of these texts begins with. Some programs send the beginning of an
 * article as its summary.
 */
export const saysMore = (summary: string, texts: ReadonlyArray<string>): boolean => {
  const beginning = squeezed(summary.replace(/(?:…|\.\.\.|\[…\])\s*$/, ""))
  return beginning !== "" && !texts.some((text) => squeezed(text.slice(0, 4 * summary.length)).startsWith(beginning))
}
