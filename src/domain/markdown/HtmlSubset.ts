import type { MarkdownIt as Parser, StateBlock, StateInline } from "markdown-it"

/** Elements in a line that Markdown has no marks for. */
const inLine = /<(?<end>\/?)(?<name>abbr|del|ins|kbd|mark|sub|sup)(?:\s+title="[^"<>\n]{0,500}")?\s*>/y

/** Beginning of a block that folds, or of a figure. */
const block = /^<\/?(?:details|summary|figure|figcaption)(?:\s[^<>]*)?>/i

/** State of the parser in a text. */
interface Elements {
  /** Number of open elements by name. */
  readonly open: Map<string, number>
  /** Position of the next end tag by name; infinite if there is none. */
  readonly next: Map<string, number>
}

const elements = new WeakMap<StateInline, Elements>()

const elementsOf = (state: StateInline): Elements => {
  const known = elements.get(state) ?? { open: new Map(), next: new Map() }
  elements.set(state, known)
  return known
}

/** Returns whether the element is closed later in the text. Each end tag is searched once. */
const isClosedAfter = ({ next }: Elements, text: string, name: string, at: number): boolean => {
  const known = next.get(name)
  if (known !== undefined && known >= at) return known !== Number.POSITIVE_INFINITY
  const found = text.indexOf(`</${name}>`, at)
  next.set(name, found === -1 ? Number.POSITIVE_INFINITY : found)
  return found !== -1
}

const inlineElement = (state: StateInline, silent: boolean): boolean => {
  inLine.lastIndex = state.pos
  const found = inLine.exec(state.src)
  const { end, name } = found?.groups ?? {}
  if (found === null || name === undefined) return false
  const known = elementsOf(state)
  const open = known.open.get(name) ?? 0
  // Tags without their other half are text: “the <sub> element”.
  if (end === "" ? !isClosedAfter(known, state.src, name, inLine.lastIndex) : open === 0) return false
  if (!silent) {
    known.open.set(name, end === "" ? open + 1 : open - 1)
    state.push("html_inline", "", 0).content = found[0]
    state.env.hasHtml = true
  }
  state.pos += found[0].length
  return true
}

const blockElement = (state: StateBlock, start: number, end: number, silent: boolean): boolean => {
  const lineOf = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4 || !block.test(lineOf(start))) return false
  if (silent) return true
  let after = start + 1
  while (after < end && (state.sCount[after] ?? 0) >= state.blkIndent && !state.isEmpty(after)) after += 1
  state.line = after
  const token = state.push("html_block", "", 0)
  token.map = [start, after]
  token.content = state.getLines(start, after, state.blkIndent, true)
  state.env.hasHtml = true
  return true
}

/**
 * Adds the elements that people write in Markdown: `abbr`, `del`, `ins`, `kbd`, `mark`, `sub` and `sup` in a line, and
 * blocks that begin with `details` or `figure`, up to a blank line. All other HTML is text. Sets `hasHtml` of the
 * environment; the result must then be sanitized.
 */
export const addHtmlSubset = (markdown: Parser): void => {
  markdown.inline.ruler.before("autolink", "html-subset", inlineElement)
  markdown.block.ruler.before("heading", "html-subset", blockElement, { alt: ["paragraph", "reference", "blockquote"] })
}
