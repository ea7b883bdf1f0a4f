import { Effect } from "effect"
import type { RenderedPost } from "../../src/domain/search/RenderedPost.js"

/** Length of a text, in UTF-16 code units, from which on it is sent as bytes, which the thread hands over without a copy. */
const long = 65_536

/** Long texts as UTF-8. */
interface LongTexts {
  readonly html?: Uint8Array<ArrayBuffer>
  readonly text?: Uint8Array<ArrayBuffer>
  readonly body?: Uint8Array<ArrayBuffer>
}

/**
 * A result of the renderer's thread. The event loop copies a message in one turn, which takes 45 ms for three texts of
 * megabytes; so these are beside it as bytes, and absent from it.
 */
export interface PackedPost {
  readonly rendered: RenderedPost
  readonly texts?: LongTexts
}

/** The bytes of a long text. Lone surrogates have none, so such a text is sent as it is. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> | undefined =>
  text.length >= long && text.isWellFormed() ? new TextEncoder().encode(text) : undefined

/** Takes the long texts out of a result. */
export const packed = (rendered: RenderedPost): PackedPost => {
  const { document, rendering } = rendered
  const [html, text, body] = [bytesOf(rendering.html), bytesOf(rendering.text), bytesOf(document.body)]
  if (html === undefined && text === undefined && body === undefined) return { rendered }
  return {
    rendered: {
      ...rendered,
      rendering: { ...rendering, ...(html && { html: "" }), ...(text && { text: "" }) },
      document: { ...document, ...(body && { body: "" }) }
    },
    texts: { ...(html && { html }), ...(text && { text }), ...(body && { body }) }
  }
}

/** Memory that a message hands over to the other thread. */
export const handedOver = (posts: ReadonlyArray<PackedPost>): Array<ArrayBuffer> =>
  posts.flatMap(({ texts = {} }) => [texts.html, texts.text, texts.body].flatMap((bytes) => bytes?.buffer ?? []))

/** Puts the long texts back. Begins each with `turn`. */
export const unpacked = ({ rendered, texts }: PackedPost, turn: Effect.Effect<void>): Effect.Effect<RenderedPost> =>
  Effect.gen(function* () {
    if (texts === undefined) return rendered
    const decoded = (bytes: Uint8Array | undefined, otherwise: string) =>
      bytes === undefined
        ? Effect.succeed(otherwise)
        : Effect.map(turn, () => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes))
    const html = yield* decoded(texts.html, rendered.rendering.html)
    const text = yield* decoded(texts.text, rendered.rendering.text)
    const body = yield* decoded(texts.body, rendered.document.body)
    return {
      ...rendered,
      rendering: { ...rendered.rendering, html, text },
      document: { ...rendered.document, body }
    }
  })
