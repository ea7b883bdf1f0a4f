import { Context, type Effect, type Option } from "effect"

/** Content codings (RFC 9110 §8.4.1; Brotli: RFC 7932), the preferred one first. */
export const codings = ["br", "gzip"] as const

export type Coding = (typeof codings)[number]

/** Compresses content outside of the thread that answers requests. */
export class ContentCoding extends Context.Tag("starpunk/ContentCoding")<
  ContentCoding,
  {
    /** Returns the encoded content; none if encoding failed and the content has to be sent as it is. */
    readonly encode: (coding: Coding, content: Uint8Array) => Effect.Effect<Option.Option<Uint8Array>>
  }
>() {}
