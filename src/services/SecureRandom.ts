import { Context, type Effect } from "effect"

/** Random bytes from a cryptographically secure source. */
export class SecureRandom extends Context.Tag("starpunk/SecureRandom")<
  SecureRandom,
  {
    /** Makes `count` random bytes. */
    readonly bytes: (count: number) => Effect.Effect<Uint8Array>
    /** Makes `count` random bytes as lower-case hexadecimal text of twice that length. */
    readonly hex: (count: number) => Effect.Effect<string>
    /** As `hex`, outside of fibers. */
    readonly unsafeHex: (count: number) => string
    /** Makes `count` random bytes as base64url text without padding. */
    readonly base64url: (count: number) => Effect.Effect<string>
  }
>() {}
