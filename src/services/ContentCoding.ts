import { Context, type Effect, type Option } from "effect"

/** How content may be made smaller on its way (RFC 9110 §8.4.1; Brotli: RFC 7932), the one that is liked best first. */
export const codings = ["br", "gzip"] as const

/** One of them. */
export type Coding = (typeof codings)[number]

/** Makes content smaller, away from the thread that answers requests. */
export class ContentCoding extends Context.Tag("starpunk/ContentCoding")<
  ContentCoding,
  {
    /** The content, encoded; none when that could not be done, and the content has to go as it is. */
    readonly encode: (coding: Coding, content: Uint8Array) => Effect.Effect<Option.Option<Uint8Array>>
  }
>() {}
