import { segmentsInSteps } from "../markdown/Segments.js"
import type { Steps } from "../Steps.js"
import { embed, type PageContext } from "./Construct.js"
import { type Edit, edited } from "./Edit.js"
import { hidden, htmlFigure } from "./Markup.js"
import { namedArgument, tagArguments } from "./TagArguments.js"

const component = /<(?<slash>\/?)(?<name>[A-Z][\w.]{0,60})(?<rest>(?:\s[^<>]{0,2000})?)\/?>/g

/** JSX attribute values in braces that are plain texts. */
const literals = /=\{\s*(?<quote>["'`])(?<value>[^"'`{}]*)\k<quote>\s*\}/g

/** Resolves MDX components in a text. The tags of those that cannot be resolved are hidden, and counted by name. */
export function* withoutComponents(
  text: string,
  page: PageContext
): Steps<{ readonly text: string; readonly hidden: ReadonlyMap<string, number> }> {
  const counts = new Map<string, number>()
  const edits: Array<Edit> = []
  for (const { end, kind, start } of yield* segmentsInSteps(text)) {
    yield
    if (kind !== "prose") continue
    for (const { 0: whole, groups, index } of text.slice(start, end).matchAll(component)) {
      yield
      const { name = "", rest = "", slash } = groups ?? {}
      const put = (by: string) => edits.push({ start: start + index, end: start + index + whole.length, text: by })
      const given = tagArguments(rest.replace(literals, '="$<value>"'))
      const src = namedArgument(given, "src", "image")
      if (slash === "" && /^(?:Image|Img|Figure|Picture|Photo)$/.test(name) && src !== undefined && !/[{}]/.test(src)) {
        put(htmlFigure({ src, alt: namedArgument(given, "alt", "title"), caption: namedArgument(given, "caption") }))
        continue
      }
      const resolution = slash === "" ? embed(page, name.toLowerCase(), given) : undefined
      if (resolution?.kind === "text") put(resolution.text)
      else {
        if (slash === "") counts.set(`<${name}>`, (counts.get(`<${name}>`) ?? 0) + 1)
        put(hidden(whole))
      }
    }
  }
  return { text: yield* edited(text, edits), hidden: counts }
}
