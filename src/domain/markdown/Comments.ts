import { isEscaped, markdownSegments, type Segment } from "./Segments.js"

/** What is a comment, and nothing but that. */
const nothing = "<!-- -->"

const pieces = (text: string, hasHtml: boolean, change: (segment: Segment, piece: string) => string): string =>
  markdownSegments(text, hasHtml)
    .map((segment) => change(segment, text.slice(segment.start, segment.end)))
    .join("")

/** Markdown without its HTML comments. What is opened and not closed is no comment. */
export const withoutComments = (text: string): string =>
  text.includes("<!--") ? pieces(text, false, ({ kind }, piece) => (kind === "comment" ? "" : piece)) : text

/** What opens a comment, an instruction or a declaration. */
const openings = /<[!?]/g

/**
 * Markdown whose comments say nothing, and in which nothing is opened that is never closed: a Markdown parser would look
 * for the end of each anew.
 */
export const withEmptyComments = (text: string): string => {
  if (!/<[!?]/.test(text)) return text
  const lastInstruction = text.lastIndexOf("?>")
  const lastDeclaration = text.lastIndexOf(">")
  return pieces(text, true, ({ kind, start }, piece) => {
    if (kind === "comment") return nothing
    if (kind === "code") return piece
    return piece.replace(openings, (opening, at: number) => {
      const isComment = opening === "<!" && piece.startsWith("--", at + 2)
      const isClosed = !isComment && start + at < (opening === "<?" ? lastInstruction : lastDeclaration)
      return isClosed || isEscaped(piece, at) ? opening : `&lt;${opening[1]}`
    })
  })
}

/** How generators mark where the excerpt of a text ends. */
const more = /^<!--+\s*(?:more|read[ _-]?more|excerpt|end[ _-]?excerpt|truncate|summary|break|endofexcerpt)\s*--+>$/i

/** What stands before the mark that ends the excerpt; `undefined` where there is none. */
export const beforeMore = (text: string): string | undefined => {
  if (!text.includes("<!--")) return undefined
  const mark = markdownSegments(text).find(
    ({ end, kind, start }) => kind === "comment" && end - start < 40 && more.test(text.slice(start, end))
  )
  return mark === undefined ? undefined : text.slice(0, mark.start)
}
