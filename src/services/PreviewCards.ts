import { Context, type Effect } from "effect"
import type { PreviewCard } from "../domain/site/PreviewCard.js"
import type { CardNotDrawn } from "../errors/Media.js"

/** Draws the picture that link previews show for a post without pictures. */
export class PreviewCards extends Context.Tag("starpunk/PreviewCards")<
  PreviewCards,
  {
    /** A PNG of `cardSize`. Recent cards are kept in memory. */
    readonly draw: (card: PreviewCard) => Effect.Effect<Uint8Array, CardNotDrawn>
  }
>() {}
