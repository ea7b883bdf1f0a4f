import { segmentsInSteps } from "../markdown/Segments.js"
import type { Steps } from "../Steps.js"
import type { GeneratorName } from "./ArchiveSite.js"
import { type Edit, edited } from "./Edit.js"
import { hidden } from "./Markup.js"

/** Longer lines are skipped, since real markup is shorter. */
const longestLine = 2_000

/** Lines per step: some microseconds. */
const linesPerStep = 16

/** Applies a change to each line of a text outside of code. */
function* linewise(text: string, change: (line: string) => string | undefined): Steps<string> {
  const edits: Array<Edit> = []
  let lines = 0
  for (const { end, kind, start } of yield* segmentsInSteps(text)) {
    yield
    if (kind !== "prose") continue
    let at = start
    while (at < end) {
      lines += 1
      if (lines % linesPerStep === 0) yield
      const feed = text.indexOf("\n", at)
      const stop = feed === -1 || feed >= end ? end : feed
      const changed = stop - at > longestLine ? undefined : change(text.slice(at, stop))
      if (changed !== undefined) edits.push({ start: at, end: stop, text: changed })
      at = stop + 1
    }
  }
  return yield* edited(text, edits)
}

const oneAttribute = String.raw`(?:(?:[.#][\w-]+)+|[\w-]+=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s"'{}]+))`

/** Attribute lists in braces, as kramdown (`{: .a #b}`), Goldmark and markdown-it-attrs (`{.a width=3}`) read them. */
const attributeList = new RegExp(String.raw`\{:?[ \t]*${oneAttribute}(?:[ \t]+${oneAttribute}){0,20}[ \t]*\}`)
const attributesAlone = new RegExp(`^[ \\t>]*${attributeList.source}[ \\t]*$`)
const attributesBehind = new RegExp(`(?<=[)\\]*_\`"])${attributeList.source}`, "g")
const classesOfHeading = /^(?<heading>[ \t>]{0,10}#{1,6}[ \t].*?)[ \t]*\{:?(?<attributes>[^{}\n]{1,300})\}[ \t#]*$/

const headingWithoutClasses = (line: string): string | undefined => {
  const { attributes = "", heading } = classesOfHeading.exec(line)?.groups ?? {}
  if (heading === undefined || !attributeList.test(`{${attributes}}`)) return undefined
  const id = /#(?<id>[\w:.-]+)/.exec(attributes)?.groups?.id
  return id === undefined ? heading : `${heading} {#${id}}`
}

/** Placeholders for a table of contents, whose links would lead nowhere here. */
const contents = /^[ \t]*(?:\[toc\]|\[\[_?toc_?\]\]|\{:toc[^}]*\}|\$\{toc\}|<!--\s*toc\s*-->)[ \t]*$/i
const kramdown = /\{::?\/?(?:nomarkdown|comment|options|toc)?[^{}\n]{0,200}\/?\}/g

/** Removes `{:toc}`, `{: .class}` and similar attributes, which concern the old theme. */
function* withoutAttributes(text: string): Steps<string> {
  if (!/\{[:.#\w]|\[_?toc/i.test(text)) return text
  // kramdown replaces this list item by the table of contents.
  const listed = text.replace(/^[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]{0,80}\n\{:toc[^}\n]{0,80}\}[ \t]*$/gim, "")
  return yield* linewise(listed, (line) => {
    if (!line.includes("{") && !/\[_?toc/i.test(line)) return undefined
    if (contents.test(line) || attributesAlone.test(line)) return ""
    const heading = headingWithoutClasses(line)
    if (heading !== undefined) return heading
    const bare = line
      .replace(attributesBehind, "")
      .replace(kramdown, (whole) => (/^\{:(?::|\/)/.test(whole) ? "" : whole))
    return bare === line ? undefined : bare
  })
}

/** `> [!note] Title`: the first line of a callout of Obsidian and GitHub. */
const callout = /^(?<quote>[ \t]*(?:>[ \t]?)+)\[!(?<kind>[\w-]{1,40})(?:\|[^\]\n]*)?\][+-]?[ \t]*(?<title>.*)$/

function* withoutCallouts(text: string): Steps<string> {
  return text.includes("[!")
    ? yield* linewise(text, (line) => {
        const { kind = "", quote, title = "" } = callout.exec(line)?.groups ?? {}
        if (quote === undefined) return undefined
        const shown = title.trim() || `${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()}`
        return `${quote}**${shown.replaceAll("*", "\\*")}**\n${quote.trimEnd()}`
      })
    : text
}

const fencedBox = /^(?<indent>[ \t]*):::+[ \t]*(?:\{?(?<kind>[\w-]{1,40})\}?)?(?<rest>[^\n]*)$/

/** `:::note Title` … `:::`, as Docusaurus, VuePress and Astro write boxes. */
function* withoutFencedBoxes(text: string): Steps<string> {
  if (!text.includes(":::")) return text
  let depth = 0
  return yield* linewise(text, (line) => {
    const { kind, rest = "" } = fencedBox.exec(line)?.groups ?? {}
    if (!line.trimStart().startsWith(":::")) return undefined
    if (kind === undefined) {
      if (depth === 0) return undefined
      depth -= 1
      return "\n</blockquote>\n"
    }
    depth += 1
    const title = rest.replace(/^[\s[{]+|[\s\]}]+$/g, "") || `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
    return `<blockquote>\n\n**${title.replaceAll("*", "\\*")}**\n`
  })
}

const indentedBox = /^(?:!!!|\?\?\?\+?)[ \t]+(?<kind>[\w-]{1,40})(?:[ \t]+[\w-]+)*(?:[ \t]+"(?<title>[^"\n]*)")?[ \t]*$/

/** `!!! note "Title"` and the indented lines that follow, as Python-Markdown reads them. */
const withoutIndentedBoxes = (text: string): string => {
  if (!/^(?:!!!|\?\?\?)/m.test(text)) return text
  const lines = text.split("\n")
  let fence: string | undefined
  let inBox = false
  const made = lines.map((line) => {
    const mark = /^(?:`{3,}|~{3,})/.exec(line)?.[0]
    if (!inBox && mark !== undefined) fence = fence === undefined ? mark : line.startsWith(fence) ? undefined : fence
    const { kind, title } = fence === undefined ? (indentedBox.exec(line)?.groups ?? {}) : {}
    if (kind !== undefined) {
      inBox = true
      return `> **${(title || `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`).replaceAll("*", "\\*")}**\n>`
    }
    if (!inBox) return line
    if (/^(?: {4}|\t)/.test(line)) return `> ${line.replace(/^(?: {4}|\t)/, "")}`
    if (line.trim() === "") return ">"
    inBox = false
    return `\n${line}`
  })
  return made.join("\n")
}

const moduleLine =
  /^(?:import\s[^\n]*?(?:from\s*)?["'][^"'\n]+["'];?|export\s+(?:const|let|default|function|async|\{|\*)[^\n]*)[ \t]*$/

/** Removes the imports and exports of MDX. */
function* withoutModules(text: string): Steps<string> {
  let inExport = false
  const plain = yield* linewise(text, (line) => {
    if (inExport) {
      if (/^[\])}]+;?[ \t]*$/.test(line) || line.trim() === "") inExport = false
      return ""
    }
    if (!moduleLine.test(line)) return undefined
    inExport = /^export\b/.test(line) && /[[({=>][ \t]*$/.test(line)
    return ""
  })
  return plain.replace(/\{\/\*(?<note>[\s\S]{0,4000}?)\*\/\}/g, (_, note: string) => hidden(note.trim()))
}

/** Converts the dialect of a generator to plain Markdown; `path` is that of the file. */
export function* withoutDialects(text: string, generator: GeneratorName, path: string): Steps<string> {
  const plain = /\.mdx$/i.test(path) ? yield* withoutModules(text) : text
  const boxed = withoutIndentedBoxes(yield* withoutFencedBoxes(yield* withoutCallouts(plain)))
  return generator === "obsidian" || generator === "quartz" ? boxed : yield* withoutAttributes(boxed)
}
