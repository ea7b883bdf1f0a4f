import { texts } from "./Texts.js"

/** Words, and characters of scripts without spaces between words. */
const word = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu

const perMinute = 220

/** Counts words a moment after the last key. */
export const wordCount = (area: HTMLTextAreaElement, place: HTMLElement): (() => void) => {
  let timer = 0
  const count = (): void => {
    // Addresses of links and pictures are not read.
    const words = area.value.replace(/\]\([^()\n]*\)/g, "]").match(word)?.length ?? 0
    place.textContent = texts.words({ count: words, minutes: Math.max(1, Math.round(words / perMinute)) })
  }
  count()
  return () => {
    clearTimeout(timer)
    timer = setTimeout(count, 400)
  }
}
