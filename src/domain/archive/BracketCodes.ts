import { htmlSegments, segmentsInSteps } from "../markdown/Segments.js"
import type { Steps } from "../Steps.js"
import { code, embed, type PageContext } from "./Construct.js"
import { type Edit, edited } from "./Edit.js"
import { escapedHtml, hidden } from "./Markup.js"
import { namedArgument, tagArguments } from "./TagArguments.js"

/** Shortcodes of WordPress and its hosts. Other words in brackets are text. */
const names =
  /\\?\[(?<slash>\/?)(?<name>caption|wp_caption|embed|youtube|vimeo|gist|tweet|instagram|code|sourcecode|gallery|audio|video|playlist|wpvideo|contact-form(?:-7)?|googlemaps|slideshare|polldaddy|scribd|soundcloud|ted)(?<rest>(?:\s[^[\]\n]{0,1000}|=[^[\]\n]{0,1000})?)\\?\](?!\()/gi

/** Resolves the shortcodes of WordPress in a text. Those that cannot be resolved are hidden, and counted by name. */
export function* withoutBracketCodes(
  text: string,
  page: PageContext
): Steps<{ readonly text: string; readonly hidden: ReadonlyMap<string, number> }> {
  const counts = new Map<string, number>()
  const edits: Array<Edit> = []
  const segments = yield* page.isHtml ? htmlSegments(text) : segmentsInSteps(text)
  /** Start of the open block of each name. */
  const open = new Map<string, { readonly start: number; readonly end: number; readonly rest: string }>()
  for (const { end, kind, start } of segments) {
    yield
    if (kind !== "prose") continue
    for (const { 0: whole, groups, index } of text.slice(start, end).matchAll(names)) {
      yield
      const { rest = "", slash } = groups ?? {}
      const name = (groups?.name ?? "").toLowerCase()
      const at = { start: start + index, end: start + index + whole.length, rest: rest.replace(/^=/, "").trim() }
      if (slash === "/") {
        const opening = open.get(name)
        open.delete(name)
        if (opening === undefined) continue
        const inner = text.slice(opening.end, at.start)
        const made = blockOf(name, opening.rest, inner, page)
        if (made !== undefined) edits.push({ start: opening.start, end: at.end, text: made })
        continue
      }
      if (/^(?:caption|wp_caption|embed|code|sourcecode)$/.test(name)) {
        open.set(name, at)
        continue
      }
      const resolution = embed(page, name, tagArguments(at.rest))
      if (resolution?.kind === "text") edits.push({ start: at.start, end: at.end, text: resolution.text })
      else {
        counts.set(`[${name}]`, (counts.get(`[${name}]`) ?? 0) + 1)
        edits.push({ start: at.start, end: at.end, text: hidden(whole) })
      }
    }
  }
  return { text: yield* edited(text, edits), hidden: counts }
}

const blockOf = (name: string, rest: string, inner: string, page: PageContext): string | undefined => {
  if (name === "embed") return inner.trim()
  const given = tagArguments(rest)
  if (name === "code" || name === "sourcecode") {
    const made = code(page, namedArgument(given, "language", "lang") ?? "")
    return made.kind === "whole" ? made.make(inner) : undefined
  }
  const caption = namedArgument(given, "caption")
  const picture = /^\s*(?<picture>(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*<\/a>)?)(?<words>[\s\S]*)$/i.exec(inner)?.groups
  const words = picture?.words?.trim() || (caption === undefined ? "" : escapedHtml(caption))
  if (picture?.picture === undefined) return words === "" || inner.includes(words) ? inner : `${inner}\n\n${words}`
  return `<figure>${picture.picture}${words === "" ? "" : `<figcaption>${words}</figcaption>`}</figure>\n`
}
