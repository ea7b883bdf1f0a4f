import type { Segment } from "../markdown/Segments.js"
import type { Steps } from "../Steps.js"

/** Syntax of a tag. */
export type TagStyle =
  /** `{% name … %}`: Liquid, Nunjucks, Tera, Hexo's tags. */
  | "statement"
  /** `{{ … }}`: an output expression. */
  | "output"
  /** `{{< name … >}}` and `{{% name … %}}`: Hugo. */
  | "shortcode"
  /** `{# … #}`: a comment of Nunjucks and Tera. */
  | "comment"

/** A template tag in a text. */
export interface TemplateTag {
  readonly style: TagStyle
  readonly start: number
  readonly end: number
  /** Lower case; for closing tags the name of the block, or empty if they name none. */
  readonly name: string
  readonly isClosing: boolean
  /** The text after the name; for an output all of it. */
  readonly rest: string
  /** Escaped with a Go comment, so that the generator shows it as text. */
  readonly isEscaped: boolean
}

/** Maximum length of a tag in characters. */
const longest = 4_000

const styles = [
  { open: "{{<", close: ">}}", style: "shortcode" },
  { open: "{{%", close: "%}}", style: "shortcode" },
  { open: "{{", close: "}}", style: "output" },
  { open: "{%", close: "%}", style: "statement" },
  { open: "{#", close: "#}", style: "comment" }
] as const

const word = /^(?<slash>\/?)\s*(?<name>[\p{L}_][\p{L}\p{N}_.:/-]*)?/u

const tagOf = (style: TagStyle, start: number, end: number, given: string): TemplateTag => {
  const isEscaped = style === "shortcode" && /^\s*\/\*[\s\S]*\*\/\s*$/.test(given)
  const body = given.replace(/^[-~+]|[-~+]$/g, "").trim()
  if (style === "output" || style === "comment") {
    return { style, start, end, name: "", isClosing: false, rest: body, isEscaped }
  }
  const { name = "", slash } = word.exec(body)?.groups ?? {}
  const rest = body.slice(body.indexOf(name) + name.length).trim()
  const lower = name.toLowerCase()
  const ends = style === "statement" && /^end(?!ing|note)/.test(lower)
  return {
    style,
    start,
    end,
    name: ends ? lower.slice(3).replace(/^_/, "") : lower,
    isClosing: slash === "/" || ends,
    rest: style === "shortcode" ? rest.replace(/(?:^|(?<=["'`\s]))\/$/, "").trim() : rest,
    isEscaped
  }
}

/**
 * Finds the template tags in segments of these kinds, in order and without nesting. Takes linear time: an unclosed tag
 * is searched for only once.
 */
export function* templateTags(
  text: string,
  segments: ReadonlyArray<Segment>,
  kinds: ReadonlySet<Segment["kind"]> = new Set(["prose"])
): Steps<ReadonlyArray<TemplateTag>> {
  const tags: Array<TemplateTag> = []
  const next = new Map<string, number>()
  /** The next position of a delimiter, cached because positions only increase. */
  const after = (mark: string, from: number): number => {
    const known = next.get(mark)
    if (known !== undefined && (known === -1 || known >= from)) return known
    const found = text.indexOf(mark, from)
    next.set(mark, found)
    return found
  }
  for (const segment of segments) {
    if (!kinds.has(segment.kind)) continue
    let at = after("{", segment.start)
    while (at !== -1 && at < segment.end) {
      yield
      const style = styles.find(({ open }) => text.startsWith(open, at))
      const inner = at + (style?.open.length ?? 1)
      const close = style === undefined ? -1 : after(style.close, inner)
      const end = close + (style?.close.length ?? 0)
      if (style !== undefined && close !== -1 && end <= segment.end && end - at <= longest) {
        const body = text.slice(inner, close)
        if (!body.includes(style.open)) {
          tags.push(tagOf(style.style, at, end, body))
          at = after("{", end)
          continue
        }
      }
      at = after("{", at + 1)
    }
  }
  return tags
}

/** Maps the index of each opening tag to that of its closing tag. Blocks that overlap are not paired. */
export function* pairedTags(tags: ReadonlyArray<TemplateTag>): Steps<ReadonlyMap<number, number>> {
  const pairs = new Map<number, number>()
  const open = new Map<string, Array<number>>()
  const all: Array<number> = []
  for (const [index, tag] of tags.entries()) {
    yield
    if (tag.style === "output" || tag.style === "comment" || tag.isEscaped) continue
    const key = `${tag.style} ${tag.name}`
    if (!tag.isClosing) {
      const stack = open.get(key) ?? []
      stack.push(index)
      open.set(key, stack)
      all.push(index)
      continue
    }
    // Zola closes every block with `{% end %}`.
    while (pairs.has(all.at(-1) ?? -1)) all.pop()
    const opening = tag.name === "" ? all.pop() : open.get(key)?.pop()
    if (opening !== undefined && !pairs.has(opening)) pairs.set(opening, index)
  }
  return pairs
}
