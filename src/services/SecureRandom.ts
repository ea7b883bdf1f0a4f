import { Context, type Effect } from "effect"

/** Unguessable bytes, from a cryptographically secure source. */
export class SecureRandom extends Context.Tag("starpunk/SecureRandom")<
  SecureRandom,
  {
    /** `count` random bytes. */
    readonly bytes: (count: number) => Effect.Effect<Uint8Array>
    /** `count` random bytes as lower-case hexadecimal text, twice as long. */
    readonly hex: (count: number) => Effect.Effect<string>
    /** `count` random bytes as base64url text without padding. */
    readonly base64url: (count: number) => Effect.Effect<string>
  }
>() {}
