import { Either } from "effect"
import type { ImportFrontMatterInvalid } from "../../errors/ImportEntry.js"
import { type FrontMatter, readFrontMatter, readYaml } from "./FrontMatter.js"

/** Fields that identify a header without a line before it. */
const headerFields = /^(?:title|date|author|status|slug|tags?|categor(?:y|ies)|layout|summary|modified)[ \t]*:/im

const headerLine = /^[A-Za-z][\w -]{0,40}:(?:[ \t].*)?$/

/**
 * Parses a header without an opening line: `Title: x` and similar fields up to an empty line (Pelican, MultiMarkdown),
 * or up to a line of hyphens (Hexo). Ignoring such a header would publish a post with `Status: draft`.
 */
const headerIn = (text: string): FrontMatter | undefined => {
  const lines = text.split("\n", 60)
  const end = lines.findIndex((line) => line.trim() === "" || /^-{3,}[ \t]*$/.test(line))
  const header = lines.slice(0, end === -1 ? lines.length : end)
  const [first = ""] = header
  if (!headerLine.test(first) || !headerFields.test(header.join("\n"))) return undefined
  const closing = end === -1 ? "" : (lines[end] ?? "")
  const body = text
    .split("\n")
    .slice(header.length + 1)
    .join("\n")
  if (closing.startsWith("---")) {
    const fields = Either.getOrUndefined(readYaml(header.join("\n")))
    return fields === undefined ? undefined : { fields, body }
  }
  // An indented line continues the field before it.
  if (!header.every((line) => headerLine.test(line) || /^[ \t]+\S/.test(line))) return undefined
  const fields: Record<string, string> = {}
  let name = ""
  for (const line of header) {
    const match = /^([A-Za-z][\w -]*):[ \t]*(.*)$/.exec(line)
    if (match?.[1] !== undefined) {
      name = match[1]
      fields[name] = match[2] ?? ""
    } else fields[name] = `${fields[name] ?? ""}\n${line.trim()}`.trim()
  }
  return { fields, body }
}

/** A file's body and front matter in any format; `hasFrontMatter` is false if there is none. */
export interface ArchiveSource extends FrontMatter {
  readonly hasFrontMatter: boolean
}

/** Parses front matter in YAML, TOML, JSON or as a header; a text without front matter has no fields. */
export const readArchiveSource = (text: string): Either.Either<ArchiveSource, ImportFrontMatterInvalid> =>
  Either.map(readFrontMatter(text), (found) => {
    if (found !== undefined) return { ...found, hasFrontMatter: true }
    const plain = (text.startsWith("\uFEFF") ? text.slice(1) : text).replace(/\r\n?/g, "\n")
    const header = headerIn(plain)
    return header === undefined
      ? { fields: {}, body: plain, hasFrontMatter: false }
      : { ...header, hasFrontMatter: true }
  })

/** A heading's text without Markdown syntax. */
const plainHeading = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\s*\{#[^}]*\}\s*$/, "")
    .replace(/\s+#+\s*$/, "")
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, "$2")
    .trim()

/** The first-level heading at the beginning of a text, and the text without it. */
export const leadingHeading = (body: string): { readonly title: string; readonly body: string } | undefined => {
  const heading = /^(?:\s*\n)?[ ]{0,3}(?:#[ \t]+(?<atx>[^\n]+)|(?<setext>[^\s#>`\-*+|<][^\n]*)\n=+[ \t]*)(?:\n|$)/.exec(
    body
  )
  const given = heading?.groups?.atx ?? heading?.groups?.setext
  if (heading === null || given === undefined) return undefined
  const title = plainHeading(given)
  return title === "" ? undefined : { title, body: body.slice(heading[0].length) }
}
