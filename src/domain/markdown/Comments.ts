import { isEscaped, markdownSegments, type Segment } from "./Segments.js"

/** An empty comment. */
const nothing = "<!-- -->"

const pieces = (text: string, hasHtml: boolean, change: (segment: Segment, piece: string) => string): string =>
  markdownSegments(text, hasHtml)
    .map((segment) => change(segment, text.slice(segment.start, segment.end)))
    .join("")

/** Removes HTML comments from Markdown. An unclosed comment is kept as text. */
export const withoutComments = (text: string): string =>
  text.includes("<!--") ? pieces(text, false, ({ kind }, piece) => (kind === "comment" ? "" : piece)) : text

/** Openings of comments, processing instructions and declarations. */
const openings = /<[!?]/g

/**
 * Empties comments in Markdown and escapes unclosed openings, because a Markdown parser would search for the end of
 * each again.
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

/** Marks of generators for the end of the excerpt. */
const more = /^<!--+\s*(?:more|read[ _-]?more|excerpt|end[ _-]?excerpt|truncate|summary|break|endofexcerpt)\s*--+>$/i

/** The text before the mark that ends the excerpt; `undefined` if there is none. */
export const beforeMore = (text: string): string | undefined => {
  if (!text.includes("<!--")) return undefined
  const mark = markdownSegments(text).find(
    ({ end, kind, start }) => kind === "comment" && end - start < 40 && more.test(text.slice(start, end))
  )
  return mark === undefined ? undefined : text.slice(0, mark.start)
}
