import { footnote } from "@mdit/plugin-footnote"
import { mark } from "@mdit/plugin-mark"
import MarkdownIt, { type MarkdownIt as Parser, type StateCore, type Token } from "markdown-it"
import { endAddresses } from "./Addresses.js"
import { withEmptyComments, withoutComments } from "./Comments.js"
import { markEmbeds } from "./Embeds.js"
import { highlighted } from "./Highlighting.js"
import { addHtmlSubset } from "./HtmlSubset.js"
import { type QuoteConvention, typographicQuotes } from "./Quotes.js"
import { safeHtml } from "./Sanitiser.js"

/** Returns whether an address is safe in a link: web, mail, telephone, and places on this site. */
const isSafeLink = (url: string) =>
  /^(?:https?:|mailto:|tel:|[/#?.])/i.test(url.trim()) || !/^[^/?#]*:/.test(url.trim())

/** Replaces links to unsafe addresses by their text. */
const dropUnsafeLinks = (state: StateCore): void => {
  for (const { children } of state.tokens) {
    if (children === null) continue
    let isOpenUnsafe = false
    for (const token of children) {
      if (token.type === "link_open") isOpenUnsafe = !isSafeLink(String(token.attrGet("href") ?? ""))
      const isUnsafeImage = token.type === "image" && !isSafeLink(String(token.attrGet("src") ?? ""))
      if (isUnsafeImage) token.content = textOf(token)
      if (isUnsafeImage || (isOpenUnsafe && token.type.startsWith("link_"))) silence(token)
      if (token.type === "link_close") isOpenUnsafe = false
    }
  }
}

const textOf = ({ children, content }: Token): string => children?.map(textOf).join("") ?? content

/** Replaces a token by the text that it contains. */
const silence = (token: Token): void => {
  token.type = "text"
  token.tag = ""
  token.nesting = 0
  token.attrs = null
  token.children = null
}

const box = /^\[(?<mark>[ xX])\](?=\s)/

/** Shows the box of a task (`- [x] done`) as a character, because a form field could not be used here. */
const showTasks = (state: StateCore): void => {
  const { tokens } = state
  for (const [index, token] of tokens.entries()) {
    const [first] = token.children ?? []
    const item = tokens[index - 2]
    if (token.type !== "inline" || first?.type !== "text" || item?.type !== "list_item_open") continue
    const mark = box.exec(first.content)?.groups?.mark
    if (mark === undefined) continue
    item.attrJoin("class", "task")
    first.content = `${mark === " " ? "☐" : "☑"}${first.content.slice(3)}`
  }
}

/** Aligns table cells by class: the content security policy forbids the inline styles that markdown-it writes. */
const alignByClass = (state: StateCore): void => {
  for (const token of state.tokens) {
    const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style") ?? ""))?.[1]
    if (align !== undefined) token.attrs = [["class", `align-${align}`]]
  }
}

const givenId = /[ \t]*\{:?[ \t]*#(?<id>[\w:.-]{1,200})(?:[ \t][^{}]{0,200})?\}[ \t]*$/

/** Reads ids from headings: `## Heading {#id}`, as Hugo, Zola, kramdown and others do. */
const takeHeadingIds = (state: StateCore): void => {
  for (const [index, token] of state.tokens.entries()) {
    const last = token.children?.at(-1)
    const opening = state.tokens[index - 1]
    if (opening?.type !== "heading_open" || last?.type !== "text") continue
    const found = givenId.exec(last.content)
    if (found?.groups?.id === undefined) continue
    last.content = last.content.slice(0, found.index)
    opening.attrSet("id", found.groups.id)
  }
}

const hasHtmlToken = (tokens: ReadonlyArray<Token>): boolean =>
  tokens.some(({ children, type }) => type === "html_block" || type === "html_inline" || hasHtmlToken(children ?? []))

/** Records in the environment whether a document contains HTML. */
const noteHtmlTokens = ({ env, tokens }: StateCore): void => {
  env.hasHtml = hasHtmlToken(tokens)
}

/**
 * Maximum nesting of quotes, lists (two levels each), links and brackets. With the parser's own limit of a hundred, a
 * megabyte of opening brackets takes three times as long.
 */
const deepest = 40

/** Dialect of Markdown: of a note, of an article of this site, or of a document for a site generator. */
type Flavour = "note" | "article" | "document"

const make = (flavour: Flavour): Parser => {
  const isDocument = flavour === "document"
  const markdown = new MarkdownIt({
    html: isDocument,
    // As the sanitizer writes it, which documents without HTML do not pass.
    xhtmlOut: isDocument,
    linkify: true,
    typographer: false,
    breaks: flavour === "note",
    highlight: (code, language) => highlighted(code, language) ?? ""
  })
  markdown.set({ maxNesting: deepest })
  // Without this, `README.md` and `next.js` in a sentence become links to foreign domains.
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  endAddresses(markdown)
  // `dropUnsafeLinks` decides instead, because the parser would show the source of a refused link.
  markdown.validateLink = () => true
  // Its types are those of an older version of markdown-it, as those of `footnote`; its behaviour is the same.
  mark(markdown as never)
  if (!isDocument) addHtmlSubset(markdown)
  // Escaped characters are tokens of their own until `text_join`.
  markdown.core.ruler.before("text_join", "typographic-quotes", typographicQuotes)
  markdown.core.ruler.push("unsafe-links", dropUnsafeLinks)
  markdown.core.ruler.push("tasks", showTasks)
  markdown.core.ruler.push("align-by-class", alignByClass)
  markdown.core.ruler.push("embeds", markEmbeds)
  if (isDocument) {
    markdown.core.ruler.push("heading-ids", takeHeadingIds)
    markdown.core.ruler.push("html-tokens", noteHtmlTokens)
  }
  return markdown
}

/** The number of a footnote, and of the reference to it. */
const numbers = (token: Token | undefined): { readonly note: string; readonly reference: string } => {
  const { id = 0, subId = 0 } = (token?.meta ?? {}) as { readonly id?: number; readonly subId?: number }
  const note = String(id + 1)
  return { note, reference: subId > 0 ? `${note}-${subId + 1}` : note }
}

const withFootnotes = (markdown: Parser): Parser => {
  // Its types are those of an older version of markdown-it; its behaviour is the same.
  footnote(markdown as never)
  Object.assign(markdown.renderer.rules, {
    footnote_ref: (tokens: ReadonlyArray<Token>, index: number) => {
      const { note, reference } = numbers(tokens[index])
      return `<sup class="footnote-ref" id="fnref-${reference}"><a href="#fn-${note}">${note}</a></sup>`
    },
    footnote_block_open: () => '<section class="footnotes">\n<ol>\n',
    footnote_open: (tokens: ReadonlyArray<Token>, index: number) => `<li id="fn-${numbers(tokens[index]).note}">`,
    footnote_anchor: (tokens: ReadonlyArray<Token>, index: number) =>
      ` <a href="#fnref-${numbers(tokens[index]).reference}" class="footnote-backref">↩︎</a>`
  })
  return markdown
}

/** The parsers of a flavour. Texts with too many footnotes are read without them. */
const parsers = (flavour: Flavour) => ({ usual: make(flavour), footnotes: withFootnotes(make(flavour)) })

const notes = parsers("note")
const articles = parsers("article")
const documents = parsers("document")

/** Maximum number of footnotes; each costs a search in the text after it. */
const mostFootnotes = 2_000

const hasFootnotes = (text: string): boolean => {
  const marks = text.match(/\[\^|\^\[/g)?.length ?? 0
  return marks > 0 && marks <= mostFootnotes
}

/** What parsers know and report about a text. */
type Environment = {
  /** Whether it contains HTML, which must be sanitized. */
  hasHtml: boolean
  readonly quotes: QuoteConvention
}

const render = ({ footnotes, usual }: ReturnType<typeof parsers>, text: string, environment: Environment): string =>
  (hasFootnotes(text) ? footnotes : usual).render(text, environment)

const ownHtml = (flavour: ReturnType<typeof parsers>, text: string, quotes: QuoteConvention): string => {
  const environment = { hasHtml: false, quotes }
  const html = render(flavour, withoutComments(text), environment)
  return environment.hasHtml ? safeHtml(html) : html
}

/**
 * Renders the Markdown of notes: CommonMark with GitHub's tables, tasks and strikethrough, footnotes, `==marks==`,
 * highlighted code, and some HTML elements; other HTML is shown as text. Line breaks are kept. The result is safe to
 * embed in a page. Quotes get the marks of a convention.
 */
export const noteHtml = (text: string, quotes: QuoteConvention = "none"): string => ownHtml(notes, text, quotes)

/** Like `noteHtml`, for articles: line breaks within a paragraph are spaces. */
export const articleHtml = (text: string, quotes: QuoteConvention = "none"): string => ownHtml(articles, text, quotes)

/**
 * Parts of the parser's output that the sanitizer would change: empty addresses, addresses without a scheme, and
 * other classes of highlighted code.
 */
const unfinished = / (?:href|src)="\s*(?:\/\/|")|<span class="(?:(?!hl-)|[^"]* )/

/** Quotes that the parser and the highlighter escape; the sanitizer does so in attributes only. */
const escapedQuote = /&quot;|&#x27;/g

const withPlainQuotes = (html: string): string =>
  html.replace(/>[^<]*/g, (text) =>
    text.includes("&") ? text.replace(escapedQuote, (quote) => (quote === "&quot;" ? '"' : "'")) : text
  )

/**
 * Like `articleHtml`, but for documents of site generators: with heading ids, and all HTML sanitized. Without HTML in
 * the text, the output of the parser is what the sanitizer would return, so it is not sanitized again, which would take
 * as long as parsing.
 */
export const documentHtml = (text: string, quotes: QuoteConvention = "none"): string => {
  const environment = { hasHtml: true, quotes }
  const html = render(documents, withEmptyComments(text), environment)
  return environment.hasHtml || unfinished.test(html) ? safeHtml(html) : withPlainQuotes(html)
}
