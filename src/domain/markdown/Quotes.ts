import type { StateCore, Token } from "markdown-it"

/** Quotation marks of a language. */
export interface QuotationMarks {
  /** Opening and closing marks for `"`. */
  readonly double: readonly [string, string]
  /** Opening and closing marks for `'`. */
  readonly single: readonly [string, string]
}

/** French marks keep their distance from the text, by a narrow no-break space. */
const gap = "\u202F"

/** Conventions, by the name that is stored with a rendering. */
const conventions = {
  english: { double: ["“", "”"], single: ["‘", "’"] },
  german: { double: ["„", "“"], single: ["‚", "‘"] },
  swiss: { double: ["«", "»"], single: ["‹", "›"] },
  french: { double: [`«${gap}`, `${gap}»`], single: ["“", "”"] },
  spanish: { double: ["«", "»"], single: ["“", "”"] }
} as const satisfies Readonly<Record<string, QuotationMarks>>

/** Name of a convention; `none` leaves quotes as they were typed. */
export type QuoteConvention = keyof typeof conventions | "none"

/** Languages by their tag or its first part. Dutch has the marks of English. */
const byLanguage: Readonly<Record<string, QuoteConvention>> = {
  en: "english",
  nl: "english",
  de: "german",
  "de-ch": "swiss",
  "de-li": "swiss",
  fr: "french",
  es: "spanish"
}

/** The convention of a language (BCP 47). Other languages than ours keep straight quotes. */
export const quoteConvention = (language: string): QuoteConvention => {
  const [primary = "", region = ""] = language.toLowerCase().split("-")
  return byLanguage[`${primary}-${region}`] ?? byLanguage[primary] ?? "none"
}

const punctuation = /[\p{P}\p{S}]/u
const space = /[\s\u200B]/u
const digit = /\d/
const quotes = /["']/g

/** Elements whose content is code or is typed as it stands. */
const verbatim = /^<(?<end>\/?)(?:code|kbd|pre|samp|script|style|tt|var)\b/i

/** A quote that may have a partner. */
interface Opener {
  readonly isSingle: boolean
  readonly token: Token
  readonly at: number
  readonly level: number
}

/** What a character beside a quote is. The edges of a text count as space. */
const kindOf = (character: string): "space" | "punctuation" | "letter" => {
  if (character === "" || space.test(character)) return "space"
  return punctuation.test(character) ? "punctuation" : "letter"
}

/** A character in place of what is not text but has words, such as code. */
const standIn = "x"

/** The first character of a token, or a stand-in; `undefined` for marks, which are transparent. */
const edgeOf = ({ content, type }: Token, isFirst: boolean): string | undefined => {
  if (type === "text" || type === "text_special") {
    return content === "" ? undefined : content.charAt(isFirst ? 0 : content.length - 1)
  }
  if (type === "softbreak" || type === "hardbreak") return " "
  return type === "code_inline" || type === "image" ? standIn : undefined
}

/** For each token, the first character after it; empty at the end of the text. */
const following = (tokens: ReadonlyArray<Token>): ReadonlyArray<string> => {
  const after: Array<string> = []
  let next = ""
  for (const [place, token] of [...tokens.entries()].reverse()) {
    after[place] = next
    next = edgeOf(token, true) ?? next
  }
  return after
}

/** Texts to put in place of single characters of tokens. */
type Replacements = Map<Token, Map<number, string>>

/** Finds the quotes of one line of blocks. Takes linear time: each quote is stacked and removed at most once. */
const quotesIn = (tokens: ReadonlyArray<Token>, marks: QuotationMarks): Replacements => {
  const found: Replacements = new Map()
  const put = (token: Token, at: number, text: string) => {
    const known = found.get(token) ?? new Map<number, string>()
    found.set(token, known.set(at, text))
  }
  const open: Array<Opener> = []
  /** Places in `open` of the quotes of each kind, so that partners are found without a search. */
  const places = { single: [] as number[], double: [] as number[] }
  const placesOf = (isSingle: boolean) => (isSingle ? places.single : places.double)
  const push = (opener: Opener) => placesOf(opener.isSingle).push(open.push(opener) - 1)
  const pop = (): Opener | undefined => {
    const last = open.pop()
    if (last !== undefined) placesOf(last.isSingle).pop()
    return last
  }
  const drop = () => {
    const left = pop()
    // An opening quote without an end is an apostrophe: ’90s.
    if (left?.isSingle === true) put(left.token, left.at, "’")
  }
  const partnerOf = (isSingle: boolean, level: number): number => {
    const last = placesOf(isSingle).at(-1) ?? -1
    return open[last]?.level === level ? last : -1
  }
  const after = following(tokens)
  let before = ""
  let inCode = 0
  let isAutomatic = false
  for (const [place, token] of tokens.entries()) {
    const { content, info, level, type } = token
    if (type === "html_inline") {
      const end = verbatim.exec(content)?.groups?.end
      if (end !== undefined) inCode = Math.max(0, inCode + (end === "" ? 1 : -1))
    }
    if (type === "link_open" && info === "auto") isAutomatic = true
    if (type === "link_close" && info === "auto") isAutomatic = false
    while ((open.at(-1)?.level ?? -1) > level) drop()
    for (const { 0: quote, index } of type === "text" && inCode === 0 && !isAutomatic ? content.matchAll(quotes) : []) {
      const isSingle = quote === "'"
      const previous = index === 0 ? before : content.charAt(index - 1)
      const [last, next] = [kindOf(previous), kindOf(content.charAt(index + 1) || (after[place] ?? ""))]
      let canOpen = next !== "space" && !(next === "punctuation" && last === "letter")
      let canClose = last !== "space" && !(last === "punctuation" && next === "letter")
      if (canOpen && canClose) {
        canOpen = last === "punctuation"
        canClose = next === "punctuation"
      }
      const partner = canClose ? partnerOf(isSingle, level) : -1
      const opener = open[partner]
      if (opener !== undefined) {
        while (open.length > partner + 1) drop()
        pop()
        const [opening, closing] = isSingle ? marks.single : marks.double
        put(opener.token, opener.at, opening)
        put(token, index, closing)
      } else if (canOpen) push({ isSingle, token, at: index, level })
      // Feet, inches and minutes stay as they are: 5' 6".
      else if (isSingle && !(digit.test(previous) && next !== "letter")) put(token, index, "’")
    }
    before = edgeOf(token, false) ?? before
  }
  while (open.length > 0) drop()
  return found
}

/** Puts the replacements into their tokens. */
const apply = (found: Replacements): void => {
  for (const [token, texts] of found) {
    const { content } = token
    let changed = ""
    let from = 0
    for (const at of [...texts.keys()].sort((one, other) => one - other)) {
      changed += `${content.slice(from, at)}${texts.get(at)}`
      from = at + 1
    }
    token.content = changed + content.slice(from)
  }
}

/**
 * Replaces straight quotes and apostrophes in texts by the marks of a convention, named in the environment (`quotes`).
 * Code, addresses, descriptions of pictures, HTML blocks and escaped quotes (`\"`) stay.
 */
export const typographicQuotes = ({ env, tokens }: StateCore): void => {
  const marks: QuotationMarks | undefined = conventions[env.quotes as keyof typeof conventions]
  if (marks === undefined) return
  for (const { children, content, type } of tokens) {
    if (type === "inline" && children !== null && /["']/.test(content)) apply(quotesIn(children, marks))
  }
}
