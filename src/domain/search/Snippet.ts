import { fold, foldWithOrigins } from "../Folding.js"
import { needle, wholeWords } from "./SearchDocument.js"
import type { SearchQuery } from "./SearchQuery.js"

/** Part of a snippet; `marked` parts match the query. The text is not escaped. */
export interface SnippetPart {
  readonly text: string
  readonly marked: boolean
}

/** Length of a snippet in UTF-16 code units, before it is widened to whole words. */
const snippetLength = 160

/** Maximum length of text that is searched for a snippet, in UTF-16 code units. */
const longestText = 50_000

/** Maximum number of matches that are weighed per term. */
const mostPlaces = 100

interface Place {
  readonly start: number
  readonly end: number
  readonly term: number
  readonly whole: boolean
}

/**
 * Selects the part of a post's plain text with the most different terms, whole words before parts, the first of equals;
 * the beginning if no term is in the text. At most about 200 characters.
 */
export const snippet = (plainText: string, query: SearchQuery): ReadonlyArray<SnippetPart> => {
  const considered = plainText.slice(0, longestText)
  const [from, to] = partWith(considered, query)
  const text = considered.slice(from, to).normalize("NFC").replace(/\s+/gu, " ").trim()
  const places = placesOf(text, query)
  const [start, end] = windowAround(text, bestStretch(places))
  return [
    ...(from > 0 && start === 0 ? [{ text: "… ", marked: false }] : []),
    ...cut(text, start, end, places),
    ...(to < plainText.length && end === text.length ? [{ text: " …", marked: false }] : [])
  ]
}

/** Length of the parts that are folded at once, and of their overlap, in UTF-16 code units. */
const partLength = 2_000
const overlap = 300

/** A part of a text, by its start, and the number of terms in it. */
interface Part {
  readonly start: number
  readonly terms: number
}

/**
 * The first part of a long text with the most terms, so that only this part is folded with positions, which takes fifty
 * times as long.
 */
const bestPart = (text: string, query: SearchQuery): Part => {
  let best: Part = { start: 0, terms: 0 }
  for (let start = 0; start < text.length && best.terms < query.required.length; start += partLength - overlap) {
    const folded = fold(text.slice(start, start + partLength))
    const terms = query.required.filter((term) => folded.includes(needle(term))).length
    if (terms > best.terms) best = { start, terms }
  }
  return best
}

const endOf = ({ start }: Part): number => start + partLength + overlap

const partWith = (text: string, query: SearchQuery): readonly [from: number, to: number] => {
  if (text.length <= 2 * partLength) return [0, text.length]
  const part = bestPart(text, query)
  const end = Math.min(text.length, endOf(part))
  return [
    wordStartBefore(text, Math.max(0, part.start - overlap)),
    end === text.length ? end : wordStartBefore(text, end)
  ]
}

/**
 * Returns whether every text that begins with this one has the same snippet: `snippet` takes the first part that has all
 * terms, and looks at nothing behind it.
 */
export const isSettledBy = (beginning: string, query: SearchQuery): boolean => {
  if (query.required.length === 0 || beginning.length <= 2 * partLength) return false
  const part = bestPart(beginning, query)
  return part.terms === query.required.length && endOf(part) + overlap <= beginning.length
}

/** The start of the word at a position, if it is near; never inside of a surrogate pair. */
const wordStartBefore = (text: string, place: number): number => {
  if (place === 0) return 0
  const space = Math.max(text.lastIndexOf(" ", place), text.lastIndexOf("\n", place))
  if (place - space <= 50) return space + 1
  return /^[\uDC00-\uDFFF]/.test(text.slice(place, place + 1)) ? place - 1 : place
}

/** A whole line, such as a title, with its matches. */
export const marked = (line: string, query: SearchQuery): ReadonlyArray<SnippetPart> => {
  const text = line.normalize("NFC")
  return cut(text, 0, text.length, placesOf(text, query))
}

const placesOf = (text: string, query: SearchQuery): ReadonlyArray<Place> => {
  const { folded, starts, ends } = foldWithOrigins(text)
  const places: Array<Place> = []
  for (const [term, wanted] of query.required.entries()) {
    const length = wanted.words.join(" ").length
    const sought = needle(wanted)
    const lead = sought.length - sought.trimStart().length
    let at = folded.indexOf(sought)
    for (let count = 0; at >= 0 && count < mostPlaces; count++) {
      const first = at + lead
      places.push({
        start: starts[first] ?? 0,
        end: ends[first + length - 1] ?? text.length,
        term,
        whole: folded.startsWith(wholeWords(wanted), first - 1)
      })
      at = folded.indexOf(sought, first + length)
    }
  }
  return places.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** The range of matches that fits into one snippet and is worth most. */
const bestStretch = (places: ReadonlyArray<Place>): readonly [start: number, end: number] => {
  let best: readonly [number, number] = [0, 0]
  let bestWorth = 0
  for (const [i, first] of places.entries()) {
    const worths = new Map<number, number>()
    let end = first.end
    for (const place of places.slice(i)) {
      if (place.end > first.start + snippetLength) break
      worths.set(place.term, Math.max(worths.get(place.term) ?? 0, place.whole ? 2 : 1))
      end = Math.max(end, place.end)
    }
    const worth = Array.from(worths.values()).reduce((sum, one) => sum + one, 0)
    if (worth > bestWorth) {
      best = [first.start, end]
      bestWorth = worth
    }
  }
  return best
}

/** Maximum distance by which a cut moves to fall between two words. */
const reach = 20

const windowAround = (text: string, [from, to]: readonly [number, number]): readonly [number, number] => {
  if (text.length <= snippetLength + reach) return [0, text.length]
  const slack = Math.max(0, snippetLength - (to - from))
  const start = Math.max(0, Math.min(from - Math.floor(slack / 2), text.length - snippetLength))
  const end = Math.min(text.length, Math.max(start + snippetLength, to))
  const space = text.lastIndexOf(" ", start)
  const nextSpace = text.indexOf(" ", end)
  return [
    start - space <= reach ? space + 1 : wholeCharacter(text, start, -1),
    end === text.length ? end : nextSpace >= 0 && nextSpace - end <= reach ? nextSpace : wholeCharacter(text, end, 1)
  ]
}

/** The nearest position in a direction that splits neither a surrogate pair nor a letter from its marks. */
const wholeCharacter = (text: string, position: number, step: 1 | -1): number => {
  let at = position
  while (
    at > 0 &&
    at < text.length &&
    Math.abs(at - position) < reach &&
    /^[\p{M}\uDC00-\uDFFF]/u.test(text.slice(at))
  ) {
    at += step
  }
  return at
}

const cut = (text: string, start: number, end: number, places: ReadonlyArray<Place>): ReadonlyArray<SnippetPart> => {
  const parts: Array<SnippetPart> = []
  const add = (piece: string, marked: boolean) => {
    if (piece !== "") parts.push({ text: piece, marked })
  }
  let at = start
  if (start > 0) add("… ", false)
  for (const place of places) {
    if (place.start < at || place.end > end) continue
    add(text.slice(at, place.start), false)
    add(text.slice(place.start, place.end), true)
    at = place.end
  }
  add(text.slice(at, end), false)
  if (end < text.length) add(" …", false)
  return parts
}
