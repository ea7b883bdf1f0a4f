import { Effect } from "effect"

/** 49,000 leaked passwords, the most common first. Loaded when a passphrase is chosen, not at every start. */
const leaked: Effect.Effect<ReadonlySet<string>> = Effect.map(
  Effect.promise(() => import("@zxcvbn-ts/language-common")),
  ({ dictionary }) => new Set(dictionary["passwords-common"])
)

/** Public words of a site. */
export interface SiteWords {
  readonly siteUrl: string
  readonly siteName: string
  readonly siteAuthor: string
}

/** Why a passphrase is easy to guess: it is common, or made of words of the site. */
export type Guessable = "common" | "of_site"

/** Maximum numbers of digits and signs before and after a word: a year with a sign, for example. */
const longestBefore = 4
const longestAfter = 6

const isDecoration = (character: string): boolean => !/\p{L}/u.test(character)

/** All variants of a passphrase without up to so many digits and signs before and after it. */
const cores = (text: string): ReadonlyArray<string> => {
  const characters = [...text]
  const before = characters.slice(0, longestBefore).findIndex((character) => !isDecoration(character))
  const after = characters
    .toReversed()
    .slice(0, longestAfter)
    .findIndex((character) => !isDecoration(character))
  const most = { before: before === -1 ? longestBefore : before, after: after === -1 ? longestAfter : after }
  const found: Array<string> = []
  for (let start = 0; start <= most.before; start += 1) {
    for (let end = 0; end <= most.after; end += 1) found.push(characters.slice(start, characters.length - end).join(""))
  }
  return found
}

/** Signs that replace letters. `1`, `!` and `|` may be `i` or `l`. */
const letters: Readonly<Record<string, string>> = {
  ...{ "0": "o", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g" },
  ...{ "@": "a", $: "s", "+": "t", "€": "e", "(": "c", "1": "i", "!": "i", "|": "i" }
}

const spelt = (text: string): ReadonlyArray<string> => {
  const plain = [...text].map((character) => letters[character] ?? character).join("")
  const withL = [...text]
    .map((character) => (/[1!|]/.test(character) ? "l" : (letters[character] ?? character)))
    .join("")
  return [text, plain, withL]
}

/** Removes signs and spaces. */
const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "")

/** The part whose repetition makes up the whole text; `undefined` if there is none. */
const repeated = (text: string): string | undefined => {
  const again = `${text}${text}`.indexOf(text, 1)
  return again < text.length ? text.slice(0, again) : undefined
}

/** Returns whether the characters form a sequence, as in `abcdefgh` and `98765432`. */
const isSequence = (text: string): boolean => {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0)
  const step = (points[1] ?? 0) - (points[0] ?? 0)
  return Math.abs(step) <= 1 && points.every((point, index) => index === 0 || point - (points[index - 1] ?? 0) === step)
}

/** Words that add nothing to those of the site. */
const fillers = ["http", "https", "www", "the", "my", "blog", "site", "home", "page", "web", "admin", "owner", "login"]
const moreFillers = ["user", "root", "pass", "password", "passphrase", "secret", "welcome", "hello", "love"]

const wordsOf = ({ siteAuthor, siteName, siteUrl }: SiteWords): ReadonlySet<string> => {
  const { hostname } = new URL(siteUrl)
  const texts = [hostname, siteName, siteAuthor].map((text) => text.normalize("NFKC").toLowerCase())
  const parts = texts.flatMap((text) => [bare(text), ...text.split(/[^\p{L}\p{N}]+/u)])
  return new Set(["starpunk", ...parts.filter((part) => part.length >= 3)])
}

/** Returns whether a text consists of words of the site and fillers. */
const isMadeOf = (text: string, words: ReadonlySet<string>): boolean => {
  // Maps each reachable position to whether a word of the site leads there.
  const reached = new Map([[0, false]])
  for (let at = 0; at < text.length; at += 1) {
    const before = reached.get(at)
    if (before === undefined) continue
    const extend = (part: string, isOfSite: boolean) => {
      if (!text.startsWith(part, at)) return
      const end = at + part.length
      reached.set(end, before || isOfSite || (reached.get(end) ?? false))
    }
    for (const word of words) extend(word, true)
    for (const filler of [...fillers, ...moreFillers]) extend(filler, false)
  }
  return reached.get(text.length) === true
}

/** Longer passphrases are not a common word with decoration. */
const longestGuess = 64

/**
 * Returns why a passphrase is easy to guess, or `undefined`. Ignores case, digits and signs around it, signs in place
 * of letters, and repetition.
 */
export const guessable = (passphrase: string, site: SiteWords): Effect.Effect<Guessable | undefined> =>
  Effect.gen(function* () {
    const whole = passphrase.toLowerCase()
    const text = repeated(whole) ?? whole
    if (text.length <= 3 || new Set(text).size <= 2 || isSequence(text)) return "common"
    if (text.length > longestGuess) return undefined
    const candidates = new Set(cores(text).flatMap(spelt))
    const words = wordsOf(site)
    const isOfSite = [...candidates].some((candidate) => isMadeOf(bare(candidate), words))
    if (isOfSite) return "of_site"
    const known = yield* leaked
    const isCommon = [...candidates].some(
      (candidate) => known.has(candidate) && (candidate === text || /\p{L}/u.test(candidate))
    )
    return isCommon || [...candidates].some((candidate) => moreFillers.includes(candidate)) ? "common" : undefined
  })
