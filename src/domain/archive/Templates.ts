import { htmlSegments, markdownSegments, type Segment } from "../markdown/Segments.js"
import type { GeneratorName } from "./ArchiveSite.js"
import type { PageContext, Resolution } from "./Construct.js"
import { type Edit, edited } from "./Edit.js"
import { hidden } from "./Markup.js"
import { output } from "./Outputs.js"
import { shortcode } from "./Shortcodes.js"
import { statement } from "./Statements.js"
import { pairedTags, type TagStyle, type TemplateTag, templateTags } from "./TemplateTag.js"

/** Which tags a generator reads in the texts of pages. */
const dialects: Readonly<Partial<Record<GeneratorName, ReadonlySet<TagStyle>>>> = {
  hugo: new Set(["shortcode"]),
  zola: new Set(["statement", "output", "comment"]),
  jekyll: new Set(["statement", "output"]),
  eleventy: new Set(["statement", "output", "comment"]),
  hexo: new Set(["statement", "output", "comment"])
}

/** Of a site whose generator nobody knows, what no text has by chance. */
const unknownDialect: ReadonlySet<TagStyle> = new Set(["statement", "output", "shortcode"])

/** A text without its templates, and which of them nobody could resolve: what a report calls them, and how often. */
export interface Resolved {
  readonly text: string
  /** They are kept in the source, where nobody sees them. */
  readonly hidden: ReadonlyMap<string, number>
  /** They are in the text as they were. */
  readonly shown: ReadonlyMap<string, number>
}

/** What a report calls a tag. */
const nameOf = ({ name, rest, style }: TemplateTag): string => {
  if (style === "shortcode") return `{{< ${name} >}}`
  if (style === "output") return `{{ ${/^[\w.-]{1,40}/.exec(rest)?.[0] ?? "…"} }}`
  const file = name === "include" ? ` ${/^["']?(?<file>[\w./-]{1,60})/.exec(rest)?.groups?.file ?? ""}` : ""
  return `{% ${name}${file.trimEnd()} %}`
}

/** Parts of other constructs: named with those. */
const isPart = ({ isClosing, name }: TemplateTag): boolean =>
  isClosing || /^(?:else|elsif|elif|elseif|when|case|break|continue)$/.test(name)

/** Whether a tag stands where an address does: nothing can be hidden there. */
const isInAddress = (text: string, at: number): boolean =>
  /(?:\]\(<?[^\s()<>]*|=\s*["'][^"'<>]*|=[^\s"'<>]*)$/.test(
    text.slice(Math.max(0, at - 300), at).replace(/^[\s\S]*\n/, "")
  )

/** Whether nothing else stands on the line of a tag. */
const isAlone = (text: string, { end, start }: TemplateTag): boolean =>
  /^(?:[\s\S]*\n)?[ \t]*$/.test(text.slice(Math.max(0, start - 200), start)) &&
  /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 200))

/** HTML goes on up to the next blank line: what stands on lines of its own is followed by one. */
const placed = (text: string, source: string, tag: TemplateTag): string =>
  text.startsWith("<") && isAlone(source, tag) ? `${text}\n` : text

const resolve = (tag: TemplateTag, isBlock: boolean, page: PageContext): Resolution | undefined => {
  switch (tag.style) {
    case "shortcode":
      return shortcode(tag, isBlock, page)
    case "output":
      return output(tag.rest, page)
    case "comment":
      return { kind: "text", text: "" }
    case "statement":
      return statement(tag, isBlock, page)
  }
}

/** What code shows of marks that only keep templates from being read. */
const unmarked = (
  text: string,
  segments: ReadonlyArray<Segment>,
  styles: ReadonlySet<TagStyle>
): ReadonlyArray<Edit> => {
  const tags = templateTags(text, segments, new Set(["code"]))
  const edits: Array<Edit> = []
  for (const [opening, closing] of pairedTags(tags)) {
    const [first, last] = [tags[opening], tags[closing]]
    if (first?.name !== "raw" || first.style !== "statement" || last === undefined || !styles.has("statement")) continue
    edits.push({ start: first.start, end: first.end, text: "" }, { start: last.start, end: last.end, text: "" })
  }
  if (styles.has("shortcode")) for (const tag of tags) if (tag.isEscaped) edits.push(unescaped(text, tag))
  return edits
}

/** A tag as the generator shows it where it is escaped. */
const unescaped = (text: string, { end, start }: TemplateTag): Edit => {
  const inner = text.slice(start + 3, end - 3).replace(/^\s*\/\*\s*|\s*\*\/\s*$/g, "")
  return { start, end, text: `${text.slice(start, start + 3)} ${inner} ${text.slice(end - 3, end)}` }
}

/**
 * Resolves the templates in the text of a page as far as that can be decided from its site. What cannot be resolved is
 * kept in the source as a comment, which nobody sees, and counted. Code is left alone, but for marks that keep templates
 * in it from being read.
 */
export const withoutTemplates = (text: string, page: PageContext): Resolved => {
  const hiddenCounts = new Map<string, number>()
  const shownCounts = new Map<string, number>()
  if (!/\{[{%#]/.test(text)) return { text, hidden: hiddenCounts, shown: shownCounts }
  const styles = dialects[page.site.generator] ?? unknownDialect
  const isKnown = dialects[page.site.generator] !== undefined
  const segments = page.isHtml ? htmlSegments(text) : markdownSegments(text)
  const tags = templateTags(text, segments).filter(({ style }) => styles.has(style))
  const pairs = pairedTags(tags)
  const closings = new Set(pairs.values())
  const edits: Array<Edit> = [...unmarked(text, segments, styles)]
  let literalUntil = 0

  const count = (counts: Map<string, number>, tag: TemplateTag) => {
    if (!isPart(tag)) counts.set(nameOf(tag), (counts.get(nameOf(tag)) ?? 0) + 1)
  }
  const hide = (tag: TemplateTag) => {
    const source = text.slice(tag.start, tag.end)
    count(hiddenCounts, tag)
    edits.push({ start: tag.start, end: tag.end, text: isInAddress(text, tag.start) ? "" : hidden(source) })
  }

  for (const [index, tag] of tags.entries()) {
    if (tag.start < literalUntil || closings.has(index)) continue
    if (tag.isEscaped) {
      edits.push(unescaped(text, tag))
      continue
    }
    const closing = tags[pairs.get(index) ?? -1]
    const resolution = tag.isClosing ? undefined : resolve(tag, closing !== undefined, page)
    if (resolution === undefined) {
      if (tag.style === "output" && !isKnown) count(shownCounts, tag)
      else {
        hide(tag)
        if (closing !== undefined) hide(closing)
      }
    } else if (resolution.kind === "text") {
      edits.push({ start: tag.start, end: tag.end, text: placed(resolution.text, text, tag) })
      if (closing !== undefined) edits.push({ start: closing.start, end: closing.end, text: resolution.after ?? "" })
    } else if (resolution.kind === "whole") {
      const end = closing?.end ?? tag.end
      const inner = closing === undefined ? "" : text.slice(tag.end, closing.start)
      edits.push({ start: tag.start, end, text: resolution.make(inner) })
      literalUntil = end
    } else {
      edits.push({ start: tag.start, end: tag.end, text: "" })
      if (closing === undefined) continue
      edits.push({ start: closing.start, end: closing.end, text: "" })
      literalUntil = closing.end
    }
  }
  return { text: edited(text, edits), hidden: hiddenCounts, shown: shownCounts }
}
