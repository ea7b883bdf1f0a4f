import { slicesOf } from "../Slices.js"
import { oneLine } from "./Line.js"

/** Words that a reader reads in a minute. */
const wordsPerMinute = 220

/** Characters of scripts without spaces between words, that a reader reads in a minute. */
const charactersPerMinute = 500

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu

/** Minutes that a text takes to read. */
const minutesOf = (text: string): number => {
  const characters = text.match(unspaced)?.length ?? 0
  const words = text.replace(unspaced, " ").match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0
  return words / wordsPerMinute + characters / charactersPerMinute
}

/** UTF-16 code units that are encoded at once to count their bytes. */
const counted = 16_384

const encoder = new TextEncoder()
const room = new Uint8Array(3 * counted)

/** Bytes of a text in UTF-8. Encodes into the same memory again and again, because fresh megabytes take ten milliseconds. */
export const octetsOf = (text: string): number => {
  let octets = 0
  for (const slice of slicesOf(text, counted)) octets += encoder.encodeInto(slice, room).written
  return octets
}

/**
 * Estimates the minutes that a text takes to read, at least 1, from its beginning and its size in bytes. Lists have
 * only the beginning, and the post's own page must show the same number.
 */
export const readingMinutes = (opening: string, octets: number): number => {
  const sample = oneLine(opening)
  const share = octetsOf(sample) / Math.max(octets, 1)
  return share === 0 ? 1 : Math.max(1, Math.round(minutesOf(sample) / Math.min(share, 1)))
}
