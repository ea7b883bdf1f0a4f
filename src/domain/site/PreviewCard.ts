import latin from "font:latin"

/** Colours of a preview card, each `#rrggbb`. */
export interface CardColours {
  readonly background: string
  readonly text: string
  readonly muted: string
  readonly accent: string
}

/** What the preview card of a post shows: its heading, and whose post it is. */
export interface PreviewCard {
  readonly heading: string
  readonly site: string
  readonly colours: CardColours
}

/** Size of every card in pixels, as Open Graph recommends it. */
export const cardSize = { width: 1200, height: 630 } as const

/** Maximum length of a heading: four lines. */
const longest = 140

/** The characters of the card's font, as a class of a regular expression: `\u{20}-\u{7E}`. */
const drawn = latin.replace(
  /U\+([0-9A-F]+)(?:-([0-9A-F]+))?,?/g,
  (_, first: string, last = first) => `\\u{${first}}-\\u{${last}}`
)

const foreign = new RegExp(`[^${drawn}]`, "u")

const pictures = /\p{Extended_Pictographic}|\u200d|\ufe0f/gu

/** A text that a card can show in one piece, or undefined if it needs other letters than the font has. */
export const drawable = (text: string): string | undefined => {
  const plain = text.normalize("NFC").replace(pictures, "").replace(/\s+/g, " ").trim()
  if (plain === "" || foreign.test(plain)) return undefined
  return plain.length <= longest ? plain : `${plain.slice(0, longest).replace(/\s+\S*$/, "")}…`
}
