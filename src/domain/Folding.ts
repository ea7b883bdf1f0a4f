/**
 * Converts a text to the form in which search compares it. A folded text is a sequence of words, each with a space on
 * either side: `" the quick 東 京 "`. A whole word is then the substring `" art "`, a prefix `" art"`, and any part
 * `"art"`.
 *
 * - Compatibility forms, case, accents and other combining signs are removed (Unicode NFKD, lower case, script
 *   `Inherited`). Letters that do not decompose are spelled out (`ß` is `ss`, `ø` is `o`).
 * - Characters other than letters, digits and marks separate words, and so does the `v` of a version: `v1.25` is `v 1
 *   25`.
 * - In scripts written without spaces, in Hangul, whose endings attach to the word, and in pictographs, every character
 *   is a word.
 */
export const fold = (text: string): string => {
  if (ascii.test(text))
    return enclose(
      text
        .toLowerCase()
        .replace(/(?<![a-z0-9])v(?=\d+\.\d)/g, "v ")
        .replace(/[^a-z0-9]+/g, " ")
        .trim()
    )
  const folded: Array<string> = []
  eachFolded(text.normalize("NFC"), (characters) => folded.push(characters))
  return enclose(folded.join("").trimEnd())
}

const enclose = (folded: string): string => (folded === "" ? "" : ` ${folded} `)

/** A folded text with the position of each unit in the original. */
export interface FoldedText {
  readonly folded: string
  /** For every UTF-16 unit of `folded`, the start of its source in the original text. */
  readonly starts: ReadonlyArray<number>
  /** For every UTF-16 unit of `folded`, the end of its source in the original text. */
  readonly ends: ReadonlyArray<number>
}

/** Folds a text and keeps the positions, so that matches can be marked in the original. Expects NFC. */
export const foldWithOrigins = (text: string): FoldedText => {
  const starts: Array<number> = [0]
  const ends: Array<number> = [0]
  let folded = " "
  eachFolded(text, (characters, start, end) => {
    folded += characters
    for (let i = 0; i < characters.length; i++) {
      starts.push(start)
      ends.push(end)
    }
  })
  return folded === " " ? { folded: "", starts: [], ends: [] } : { folded, starts, ends }
}

/** Returns the folded words of a text, in order. */
export const words = (text: string): ReadonlyArray<string> =>
  fold(text)
    .split(" ")
    .filter((word) => word !== "")

const ascii = /^[\n\r\t -~]*$/

type Emit = (characters: string, start: number, end: number) => void

/** A run of plain letters and digits, or a character with the marks that follow it. */
const cluster = /[0-9A-Za-z]+(?!\p{M})|\P{M}\p{M}*|\p{M}+/gu

const plainRun = /^[0-9A-Za-z]+$/

const wordCharacter = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/u

const mark = /\p{M}/u

const standsAlone =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{Extended_Pictographic}]/u

/** Accents and joiners; Hebrew points, tatweel and soft hyphens. The kana voicing marks stay: ハハ is not パパ. */
const dropped =
  /(?![\u3099\u309A])\p{Script=Inherited}|[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0640\u00AD]/gu

const spelledOut: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
  ς: "σ"
}

const foldCluster = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(dropped, "")
    .replace(/[ßæœøłđðþħıς]/g, (letter) => spelledOut[letter] ?? letter)
    .normalize("NFC")

/** Emits the folded text after its first space, piece by piece, each word followed by one space. */
const eachFolded = (text: string, emit: Emit): void => {
  let open: "nothing" | "word" | "character" = "nothing"
  let end = 0
  const close = () => {
    if (open !== "nothing") emit(" ", end, end)
    open = "nothing"
  }
  const add = (characters: string, from: number, to: number) => {
    end = to
    emit(characters, from, to)
  }
  for (const { 0: original, index: start } of text.matchAll(cluster)) {
    if (plainRun.test(original)) {
      // Fast path for plain text, which needs no tables.
      if (open === "character") close()
      const isVersion =
        open === "nothing" &&
        /^v\d+$/i.test(original) &&
        /^\.\d/.test(text.slice(start + original.length, start + original.length + 2))
      open = "word"
      if (isVersion) {
        add("v", start, start + 1)
        close()
        open = "word"
        for (const [i, digit] of Array.from(original.slice(1)).entries()) add(digit, start + 1 + i, start + 2 + i)
        continue
      }
      for (const [i, letter] of Array.from(original.toLowerCase()).entries()) add(letter, start + i, start + i + 1)
      continue
    }
    for (const character of foldCluster(original)) {
      if (!wordCharacter.test(character)) close()
      else {
        const alone = standsAlone.test(character)
        const joins = mark.test(character)
        if (!joins && (alone || open === "character")) close()
        if (!joins || open === "nothing") open = alone ? "character" : "word"
        add(character, start, start + original.length)
      }
    }
  }
  close()
}
