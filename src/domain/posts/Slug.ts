import { Effect, Schema } from "effect"
import slugify from "slugify"

/** The last part of a permalink: `a-z`, `0-9` and single inner hyphens, 1 to 200 characters. Opaque once given. */
export const Slug = Schema.String.pipe(
  Schema.pattern(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  Schema.maxLength(200),
  Schema.brand("Slug")
)

/** The last part of a permalink. */
export type Slug = typeof Slug.Type

/** The longest slug that is made from a post's own words. */
const automaticLength = 100

/** The longest slug that a client may wish for. */
const wishedLength = 200

/** Text beyond this says nothing more about a slug; the bound keeps a megabyte of text from being transliterated. */
const consideredLength = 2_000

/** Names that StarPunk 1.1.0 kept for itself (`slug_utils.py`); a post never gets one, only its numbered successor. */
const reserved: ReadonlySet<string> = new Set([
  ...["api", "admin", "auth", "feed", "feed-xml", "static", "notes", "login", "logout", "settings", "micropub"],
  ...["callback", "rss", "atom", "index", "home", "about", "search"]
])

/** Whether no post may have this slug. */
export const isReservedSlug = (slug: Slug): boolean => reserved.has(slug)

/** Letters and digits as ASCII, word by word: the library would spell out signs between them, such as `%`. */
const ascii = (text: string, length: number): string =>
  text
    .slice(0, consideredLength)
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((word) => slugify.default(word, { lower: true, strict: true, locale: "de" }))
    .filter((word) => word !== "")
    .join("-")
    .slice(0, length)
    .replace(/-+$/, "")

const twoDigits = (number: number) => String(number).padStart(2, "0")

/** `YYYYMMDD-HHMMSS`, for posts whose words leave nothing to make a slug of; years before 0 without their sign. */
const timestamp = (wallClock: number): Slug => {
  const date = new Date(wallClock)
  const year = String(Math.abs(date.getUTCFullYear())).padStart(4, "0")
  const day = `${year}${twoDigits(date.getUTCMonth() + 1)}${twoDigits(date.getUTCDate())}`
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join("")
  return Slug.make(`${day}-${time}`)
}

/**
 * A slug of the first five words that have ASCII letters or digits in them, at most 100 characters; of what the author's
 * clock showed (epoch milliseconds, as if it were UTC) where there are none.
 */
export const slugFromText = (text: string, wallClock: number): Slug => {
  const words: Array<string> = []
  for (const word of text.slice(0, consideredLength).split(/\s+/)) {
    const part = ascii(word, automaticLength)
    if (part !== "") words.push(part)
    if (words.length === 5) break
  }
  const slug = ascii(words.join("-"), automaticLength)
  return slug === "" ? timestamp(wallClock) : Slug.make(slug)
}

/** The slug a client asked for, made harmless; `undefined` when nothing is left of it. Never a reason to refuse a post. */
export const slugFromWish = (wish: string): Slug | undefined => {
  const slug = ascii(wish, wishedLength)
  return slug === "" ? undefined : Slug.make(slug)
}

/** The n-th post of the same name: the slug itself, then `-2`, `-3` …, cut so that the number fits. */
export const numberedSlug = (slug: Slug, number: number): Slug => {
  if (number === 1) return slug
  const suffix = `-${number}`
  return Slug.make(slug.slice(0, wishedLength - suffix.length).replace(/-+$/, "") + suffix)
}

/**
 * The first of `slug`, `slug-2`, `slug-3` … that is neither reserved nor taken. Asks `isTaken` about as often as the
 * number of bits in the answer: ten thousand notes of one name cost some 30 questions, not ten thousand. Where numbers in
 * between are free, any free one with a taken predecessor is a good answer.
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
