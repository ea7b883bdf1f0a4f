import { finished, type Steps } from "../Steps.js"
import { SpanEnds } from "./SpanEnds.js"

/** Part of a source: `code` is shown literally, a `comment` is not shown, `prose` is everything else. */
export interface Segment {
  readonly kind: "prose" | "code" | "comment"
  /** UTF-16 offsets; `end` is exclusive. Segments follow each other without gaps. */
  readonly start: number
  readonly end: number
}

/** Markers of block quotes and lists before the text of a line. */
const container = /^(?:[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+))*/
const fenceOpening = /^[ \t]*(?<fence>`{3,}(?=[^`\n]*$)|~{3,})/
const listMarker = /^(?<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])(?<gap>[ \t]+|$)/
/** Lines that end a paragraph; code spans do not cross them. */
const blockStart = /^[ \t>]*(?:#{1,6}[ \t]|(?:[-*+]|\d{1,9}[.)])[ \t])/
/** The characters that begin a landmark. */
const landmarkStart = /[\\`<]/
/** Possible starts of other content than prose: an escape, code, a comment, an element whose text is not Markdown. */
const landmark = /\\[`<]|`+|<!--|<(?<name>pre|script|style|textarea|code)(?=[\s>])/gi

const columns = (white: string): number => {
  let count = 0
  for (const character of white) count += character === "\t" ? 4 - (count % 4) : 1
  return count
}

const isBlank = (line: string): boolean => /^[ \t>]*$/.test(line)

/** The content offsets of open lists, outermost first; deeper indented lines are code. */
class Lists {
  #offsets: Array<number> = []

  /** First column at which an indented line is code. */
  get codeFrom(): number {
    return (this.#offsets.at(-1) ?? 0) + 4
  }

  see(line: string, afterBlank: boolean): void {
    const marker = listMarker.exec(line)?.groups
    const indent = columns(marker?.indent ?? /^[ \t]*/.exec(line)?.[0] ?? "")
    if (marker !== undefined && indent < this.codeFrom) {
      this.#offsets = this.#offsets.filter((offset) => offset <= indent)
      const gap = columns(marker.gap ?? "")
      const width = line.trimStart().search(/[ \t]|$/)
      this.#offsets.push(indent + width + (gap >= 1 && gap <= 4 ? gap : 1))
    } else if (afterBlank) {
      this.#offsets = this.#offsets.filter((offset) => offset <= indent)
    }
  }
}

/** Returns whether an odd number of backslashes precedes a position. */
export const isEscaped = (text: string, at: number): boolean => {
  let before = at
  while (before > 0 && text.charCodeAt(before - 1) === 92) before -= 1
  return (at - before) % 2 === 1
}

/** The end of the line at `from`, including its line feed. */
const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf("\n", from)
  return end === -1 ? text.length : end + 1
}

/** Scans a source once. */
class Scanner {
  readonly #segments: Array<Segment> = []
  /** End of the last segment. */
  #covered = 0
  /** Openings that are not closed in the rest of the text, so that each is searched for only once. */
  readonly #unclosed = new Set<string>()
  constructor(
    readonly text: string,
    readonly hasHtml: boolean
  ) {}

  add(kind: "code" | "comment", start: number, end: number): void {
    if (start > this.#covered) this.#segments.push({ kind: "prose", start: this.#covered, end: start })
    if (end > start) this.#segments.push({ kind, start, end })
    this.#covered = end
  }

  finish(): ReadonlyArray<Segment> {
    const { length } = this.text
    if (this.#covered < length) this.#segments.push({ kind: "prose", start: this.#covered, end: length })
    return this.#segments
  }

  #find(wanted: string, from: number): number {
    if (this.#unclosed.has(wanted)) return -1
    const found = this.text.indexOf(wanted, from)
    if (found === -1) this.#unclosed.add(wanted)
    return found
  }

  /** Consumes the content at a landmark. Returns its end, or `undefined` if nothing begins there. */
  #take(at: number, mark: string, element: string | undefined, spans: SpanEnds): number | undefined {
    if (mark === "<!--") {
      // Comments may be as short as `<!-->` (CommonMark §6.6).
      const close = this.#find("-->", at + 2)
      if (close === -1) return undefined
      this.add("comment", at, close + 3)
      return close + 3
    }
    if (element === undefined) {
      const end = spans.at(at)
      if (end !== undefined) this.add("code", at, end)
      return end
    }
    const inner = this.hasHtml ? this.#find(">", at) : -1
    const close = inner === -1 ? -1 : this.#find(`</${element}`, inner)
    if (close === -1) return undefined
    this.add("code", inner + 1, close)
    return close
  }

  /**
   * Finds code and comments between two positions. Returns where to continue, which is beyond `to` if something extends
   * beyond it. `spans`: whether backticks delimit code.
   */
  *inline(from: number, to: number, spans = true): Steps<number> {
    const part = this.text.slice(from, to)
    if (!landmarkStart.test(part)) return to
    const ends = new SpanEnds()
    if (spans) yield* ends.find(this.text, from, to)
    landmark.lastIndex = 0
    for (let match = landmark.exec(part); match !== null; match = landmark.exec(part)) {
      // A step may run other scans, which share the expression.
      const next = landmark.lastIndex
      yield
      landmark.lastIndex = next
      const at = from + match.index
      const name = match.groups?.name
      const end = this.#take(at, match[0], name, ends)
      if (end === undefined) continue
      if (end >= to) return end
      landmark.lastIndex = end - from
    }
    return to
  }
}

/** The last text and its segments, because an import splits the same text up to five times in a row. */
let latest: { readonly text: string; readonly hasHtml: boolean; readonly segments: ReadonlyArray<Segment> } | undefined

/** Maximum length of a cached text in characters, because the cache stays in memory after an import. */
const keptLength = 100_000

/** Lines per step: some microseconds. A step for each takes longer than the line. */
const linesPerStep = 16

/**
 * Splits Markdown, in linear time. Code is: fenced and indented code, code spans and (with `hasHtml`) the content of
 * `pre`, `code`, `script` and similar elements. With unusual nesting of lists, indented code may count as prose.
 */
export const markdownSegments = (text: string, hasHtml = true): ReadonlyArray<Segment> =>
  finished(segmentsInSteps(text, hasHtml))

/** Splits Markdown as `markdownSegments` does, in steps. */
export function* segmentsInSteps(text: string, hasHtml = true): Steps<ReadonlyArray<Segment>> {
  if (latest?.hasHtml === hasHtml && latest.text === text) return latest.segments
  const segments = yield* scanned(text, hasHtml)
  if (text.length <= keptLength) latest = { text, hasHtml, segments }
  return segments
}

function* scanned(text: string, hasHtml: boolean): Steps<ReadonlyArray<Segment>> {
  const scanner = new Scanner(text, hasHtml)
  const lists = new Lists()
  let paragraph: number | undefined
  let fence: { readonly mark: string; readonly start: number } | undefined
  let afterBlank = true
  let at = 0
  let lines = 0

  /** Ends the paragraph before `to`. Returns where to continue. */
  function* flush(to: number): Steps<number> {
    const from = paragraph
    paragraph = undefined
    return from === undefined ? to : yield* scanner.inline(from, to)
  }

  while (at < text.length) {
    lines += 1
    if (lines % linesPerStep === 0) yield
    const end = lineEnd(text, at)
    const line = text.slice(at, end).replace(/\r?\n$/, "")
    if (fence !== undefined) {
      const bare = line.replace(/^[ \t>]*/, "").trimEnd()
      if (bare.startsWith(fence.mark) && bare === (fence.mark[0] ?? "").repeat(bare.length)) {
        scanner.add("code", fence.start, end)
        fence = undefined
      }
      at = end
      continue
    }
    const isInParagraph = paragraph !== undefined
    const startsBlock = isBlank(line) || blockStart.test(line)
    const content = line.replace(container, "")
    const opening = fenceOpening.exec(content)?.groups?.fence
    const isCode =
      !isInParagraph && afterBlank && columns(/^[ \t]*/.exec(line)?.[0] ?? "") >= lists.codeFrom && !isBlank(line)
    if (isInParagraph && (startsBlock || opening !== undefined)) {
      const reached = yield* flush(at)
      if (reached > at) {
        at = reached
        afterBlank = false
        paragraph = at
        continue
      }
    }
    if (isBlank(line)) {
      afterBlank = true
      at = end
      continue
    }
    if (isCode) {
      scanner.add("code", at, end)
      at = end
      continue
    }
    lists.see(line, afterBlank)
    afterBlank = false
    if (opening !== undefined) fence = { mark: opening, start: at }
    else paragraph ??= at
    at = end
  }
  if (fence !== undefined) scanner.add("code", fence.start, text.length)
  else if (paragraph !== undefined) {
    let from = paragraph
    while (from < text.length) from = yield* scanner.inline(from, text.length)
  }
  return scanner.finish()
}

/** Splits HTML, in linear time. The content of `pre`, `code`, `script` and similar elements is code. */
export function* htmlSegments(html: string): Steps<ReadonlyArray<Segment>> {
  const scanner = new Scanner(html, true)
  yield* scanner.inline(0, html.length, false)
  return scanner.finish()
}
