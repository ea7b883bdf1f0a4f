import { footnote } from "@mdit/plugin-footnote"
import MarkdownIt, { type MarkdownIt as Parser, type StateCore, type Token } from "markdown-it"
import { endAddresses } from "./Addresses.js"
import { withEmptyComments, withoutComments } from "./Comments.js"
import { safeHtml } from "./Sanitiser.js"

/** Addresses that may stand behind a link: web, mail, telephone, and places on this site. */
const isSafeLink = (url: string) =>
  /^(?:https?:|mailto:|tel:|[/#?.])/i.test(url.trim()) || !/^[^/?#]*:/.test(url.trim())

/** Of what leads to no safe address, the words are left. */
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

/** Makes a token the text that it holds. */
const silence = (token: Token): void => {
  token.type = "text"
  token.tag = ""
  token.nesting = 0
  token.attrs = null
  token.children = null
}

const box = /^\[(?<mark>[ xX])\](?=\s)/

/** Tasks (`- [x] done`) show their box as a character: a form field would be nobody's to fill in. */
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

/** The site's content security policy allows no inline style, which is how markdown-it aligns table cells. */
const alignByClass = (state: StateCore): void => {
  for (const token of state.tokens) {
    const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style") ?? ""))?.[1]
    if (align !== undefined) token.attrs = [["class", `align-${align}`]]
  }
}

const givenId = /[ \t]*\{:?[ \t]*#(?<id>[\w:.-]{1,200})(?:[ \t][^{}]{0,200})?\}[ \t]*$/

/** `## Heading {#id}`, as Hugo, Zola, kramdown and others read it. */
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

/**
 * Levels of quotes, lists (two each), links and brackets inside one another. With a hundred, the parser's own limit, a
 * megabyte of opening brackets takes three times as long.
 */
const deepest = 40

const make = (isDocument: boolean): Parser => {
  const markdown = new MarkdownIt({ html: isDocument, linkify: true, typographer: false, breaks: !isDocument })
  markdown.set({ maxNesting: deepest })
  // Without this, `README.md` and `next.js` in a sentence become links to somebody's domains.
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  endAddresses(markdown)
  // `dropUnsafeLinks` judges instead: the parser would show the source of a link that is refused here.
  markdown.validateLink = () => true
  markdown.core.ruler.push("unsafe-links", dropUnsafeLinks)
  markdown.core.ruler.push("tasks", showTasks)
  markdown.core.ruler.push("align-by-class", alignByClass)
  if (isDocument) markdown.core.ruler.push("heading-ids", takeHeadingIds)
  return markdown
}

/** The number of a footnote, and which reference to it this is. */
const numbers = (token: Token | undefined): { readonly note: string; readonly reference: string } => {
  const { id = 0, subId = 0 } = (token?.meta ?? {}) as { readonly id?: number; readonly subId?: number }
  const note = String(id + 1)
  return { note, reference: subId > 0 ? `${note}-${subId + 1}` : note }
}

const withFootnotes = (markdown: Parser): Parser => {
  // Its types are those of the version of markdown-it before ours; what it does is the same.
  footnote(markdown as never)
  Object.assign(markdown.renderer.rules, {
    footnote_ref: (tokens: ReadonlyArray<Token>, index: number) => {
      const { note, reference } = numbers(tokens[index])
      return `<sup class="footnote-ref" id="fnref-${reference}"><a href="#fn-${note}">${note}</a></sup>`
    },
    footnote_block_open: () => '<section class="footnotes">\n<ol>\n',
    footnote_open: (tokens: ReadonlyArray<Token>, index: number) => `<li id="fn-${numbers(tokens[index]).note}">`,
    footnote_anchor: (tokens: ReadonlyArray<Token>, index: number) =>
      ` <a href="#fnref-${numbers(tokens[index]).reference}" class="footnote-backref" title="Back to the text">↩︎</a>`
  })
  return markdown
}

const notes = make(false)
const documents = make(true)
const documentsWithFootnotes = withFootnotes(make(true))

/** More footnotes than any text has: each costs a look at what follows it. */
const mostFootnotes = 2_000

const hasFootnotes = (text: string): boolean => {
  const marks = text.match(/\[\^|\^\[/g)?.length ?? 0
  return marks > 0 && marks <= mostFootnotes
}

/** Markdown as notes are written here: line breaks are kept, HTML is shown as text. Safe to put into a page. */
export const noteHtml = (text: string): string => notes.render(withoutComments(text))

/**
 * Markdown as generators of sites read it: CommonMark with GitHub's tables, tasks and strikethrough, footnotes, ids of
 * headings, and HTML, which passes the sanitiser. Safe to put into a page.
 */
export const documentHtml = (text: string): string =>
  safeHtml((hasFootnotes(text) ? documentsWithFootnotes : documents).render(withEmptyComments(text)))
