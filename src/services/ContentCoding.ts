import { Context, type Effect, type Option } from "effect"

/** A content coding (RFC 9110 §8.4.1; Brotli: RFC 7932; Zstandard: RFC 8878). */
export type Coding = "zstd" | "br" | "gzip"

/** Compresses content outside of the thread that answers requests. */
export class ContentCoding extends Context.Tag("starpunk/ContentCoding")<
  ContentCoding,
  {
    /** The codings that the runtime has, the preferred one first. */
    readonly codings: ReadonlyArray<Coding>
    /** Returns the encoded content; none if encoding failed and the content has to be sent as it is. */
    readonly encode: (coding: Coding, content: Uint8Array) => Effect.Effect<Option.Option<Uint8Array>>
  }
>() {}
