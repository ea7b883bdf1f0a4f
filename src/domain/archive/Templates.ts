import { htmlSegments, type Segment, segmentsInSteps } from "../markdown/Segments.js"
import type { Steps } from "../Steps.js"
import type { GeneratorName } from "./ArchiveSite.js"
import type { PageContext, Resolution } from "./Construct.js"
import { type Edit, edited } from "./Edit.js"
import { hidden } from "./Markup.js"
import { output } from "./Outputs.js"
import { shortcode } from "./Shortcodes.js"
import { statement } from "./Statements.js"
import { pairedTags, type TagStyle, type TemplateTag, templateTags } from "./TemplateTag.js"

/** Tags that each generator interprets in pages. */
const dialects: Readonly<Partial<Record<GeneratorName, ReadonlySet<TagStyle>>>> = {
  hugo: new Set(["shortcode"]),
  zola: new Set(["statement", "output", "comment"]),
  jekyll: new Set(["statement", "output"]),
  eleventy: new Set(["statement", "output", "comment"]),
  hexo: new Set(["statement", "output", "comment"]),
  // Exports contain finished pages, so template syntax in them is text.
  wxr: new Set(),
  ghost: new Set()
}

/** Tags to interpret if the generator is unknown: those that do not occur by chance. */
const unknownDialect: ReadonlySet<TagStyle> = new Set(["statement", "output", "shortcode"])

/** A text with its templates resolved, and counts of the unresolved ones, by their name in the report. */
export interface Resolved {
  readonly text: string
  /** Unresolved tags that were hidden in comments. */
  readonly hidden: ReadonlyMap<string, number>
  /** Unresolved tags that stay visible in the text. */
  readonly shown: ReadonlyMap<string, number>
}

/** The name of a tag in the report. */
const nameOf = ({ name, rest, style }: TemplateTag): string => {
  if (style === "shortcode") return `{{< ${name} >}}`
  if (style === "output") return `{{ ${/^[\w.-]{1,40}/.exec(rest)?.[0] ?? "…"} }}`
  const file = name === "include" ? ` ${/^["']?(?<file>[\w./-]{1,60})/.exec(rest)?.groups?.file ?? ""}` : ""
  return `{% ${name}${file.trimEnd()} %}`
}

/** Returns whether a tag is part of another construct, which is reported instead. */
const isPart = ({ isClosing, name }: TemplateTag): boolean =>
  isClosing || /^(?:else|elsif|elif|elseif|when|case|break|continue)$/.test(name)

/** Returns whether a tag is inside an address, where a comment is not possible. */
const isInAddress = (text: string, at: number): boolean =>
  /(?:\]\(<?[^\s()<>]*|^ {0,3}\[[^\]]{1,200}\]:[ \t]*<?[^\s<>]*|=\s*["'][^"'<>]*|=[^\s"'<>]*)$/.test(
    text.slice(Math.max(0, at - 300), at).replace(/^[\s\S]*\n/, "")
  )

/** An address that a template passes to a filter of its site, such as one that finds an archived copy of the page. */
const literalAddress = /^\{\{-?\s*(?<quote>["'])(?<address>(?:https?:\/)?\/[^"'\s<>{}]{0,2000})\k<quote>\s*\|/

/** Returns whether a tag is alone on its line. */
const isAlone = (text: string, { end, start }: TemplateTag): boolean =>
  /^(?:[\s\S]*\n)?[ \t]*$/.test(text.slice(Math.max(0, start - 200), start)) &&
  /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 200))

/** A Markdown HTML block ends at a blank line, so HTML that is alone on its line needs one after it. */
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

/** Removes marks in code that only keep templates from being interpreted. */
function* unmarked(
  text: string,
  segments: ReadonlyArray<Segment>,
  styles: ReadonlySet<TagStyle>
): Steps<ReadonlyArray<Edit>> {
  const tags = yield* templateTags(text, segments, new Set(["code"]))
  const edits: Array<Edit> = []
  for (const [opening, closing] of yield* pairedTags(tags)) {
    const [first, last] = [tags[opening], tags[closing]]
    if (first?.name !== "raw" || first.style !== "statement" || last === undefined || !styles.has("statement")) continue
    edits.push({ start: first.start, end: first.end, text: "" }, { start: last.start, end: last.end, text: "" })
  }
  if (styles.has("shortcode")) for (const tag of tags) if (tag.isEscaped) edits.push(unescaped(text, tag))
  return edits
}

/** Converts an escaped tag to the text that the generator shows. */
const unescaped = (text: string, { end, start }: TemplateTag): Edit => {
  const inner = text.slice(start + 3, end - 3).replace(/^\s*\/\*\s*|\s*\*\/\s*$/g, "")
  return { start, end, text: `${text.slice(start, start + 3)} ${inner} ${text.slice(end - 3, end)}` }
}

/**
 * Resolves the templates in the text of a page, as far as the site's files determine them. Unresolved ones are hidden
 * in comments and counted. Code is unchanged, except for marks that escape templates in it.
 */
export function* withoutTemplates(text: string, page: PageContext): Steps<Resolved> {
  const hiddenCounts = new Map<string, number>()
  const shownCounts = new Map<string, number>()
  if (!/\{[{%#]/.test(text)) return { text, hidden: hiddenCounts, shown: shownCounts }
  const styles = dialects[page.site.generator] ?? unknownDialect
  const isKnown = dialects[page.site.generator] !== undefined
  const segments = yield* page.isHtml ? htmlSegments(text) : segmentsInSteps(text)
  const tags = (yield* templateTags(text, segments)).filter(({ style }) => styles.has(style))
  const pairs = yield* pairedTags(tags)
  const closings = new Set(pairs.values())
  const edits: Array<Edit> = [...(yield* unmarked(text, segments, styles))]
  let literalUntil = 0

  const count = (counts: Map<string, number>, tag: TemplateTag) => {
    if (!isPart(tag)) counts.set(nameOf(tag), (counts.get(nameOf(tag)) ?? 0) + 1)
  }
  const hide = (tag: TemplateTag) => {
    const source = text.slice(tag.start, tag.end)
    const isAddress = isInAddress(text, tag.start)
    const given = isAddress ? literalAddress.exec(source)?.groups?.address : undefined
    if (given === undefined) count(hiddenCounts, tag)
    edits.push({ start: tag.start, end: tag.end, text: given ?? (isAddress ? "" : hidden(source)) })
  }

  for (const [index, tag] of tags.entries()) {
    yield
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
  return { text: yield* edited(text, edits), hidden: hiddenCounts, shown: shownCounts }
}
