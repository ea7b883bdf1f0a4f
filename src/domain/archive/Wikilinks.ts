import { segmentsInSteps } from "../markdown/Segments.js"
import type { Steps } from "../Steps.js"
import { type Edit, edited } from "./Edit.js"
import { destination, hidden, markdownLink } from "./Markup.js"

/** Context in which wikilinks are resolved. */
export interface VaultContext {
  /**
   * Whether the program supports wikilinks, comments and highlights; otherwise only wikilinks that lead to a page are
   * replaced.
   */
  readonly isVault: boolean
  /** Returns the address here of a wikilink. */
  readonly wikilink: (target: string) => string | undefined
}

/** A text without wikilinks, and the targets that do not exist. */
export interface Unwikied {
  readonly text: string
  readonly dead: ReadonlyArray<string>
}

const wikilink = /(?<embed>!?)\[\[(?<target>[^[\]|\n]{1,500})(?:\|(?<label>[^[\]\n]{0,500}))?\]\]/g

/** Files that a vault shows inline; everything else that is embedded is a note. */
const shown = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|mp3|m4a|ogg|wav|flac|3gp|mp4|webm|ogv|mov|mkv|pdf)$/i

const embedded = (target: string, label: string | undefined): string => {
  // `|300` and `|300x200` are sizes, not alternative texts.
  const alt = label === undefined || /^\d+(?:x\d+)?$/.test(label.trim()) ? "" : label.trim()
  return `![${alt.replace(/[[\]]/g, "\\$&")}](${destination(encodeURI(target.trim()))})`
}

/** Link text of a wikilink without a label. */
const labelOf = (target: string): string =>
  target
    .replace(/^#+/, "")
    .replace(/#\^?/g, " > ")
    .replace(/^.*\/(?=[^/]+$)/, "")
    .trim()

const highlight = /(?<![=\w])==(?=[^\s=])(?<marked>[^=\n]{1,500}?[^\s=])==(?![=\w])/g
const blockId = /[ \t]+\^[a-z0-9-]{1,60}[ \t]*$/gim
const imageSize = /(?<=!\[[^\]\n|]{0,300})\|\d{1,5}(?:x\d{1,5})?(?=\]\()/g

/** Replaces syntax of Obsidian and similar programs: wikilinks, embedded files and notes, comments, highlights. */
export function* withoutWikilinks(text: string, { isVault, wikilink: addressOf }: VaultContext): Steps<Unwikied> {
  if (!/\[\[|%%|==|\^|\|\d/.test(text)) return { text, dead: [] }
  const dead: Array<string> = []
  const edits: Array<Edit> = []
  for (const { end, kind, start } of yield* segmentsInSteps(text)) {
    yield
    if (kind !== "prose") continue
    const part = text.slice(start, end)
    const put = (index: number, length: number, by: string) =>
      edits.push({ start: start + index, end: start + index + length, text: by })
    for (const { 0: whole, groups, index } of part.matchAll(wikilink)) {
      yield
      const { embed, label, target = "" } = groups ?? {}
      if (embed === "!" && shown.test(target.trim())) {
        if (isVault || addressOf(target) === undefined) put(index, whole.length, embedded(target, label))
        continue
      }
      const address = addressOf(target)
      const words = label?.trim() || labelOf(target)
      if (address !== undefined) put(index, whole.length, markdownLink(words, address))
      else if (isVault) {
        dead.push(target.trim())
        put(index, whole.length, words.replace(/[[\]]/g, "\\$&"))
      }
    }
    if (!isVault) continue
    for (const { 0: whole, groups, index } of part.matchAll(highlight))
      put(index, whole.length, `<mark>${groups?.marked}</mark>`)
    for (const { 0: whole, index } of part.matchAll(blockId)) put(index, whole.length, "")
    for (const { 0: whole, index } of part.matchAll(imageSize)) put(index, whole.length, "")
  }
  const unwikied = yield* edited(text, edits)
  return { text: isVault ? yield* withoutPercentComments(unwikied) : unwikied, dead }
}

/** Hides `%%…%%` comments, which only the author sees. */
function* withoutPercentComments(text: string): Steps<string> {
  if (!text.includes("%%")) return text
  const edits: Array<Edit> = []
  let at = 0
  for (const { end, kind, start } of yield* segmentsInSteps(text)) {
    yield
    if (kind !== "prose" || end <= at) continue
    at = Math.max(at, start)
    let open = text.slice(at, end).indexOf("%%")
    while (open !== -1) {
      const first = at + open
      const close = text.indexOf("%%", first + 2)
      if (close === -1) return yield* edited(text, edits)
      edits.push({ start: first, end: close + 2, text: hidden(text.slice(first + 2, close).trim()) })
      at = close + 2
      open = at < end ? text.slice(at, end).indexOf("%%") : -1
    }
  }
  return yield* edited(text, edits)
}
