import { Cache, Data, Duration, Effect, Layer } from "effect"
import type { Sharp } from "sharp"
import { cardSize, type PreviewCard } from "../../src/domain/site/PreviewCard.js"
import { CardNotDrawn } from "../../src/errors/Media.js"
import { PreviewCards } from "../../src/services/PreviewCards.js"
import { cardFont, cardFonts } from "./CardFont.js"
import { library } from "./Pictures.js"

/** Maximum number of cached cards, some 20 kB each. Many programs request the card of a shared link at once. */
const capacity = 64

const margin = 88

/** Sizes of headings in pixels, largest first: the first that fits is used. */
const sizes = [84, 68, 56, 46] as const

/** Height for a heading: the card without its margins, the bar and the name of the site. */
const headingHeight = cardSize.height - 2 * margin - 80

const barHeight = 16

type Open = Effect.Effect.Success<typeof library>

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")

/** A line or paragraph of text as a transparent picture. */
const written = (sharp: Open, font: string, fontfile: string, text: string, colour: string): Sharp =>
  sharp({
    text: {
      text: `<span foreground="${colour}">${escaped(text)}</span>`,
      font,
      fontfile,
      // At 72 dpi, a point is a pixel.
      dpi: 72,
      width: cardSize.width - 2 * margin,
      wrap: "word-char",
      spacing: 6,
      rgba: true
    }
  }).png()

const heading = async (sharp: Open, fontfile: string, { colours, heading }: PreviewCard) => {
  for (const size of sizes) {
    const font = `${cardFonts.heading} ${size}`
    const picture = written(sharp, font, fontfile, heading, colours.text)
    const { data, info } = await picture.toBuffer({ resolveWithObject: true })
    if (info.height <= headingHeight) return data
    if (size === sizes.at(-1)) {
      return sharp(data).extract({ left: 0, top: 0, width: info.width, height: headingHeight }).png().toBuffer()
    }
  }
  throw new Error("no size was tried")
}

const drawing = async (sharp: Open, fontfile: string, card: PreviewCard): Promise<Uint8Array> => {
  const { colours, site } = card
  const { height, width } = cardSize
  const above = await heading(sharp, fontfile, card)
  const font = `${cardFonts.site} 34`
  const { data: below, info } = await written(sharp, font, fontfile, site, colours.muted).toBuffer({
    resolveWithObject: true
  })
  const bar = { create: { width, height: barHeight, channels: 3 as const, background: colours.accent } }
  return sharp({ create: { width, height, channels: 3, background: colours.background } })
    .composite([
      { input: bar, left: 0, top: 0 },
      { input: above, left: margin, top: margin + barHeight },
      { input: below, left: margin, top: Math.max(0, height - margin - info.height) }
    ])
    .png({ palette: true, colours: 64 })
    .toBuffer()
}

/** Draws cards with libvips, one at a time, so that requests for many cards do not use the whole machine. */
export const layer: Layer.Layer<PreviewCards> = Layer.effect(
  PreviewCards,
  Effect.gen(function* () {
    const oneAtATime = (yield* Effect.makeSemaphore(1)).withPermits(1)

    const cards = yield* Cache.makeWith({
      capacity,
      lookup: ({ colours, ...card }: PreviewCard) =>
        Effect.gen(function* () {
          const [fontfile, sharp] = yield* Effect.all([cardFont, library])
          return yield* Effect.tryPromise(() => drawing(sharp, fontfile, { ...card, colours }))
        }).pipe(
          oneAtATime,
          Effect.mapError((cause) => new CardNotDrawn({ cause }))
        ),
      // Failures are not cached, because the disk may be full only for a moment.
      timeToLive: (exit) => (exit._tag === "Success" ? Duration.infinity : Duration.zero)
    })

    return PreviewCards.of({
      draw: (card) => cards.get(Data.struct({ ...card, colours: Data.struct(card.colours) }))
    })
  })
)
