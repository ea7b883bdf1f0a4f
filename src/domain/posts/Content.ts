import { withIds } from "../markdown/Ids.js"
import { articleHtml, documentHtml, noteHtml } from "../markdown/Markdown.js"
import { withFigures, withOwnPictures } from "../markdown/Pictures.js"
import type { QuoteConvention } from "../markdown/Quotes.js"
import { safeHtml } from "../markdown/Sanitiser.js"
import { isObject, type Properties, textsOf, valuesOf } from "./Microformats.js"

/**
 * Source of a post's content: Markdown (which plain text is too), Markdown of a document as site generators read it, or
 * untrusted HTML.
 */
export type Content =
  | {
      readonly format: "markdown" | "document"
      readonly text: string
      /** Whether the post has a title, so that a line break within a paragraph is a space. */
      readonly isTitled?: boolean
    }
  | { readonly format: "html"; readonly html: string }

/** Control characters that are not allowed in HTML or XML. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g

/** Removes characters that are not allowed in HTML or XML. */
export const withoutControls = (text: string): string => text.replace(controls, "")

/**
 * Property that says how to read Markdown: `document` as site generators do. It is separate so that clients find plain
 * text in `content`, and it stays when they replace that.
 */
export const contentFormatProperty = "content-format"

/** The first content of a post; `undefined` for posts that only show a photo, a like and so on. */
export const contentOf = (properties: Properties): Content | undefined => {
  const [first] = valuesOf(properties, "content")
  const format = valuesOf(properties, contentFormatProperty)[0] === "document" ? "document" : "markdown"
  const markdown = (text: string): Content => ({
    format,
    text,
    ...(isTitled(properties, text) && { isTitled: true })
  })
  if (typeof first === "string") return markdown(first)
  if (!isObject(first)) return undefined
  const { html, markdown: source, value } = first
  if (typeof html === "string") return { format: "html", html }
  if (typeof source === "string") return markdown(source)
  return typeof value === "string" ? markdown(value) : undefined
}

/** Number of characters of a name that are compared with the text. */
const compared = 200

/** Returns whether a text has a title of its own. Some clients send the beginning of a note as its name. */
const isTitled = (properties: Properties, text: string): boolean => {
  const name = textsOf(properties, "name")[0]?.replace(/\s+/g, " ").trim().slice(0, compared) ?? ""
  return (
    name !== "" &&
    !text
      .slice(0, 5 * compared)
      .replace(/\s+/g, " ")
      .trim()
      .startsWith(name)
  )
}

const html = (content: Content, quotes: QuoteConvention): string => {
  if (content.format === "html") return safeHtml(withoutControls(content.html))
  const text = withoutControls(content.text)
  if (content.format === "document") return withFigures(documentHtml(text, quotes))
  return withFigures(content.isTitled ? articleHtml(text, quotes) : noteHtml(text, quotes))
}

/**
 * Renders content to HTML that is safe to embed in a page or a feed: no scripts, styles, frames or HTML comments, and
 * only http, https, mailto, tel and addresses on this site. Headings get ids. The site's own pictures get their size and
 * smaller renderings. In Markdown that is not a document's, most HTML is shown as text. Quotes in Markdown get the marks of
 * a convention.
 */
export const contentHtml = (content: Content, quotes: QuoteConvention = "none"): string =>
  withIds(withOwnPictures(html(content, quotes).trim()))
