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

/** Characters that the card's font does not have. Must match the `latin` range of `scripts/fonts.mjs`. */
const foreign =
  /[^\x20-\x7e\u00a0-\u00ff\u0131\u0152\u0153\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2039\u203a\u20ac\u2122\u2212]/u

const pictures = /\p{Extended_Pictographic}|\u200d|\ufe0f/gu

/** A text that a card can show in one piece, or undefined if it needs other letters than the font has. */
export const drawable = (text: string): string | undefined => {
  const plain = text.normalize("NFC").replace(pictures, "").replace(/\s+/g, " ").trim()
  if (plain === "" || foreign.test(plain)) return undefined
  return plain.length <= longest ? plain : `${plain.slice(0, longest).replace(/\s+\S*$/, "")}…`
}
