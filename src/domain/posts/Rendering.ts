import { beforeMore } from "../markdown/Comments.js"
import { type Content, contentHtml, contentOf, plainText, withoutControls } from "./Content.js"
import type { Properties } from "./Microformats.js"

/** Increase it when the HTML, the text or the listed form of a post changes: stored renderings are then made again. */
export const rendererVersion = 3

/**
 * How a rendering was made. `too_slow`: the text took longer to render than any text may, and is shown as plain text
 * until it is edited. `pending`: it is shown as plain text until the renderer gets to it.
 */
export type RenderingState = "rendered" | "too_slow" | "pending"

/** What the author is told of a text that is shown as plain text; nothing of others. */
export const renderingNotice = (state: RenderingState): string | undefined => {
  if (state === "rendered") return undefined
  return state === "too_slow"
    ? "Shown as plain text, since it takes too long to render. Shorten the text or simplify its markup, then save it again."
    : "Shown as plain text until it is rendered, which takes a minute or so."
}

/** A post's content as readers see it. Made when the post is written, and stored beside it. */
export interface Rendering {
  readonly state: RenderingState
  /** Safe to put into a page or a feed; empty where the post has no content. */
  readonly html: string
  /** Plain text, paragraphs as lines; empty where the post has no content. */
  readonly text: string
  /** How `text` begins, up to where its author ends the excerpt, at most `openingLength` UTF-16 code units. */
  readonly opening: string
}

/** Long enough for every excerpt and lead, and for telling a title from the beginning of a text. */
export const openingLength = 600

const openingOf = (text: string): string => text.slice(0, openingLength).replace(/\p{Surrogate}$/u, "")

/**
 * Renders a post's content. How long that takes is up to the text: call it through the `Renderer`, which bounds it, or
 * with few characters.
 */
export const renderingOf = (properties: Properties): Rendering => {
  const content = contentOf(properties)
  const html = content === undefined ? "" : contentHtml(content)
  const text = plainText(html)
  return { state: "rendered", html, text, opening: openingOf(excerptIn(content) || text) }
}

/** The text before the mark that ends the excerpt (`<!--more-->`), where there is one. */
const excerptIn = (content: Content | undefined): string => {
  const before = content === undefined ? undefined : beforeMore(sourceOf(content))
  if (content === undefined || before === undefined) return ""
  return plainText(contentHtml(withSource(content, before)))
}

const withSource = (content: Content, source: string): Content =>
  content.format === "html" ? { format: "html", html: source } : { format: content.format, text: source }

/** The content as it was written, without any markup, in time linear to its length. */
export const plainRendering = (properties: Properties, state: Exclude<RenderingState, "rendered">): Rendering => {
  const content = contentOf(properties)
  const text = content === undefined ? "" : withoutControls(withoutComments(sourceOf(content))).trim()
  return { state, html: paragraphs(text), text, opening: openingOf(text) }
}

const sourceOf = (content: Content): string => (content.format === "html" ? content.html : content.text)

/** What authors hide from readers stays hidden: comments, and what follows one that is never closed. */
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

/** Escaped text: a paragraph after each blank line, line breaks kept. */
const paragraphs = (text: string): string =>
  text
    // Taking apart and joining is four times as fast as replacing where a text is all signs.
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

/** Characters of a source that are rendered for its beginning alone: few enough to render anywhere. */
const considered = 1_000

/** How the text begins, as far as that can be said without rendering the whole of it. For slugs and previews. */
export const startOf = (properties: Properties): string => {
  const content = contentOf(properties)
  if (content === undefined) return ""
  return plainText(contentHtml(withSource(content, sourceOf(content).slice(0, considered))))
}
