import { Effect, Schema } from "effect"
import slugify from "slugify"

/**
 * The last segment of a permalink: `a-z`, `0-9` and single inner hyphens, 1 to 200 characters. Opaque once assigned.
 */
export const Slug = Schema.String.pipe(
  Schema.pattern(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  Schema.maxLength(200),
  Schema.brand("Slug")
)

export type Slug = typeof Slug.Type

/** Maximum length of a slug that is made from a post's text. */
const automaticLength = 100

/** Maximum length of a slug that a client requests. */
const wishedLength = 200

/** Maximum length of text that is transliterated for a slug. */
const consideredLength = 2_000

/** Slugs that StarPunk 1.1.0 reserved (`slug_utils.py`); a post gets the numbered slug instead. */
const reserved: ReadonlySet<string> = new Set([
  ...["api", "admin", "auth", "feed", "feed-xml", "static", "notes", "login", "logout", "settings", "micropub"],
  ...["callback", "rss", "atom", "index", "home", "about", "search"]
])

/** Returns whether no post may have this slug. */
export const isReservedSlug = (slug: Slug): boolean => reserved.has(slug)

/** Transliterates letters and digits to ASCII, word by word, because the library would spell out signs such as `%`. */
const ascii = (text: string, length: number): string =>
  text
    .slice(0, consideredLength)
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((word) =>
      /^[a-z0-9]*$/i.test(word)
        ? word.toLowerCase()
        : slugify.default(word, { lower: true, strict: true, locale: "de" })
    )
    .filter((word) => word !== "")
    .join("-")
    .slice(0, length)
    .replace(/-+$/, "")

const twoDigits = (number: number) => String(number).padStart(2, "0")

/**
 * The slug of a post without usable text, `YYYYMMDD-HHMMSS`: of its author's local time in epoch milliseconds, as if it
 * were UTC. Years before 0 lose their sign.
 */
export const slugOfTime = (wallClock: number): Slug => {
  const date = new Date(wallClock)
  const year = String(Math.abs(date.getUTCFullYear())).padStart(4, "0")
  const day = `${year}${twoDigits(date.getUTCMonth() + 1)}${twoDigits(date.getUTCDate())}`
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join("")
  return Slug.make(`${day}-${time}`)
}

/** Makes a slug of the first five words with ASCII letters or digits, at most 100 characters; none without such words. */
export const slugFromText = (text: string): Slug | undefined => {
  const words: Array<string> = []
  for (const word of text.slice(0, consideredLength).split(/\s+/)) {
    const part = ascii(word, automaticLength)
    if (part !== "") words.push(part)
    if (words.length === 5) break
  }
  const slug = ascii(words.join("-"), automaticLength)
  return slug === "" ? undefined : Slug.make(slug)
}

/** Normalizes a requested slug; `undefined` if nothing is left. Never a reason to refuse a post. */
export const slugFromWish = (wish: string): Slug | undefined => {
  const slug = ascii(wish, wishedLength)
  return slug === "" ? undefined : Slug.make(slug)
}

/** The slug of the n-th post with the same name: the slug itself, then `-2`, `-3` …, cut so that the number fits. */
export const numberedSlug = (slug: Slug, number: number): Slug => {
  if (number === 1) return slug
  const suffix = `-${number}`
  return Slug.make(slug.slice(0, wishedLength - suffix.length).replace(/-+$/, "") + suffix)
}

/**
 * Finds a free slug among `slug`, `slug-2`, `slug-3` … that is not reserved. Calls `isTaken` a logarithmic number of
 * times: about 30 for ten thousand notes of one name. If there are gaps in the numbers, any free one after a taken one
 * may be the result.
 */
export const firstFreeSlug = <E, R>(
  slug: Slug,
  isTaken: (candidate: Slug) => Effect.Effect<boolean, E, R>
): Effect.Effect<Slug, E, R> =>
  Effect.gen(function* () {
    const taken = (number: number) => {
      const candidate = numberedSlug(slug, number)
      return isReservedSlug(candidate) ? Effect.succeed(true) : isTaken(candidate)
    }
    let free = 1
    let full = 0
    while (yield* taken(free)) {
      full = free
      free *= 2
    }
    while (free - full > 1) {
      const middle = Math.floor((full + free) / 2)
      if (yield* taken(middle)) full = middle
      else free = middle
    }
    return numberedSlug(slug, free)
  })
