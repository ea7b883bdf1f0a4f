import { citationWords } from "./Citation.js"
import { contentHtml, contentOf } from "./Content.js"
import { factsOf } from "./Fact.js"
import { oneLine, shortened } from "./Line.js"
import { addressIn, isObject, type Properties, type PropertyValue, textsOf, valuesOf } from "./Microformats.js"
import { peopleOf } from "./Person.js"
import { placesOf, placeWords } from "./Place.js"
import { excerptOf, nameOf, type Post, summaryOf, textOf } from "./Post.js"
import { relationsOf } from "./Relation.js"

/** Anything that has a post's type and properties. */
type Described = Pick<Post, "type" | "properties">

/** The properties whose values a page shows as pictures, films and recordings. */
const shownMedia = ["photo", "video", "audio", "featured"] as const

/** The address of a picture, film or recording, as it was sent; nothing where it is no web address. */
export const mediumAddress = (value: PropertyValue): string | undefined => {
  const address = isObject(value) ? (value.value ?? addressIn(value)) : value
  if (typeof address !== "string" || address.trim() === "") return undefined
  return /^(?:https?:|(?![a-z][a-z0-9+.-]*:))/i.test(address.trim()) ? address.trim() : undefined
}

/** Copies of a post elsewhere (`syndication`), each once. */
export const syndicationOf = (properties: Properties): ReadonlyArray<string> => [
  ...new Set(
    valuesOf(properties, "syndication").flatMap((value) => {
      const address = addressIn(value)
      return address !== undefined && /^https?:/i.test(address) ? [address] : []
    })
  )
]

/** A picture, film or recording with an address, or a line across the page. */
const embedded = /<(?:(?:img|video|audio|source)\b[^<>]*\ssrc="[^"]|hr\b)/i

const isVisibleText = (text: string): boolean => /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)

/** Whether anything of some safe HTML can be seen or heard: words, or a picture. */
const isVisible = (html: string): boolean =>
  embedded.test(html) ||
  isVisibleText(html.replace(/<[^<>]*>/g, "").replace(/&(?:nbsp|shy|#160|#173|#xa0|#xad);/gi, " "))

/** Elements whose text is dropped with them (see the sanitiser). */
const dropped = /<(script|style|textarea|option)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi

/** Content up to this length is rendered to find out whether anything of it is visible; more is looked through. */
const renderedLength = 4_096

/**
 * Whether anything of a post's content can be seen. HTML may lose all that it has to the sanitiser, Markdown may be made
 * of nothing but definitions of links.
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
 * Whether a post has nothing that a page could show. What only says something about a post (its tags, its times, where
 * else it stands) does not make one.
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
 * What a post says beside its name, summary and text, a line each, as its page says it: what it answers to, where its
 * author was, and its other properties. For search, and for excerpts of posts without text.
 */
export const linesOf = ({ properties, type }: Described): ReadonlyArray<string> => [
  ...relationsOf(properties).map(({ citation, words }) => `${words} ${citationWords(citation)}`),
  ...placesOf(properties, "checkin").map((place) => `At ${placeWords(place)}`),
  ...placesOf(properties, "location").map(placeWords),
  ...factsOf(properties, type).map(({ label, values }) => `${label}: ${values.map(citationWords).join(", ")}`),
  ...peopleOf(properties).map(citationWords)
]

/** What pictures, films and recordings show, as their author described it. */
const descriptionsOf = ({ properties }: Described): ReadonlyArray<string> =>
  shownMedia.flatMap((name) =>
    valuesOf(properties, name).flatMap((value) =>
      isObject(value) && typeof value.alt === "string" ? [oneLine(value.alt)] : []
    )
  )

/** The addresses of what a post answers to: people remember sites by them. */
const addressesOf = ({ properties }: Described): ReadonlyArray<string> => [
  ...new Set(relationsOf(properties).flatMap(({ citation: { url } }) => (url === undefined ? [] : [url])))
]

/**
 * All the words of a post but its name and tags: summary, text, `linesOf`, descriptions of pictures, and addresses of what
 * it answers to, a line each. For search.
 */
export const wordsOf = (post: Described & Pick<Post, "rendering">): string =>
  [summaryOf(post) ?? "", textOf(post), ...linesOf(post), ...descriptionsOf(post), ...addressesOf(post)]
    .filter((line) => line !== "")
    .join("\n")

/** How a post begins, on one line of at most `length` characters: its text, or else its summary, or else `linesOf`. */
export const beginningOf = (post: Described & Parameters<typeof excerptOf>[0], length: number): string =>
  excerptOf(post, length) || shortened(summaryOf(post) ?? linesOf(post).join(" · "), length)

const squeezed = (text: string): string => oneLine(text).toLowerCase()

/** Whether a summary says anything that these texts do not begin with. Some programs send an article's beginning as one. */
export const saysMore = (summary: string, texts: ReadonlyArray<string>): boolean => {
  const said = squeezed(summary.replace(/(?:…|\.\.\.|\[…\])\s*$/, ""))
  return said !== "" && !texts.some((text) => squeezed(text.slice(0, 4 * summary.length)).startsWith(said))
}
