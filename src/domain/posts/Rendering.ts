import { beforeMore } from "../markdown/Comments.js"
import { plainText } from "../markdown/PlainText.js"
import { type QuoteConvention, quoteConvention } from "../markdown/Quotes.js"
import { type Content, contentHtml, contentOf, withoutControls } from "./Content.js"
import type { Properties } from "./Microformats.js"
import { languageOf } from "./PostLanguage.js"

/** Increment it when the HTML, the text or the listed form of posts changes; stored renderings are then replaced. */
export const rendererVersion = 8

/**
 * Result of rendering. `too_slow`: the text exceeded the time limit, and is shown as plain text until it is edited.
 * `pending`: it is shown as plain text until the renderer processes it.
 */
export type RenderingState = "rendered" | "too_slow" | "pending"

/** A notice to the author of a text that is shown as plain text; `undefined` for other texts. */
export const renderingNotice = (state: RenderingState): string | undefined => {
  if (state === "rendered") return undefined
  return state === "too_slow"
    ? "Shown as plain text because rendering takes too long. Shorten the text or simplify its markup, then save again."
    : "Shown as plain text until rendering has finished, in about a minute."
}

/** Rendered content of a post. It is made when the post is written, and stored beside it. */
export interface Rendering {
  readonly state: RenderingState
  /** Safe to embed in a page or a feed; empty if the post has no content. */
  readonly html: string
  /** Plain text, a paragraph per line; empty if the post has no content. */
  readonly text: string
  /** Beginning of `text` or the author's excerpt, at most `openingLength` UTF-16 code units. */
  readonly opening: string
}

/** Enough for every excerpt and lead, and for comparing a title with the beginning of a text. */
const openingLength = 600

const openingOf = (text: string): string => text.slice(0, openingLength).replace(/\p{Surrogate}$/u, "")

/**
 * Renders a post's content, with the quotation marks of its language, or of the site's `language`. The time is not
 * bounded: call it through the `Renderer`, or for short texts only.
 */
export const renderingOf = (properties: Properties, language = ""): Rendering => {
  const content = contentOf(properties)
  const quotes = quoteConvention(languageOf({ properties }) ?? language)
  const html = content === undefined ? "" : contentHtml(content, quotes)
  const text = plainText(html)
  return { state: "rendered", html, text, opening: openingOf(excerptIn(content, quotes) || text) }
}

/**
 * The convention of the site's language that a rendering has to be renewed for; empty if it depends only on the post:
 * it has a language of its own, no quotes, or HTML.
 */
export const quotesOfSite = (properties: Properties, language: string): QuoteConvention | "" => {
  const content = contentOf(properties)
  const isFree = content === undefined || content.format === "html" || !/["']/.test(content.text)
  return isFree || languageOf({ properties }) !== undefined ? "" : quoteConvention(language)
}

/** The text before the mark that ends the excerpt (`<!--more-->`); empty if there is none. */
const excerptIn = (content: Content | undefined, quotes: QuoteConvention): string => {
  const before = content === undefined ? undefined : beforeMore(sourceOf(content))
  if (content === undefined || before === undefined) return ""
  return plainText(contentHtml(withSource(content, before), quotes))
}

const withSource = (content: Content, source: string): Content =>
  content.format === "html" ? { format: "html", html: source } : { ...content, text: source }

/** Renders the source as plain text without markup, in linear time. */
export const plainRendering = (properties: Properties, state: Exclude<RenderingState, "rendered">): Rendering => {
  const content = contentOf(properties)
  const text = content === undefined ? "" : withoutControls(withoutComments(sourceOf(content))).trim()
  return { state, html: paragraphs(text), text, opening: openingOf(text) }
}

const sourceOf = (content: Content): string => (content.format === "html" ? content.html : content.text)

/** Comments stay hidden, and so does the text after an unclosed one. */
const withoutComments = (source: string): string => {
  const kept: Array<string> = []
  let from = 0
  while (true) {
    const start = source.indexOf("<!--", from)
    kept.push(start < 0 ? source.slice(from) : source.slice(from, start))
    const end = start < 0 ? -1 : source.indexOf("-->", start + 2)
    if (end < 0) return kept.join("")
    from = end + "-->".length
  }
}

/** Escapes a text; blank lines separate paragraphs, and line breaks are kept. */
const paragraphs = (text: string): string =>
  text
    // Splitting and joining is four times as fast as replacing if a text consists of such characters only.
    .split("&")
    .join("&amp;")
    .split("<")
    .join("&lt;")
    .split(">")
    .join("&gt;")
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => `<p>${paragraph.split("\n").join("<br>\n")}</p>`)
    .join("\n")

/** Maximum number of characters that are rendered for the beginning: few enough to render without a time limit. */
const considered = 1_000

/** The beginning of the text, without rendering all of it. For slugs and previews. */
export const startOf = (properties: Properties): string => {
  const content = contentOf(properties)
  if (content === undefined) return ""
  return plainText(contentHtml(withSource(content, sourceOf(content).slice(0, considered))))
}
