import { compile } from "html-to-text"
import MarkdownIt from "markdown-it"
import sanitizeHtml from "sanitize-html"
import { isObject, type Properties, valuesOf } from "./Microformats.js"

/** What a post says, before it is made into HTML: Markdown (plain text is Markdown here) or HTML that is not trusted. */
export type Content =
  | { readonly format: "markdown"; readonly text: string }
  | { readonly format: "html"; readonly html: string }

/** Control characters that neither HTML nor XML may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g

/** Addresses that may stand behind a link: web, mail, telephone, and places on this site. */
const isSafeLink = (url: string) =>
  /^(?:https?:|mailto:|tel:|[/#?.])/i.test(url.trim()) || !/^[^/?#]*:/.test(url.trim())

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: true })
// Without this, `README.md` and `next.js` in a sentence become links to somebody's domains.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
markdown.validateLink = isSafeLink
// The site's content security policy allows no inline style, which is how markdown-it aligns table cells.
markdown.core.ruler.push("align-by-class", (state) => {
  for (const token of state.tokens) {
    const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style") ?? ""))?.[1]
    if (align !== undefined) token.attrs = [["class", `align-${align}`]]
  }
})

const sanitizeOptions: sanitizeHtml.IOptions = {
  allowedTags: [
    ...["p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div", "span"],
    ...["ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
    ...["a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"],
    ...["strong", "sub", "sup", "time", "u", "var", "wbr", "ruby", "rt", "rp", "bdi", "bdo", "details", "summary"],
    ...["figure", "figcaption", "img", "picture", "audio", "video", "source"]
  ],
  parseStyleAttributes: false,
  allowedAttributes: {
    "*": ["lang", "dir", "title"],
    a: ["href"],
    blockquote: ["cite"],
    q: ["cite"],
    img: ["src", "alt", "width", "height", "loading"],
    audio: ["src", "controls"],
    video: ["src", "controls", "poster", "width", "height"],
    source: ["src", "type"],
    ol: ["start", "reversed"],
    td: ["colspan", "rowspan"],
    th: ["colspan", "rowspan", "scope"],
    time: ["datetime"]
  },
  allowedClasses: { code: ["language-*"] },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: {
    img: ["http", "https"],
    audio: ["http", "https"],
    video: ["http", "https"],
    source: ["http", "https"]
  },
  allowedSchemesAppliedToAttributes: ["href", "src", "cite", "poster"],
  allowProtocolRelative: false,
  nestingLimit: 50,
  transformTags: {
    audio: (tagName, attribs) => ({ tagName, attribs: { ...attribs, controls: "" } }),
    video: (tagName, attribs) => ({ tagName, attribs: { ...attribs, controls: "" } })
  }
}

/** The first content of a post; absent for posts that only show a photo, a like and so on. */
export const contentOf = (properties: Properties): Content | undefined => {
  const [first] = valuesOf(properties, "content")
  if (typeof first === "string") return { format: "markdown", text: first }
  if (!isObject(first)) return undefined
  const { html, markdown: source, value } = first
  if (typeof html === "string") return { format: "html", html }
  if (typeof source === "string") return { format: "markdown", text: source }
  return typeof value === "string" ? { format: "markdown", text: value } : undefined
}

/**
 * HTML that is safe to put into a page or a feed: nothing in it runs, is styled, is
 * framed, or has an address other than http, https, mailto, tel or a place on this site. Markdown's own HTML is shown as
 * text; line breaks in it are kept.
 */
export const contentHtml = (content: Content): string =>
  content.format === "html"
    ? sanitizeHtml(content.html.replace(controls, ""), sanitizeOptions).trim()
    : markdown.render(content.text.replace(controls, "")).trim()

// Compiled once: preparing the options takes ten times as long as converting a note.
const toText = compile({
  wordwrap: false,
  limits: { maxDepth: 60, maxInputLength: 4_000_000 },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    { selector: "hr", format: "skip" },
    { selector: "blockquote", format: "block" },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: "ul", options: { itemPrefix: " " } },
    { selector: "ol", format: "unorderedList", options: { itemPrefix: " " } },
    ...["table", "th", "td"].map((selector) => ({ selector, format: "block" }))
  ]
})

/** The text of some HTML for search, summaries and slugs: no markup, no addresses, one space or line break at a time. */
export const plainText = (html: string): string =>
  toText(html)
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n\s*/g, "\n")
    .trim()
