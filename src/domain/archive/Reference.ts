import { htmlSegments, isEscaped, type Segment, segmentsInSteps } from "../markdown/Segments.js"
import type { Steps } from "../Steps.js"

/** Use of a reference. A `definition` (`[a]: /b`) may be either. */
export type ReferenceKind = "link" | "image" | "definition"

/** An address in a text. Positions are UTF-16 offsets. */
export interface Reference {
  readonly kind: ReferenceKind
  /** Position of the address, without its brackets or quotes. */
  readonly start: number
  readonly end: number
  /** Unescaped. */
  readonly address: string
  /** Syntax around the address, which determines how another address is written there. */
  readonly language: "markdown" | "html" | "autolink"
  /** Position of the whole image, and its alternative text. */
  readonly whole?: { readonly start: number; readonly end: number; readonly alt: string }
}

/** Brackets and line feeds per step: some microseconds. */
const marksPerStep = 16

/** Maximum depth of parentheses in an address (CommonMark §6.3 requires three). */
const deepest = 32

const space = /[ \t]*(?:\n[ \t]*)?/y
const title = /[ \t\n]+(?:"(?:[^"\\]|\\.){0,1000}"|'(?:[^'\\]|\\.){0,1000}'|\((?:[^()\\]|\\.){0,1000}\))/y

const skipped = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/** The end of a link destination (CommonMark §6.3); `undefined` if there is none. */
const destinationEnd = (text: string, from: number): number | undefined => {
  if (text[from] === "<") {
    for (let at = from + 1; at < text.length; at += 1) {
      const character = text[at]
      if (character === "\\") at += 1
      else if (character === ">") return at + 1
      else if (character === "\n" || character === "<") return undefined
    }
    return undefined
  }
  let depth = 0
  let at = from
  for (; at < text.length; at += 1) {
    const character = text[at] ?? ""
    if (character === "\\") at += 1
    else if (character <= " ") break
    else if (character === "(") {
      depth += 1
      if (depth > deepest) return undefined
    } else if (character === ")") {
      if (depth === 0) break
      depth -= 1
    }
  }
  return depth === 0 ? at : undefined
}

const unescaped = (text: string): string =>
  text.replace(/\\([!-/:-@[-`{-~])/g, "$1").replace(/&(amp|lt|gt|quot);/g, (_, name: string) => named[name] ?? "")

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' }

/** The link or image whose text ends with the bracket at `at`. */
const inlineAt = (
  text: string,
  at: number,
  opening: { readonly at: number; readonly isImage: boolean }
): Reference | undefined => {
  const from = skipped(space, text, at + 2)
  const end = destinationEnd(text, from)
  if (end === undefined || end === from) return undefined
  const close = skipped(space, text, skipped(title, text, end))
  if (text[close] !== ")") return undefined
  const isBracketed = text[from] === "<"
  const [first, last] = isBracketed ? [from + 1, end - 1] : [from, end]
  const alt = text.slice(opening.at + (opening.isImage ? 2 : 1), at)
  return {
    kind: opening.isImage ? "image" : "link",
    start: from,
    end,
    address: unescaped(text.slice(first, last)),
    language: "markdown",
    ...(opening.isImage && { whole: { start: opening.at, end: close + 1, alt } })
  }
}

const definition =
  /^[ \t>]{0,20}\[(?!\^)(?:[^\]\\\n]|\\.){1,999}\]:[ \t]*\n?[ \t]*(?<address><[^<>\n]{1,2000}>|[^\s<]\S{0,2000})/gm
const autolink = /<(?<address>https?:\/\/[^\s<>]{1,2000})>/gi
const element = /<(?<name>a|area|img|source|video|audio|track|embed|iframe|object)(?=[\s/])(?<attributes>[^<>]*)>/gi
const attribute =
  /(?<before>\s(?<name>href|src|poster|data-src|data)\s*=\s*)(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'`=<>]+))/gi
const altText = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)')/i

/** Yields the addresses in HTML tags of a segment of HTML or Markdown. */
function* htmlReferences(text: string, { end, start }: Segment): Generator<Reference> {
  for (const tag of text.slice(start, end).matchAll(element)) {
    const { attributes = "", name = "" } = tag.groups ?? {}
    const isLink = /^(?:a|area|iframe)$/i.test(name)
    const from = start + tag.index
    const inside = from + 1 + name.length
    const alt = altText.exec(attributes)
    for (const match of attributes.matchAll(attribute)) {
      const { bare, before = "", double, name: key = "", single } = match.groups ?? {}
      const given = bare ?? double ?? single ?? ""
      const first = inside + match.index + before.length + (bare === undefined ? 1 : 0)
      yield {
        kind: isLink || key.toLowerCase() === "href" ? "link" : "image",
        start: first,
        end: first + given.length,
        address: unescapedHtml(given.trim()),
        language: "html",
        ...(/^img$/i.test(name) && {
          whole: { start: from, end: from + tag[0].length, alt: unescapedHtml(alt?.[1] ?? alt?.[2] ?? "") }
        })
      }
    }
  }
}

const unescapedHtml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39|#38);/g, (_, name: string) => ({ ...named, "#39": "'", "#38": "&" })[name] ?? "")

/**
 * Yields the links and images of Markdown, and nothing at each other step. Link texts may contain code, so it walks over
 * all segments.
 */
function* inlineReferences(text: string, segments: ReadonlyArray<Segment>): Generator<Reference | undefined> {
  const open: Array<{ readonly at: number; readonly isImage: boolean }> = []
  const mark = /[[\]\n]/g
  let marks = 0
  for (const { end, kind, start } of segments) {
    yield undefined
    if (kind !== "prose") continue
    const part = text.slice(start, end)
    // Line feeds matter only inside brackets.
    if (open.length === 0 && !part.includes("[")) continue
    for (const { index } of part.matchAll(mark)) {
      marks += 1
      if (marks % marksPerStep === 0) yield undefined
      const at = start + index
      const character = text[at]
      if (character === "\n") {
        // A link does not cross a blank line.
        if (open.length > 0 && /\n[ \t>]*(?:\n|$)/y.test(text.slice(at, at + 100))) open.length = 0
      } else if (isEscaped(text, at)) continue
      else if (character === "[") {
        const isImage = text[at - 1] === "!" && !isEscaped(text, at - 1)
        open.push({ at: isImage ? at - 1 : at, isImage })
      } else {
        const opening = open.pop()
        const found = opening !== undefined && text[at + 1] === "(" ? inlineAt(text, at, opening) : undefined
        if (found !== undefined && found.end <= end) yield found
      }
    }
  }
}

/** Returns every address of links and images in a text, in order, except in code. Takes linear time. */
export function* referencesIn(text: string, isHtml: boolean): Steps<ReadonlyArray<Reference>> {
  const segments = yield* isHtml ? htmlSegments(text) : segmentsInSteps(text)
  const found: Array<Reference> = []
  for (const segment of segments) {
    yield
    if (segment.kind !== "prose") continue
    // A call with one argument per reference would overflow the stack.
    for (const reference of htmlReferences(text, segment)) {
      found.push(reference)
      yield
    }
  }
  if (!isHtml) {
    for (const reference of inlineReferences(text, segments)) {
      if (reference !== undefined) found.push(reference)
      yield
    }
    for (const { end, kind, start } of segments) {
      yield
      if (kind !== "prose") continue
      const part = text.slice(start, end)
      for (const match of part.includes("]:") ? part.matchAll(definition) : []) {
        yield
        const given = match.groups?.address ?? ""
        const first = start + match.index + match[0].length - given.length
        if (first > 0 && !isLineStart(text, start + match.index)) continue
        found.push({
          kind: "definition",
          start: first,
          end: first + given.length,
          address: unescaped(given.replace(/^<|>$/g, "")),
          language: "markdown"
        })
      }
      for (const match of part.matchAll(autolink)) {
        yield
        const address = match.groups?.address ?? ""
        found.push({
          kind: "link",
          start: start + match.index,
          end: start + match.index + match[0].length,
          address,
          language: "autolink"
        })
      }
    }
  }
  return found.toSorted((a, b) => a.start - b.start)
}

const isLineStart = (text: string, at: number): boolean => at === 0 || text[at - 1] === "\n"
