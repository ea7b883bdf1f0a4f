import { Effect, Encoding } from "effect"

/** The only method of RFC 7636 that gives protection: the challenge is a hash of the verifier. */
export const challengeMethod = "S256"

/** Format of an S256 challenge: 32 bytes as base64url (RFC 7636 §4.2). */
export const challengePattern = /^[A-Za-z0-9_-]{43}$/

/** Format of a verifier (RFC 7636 §4.1). */
export const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/

/** Computes the challenge of a verifier: `BASE64URL(SHA256(verifier))` (RFC 7636 §4.2). */
export const challengeOf = (verifier: string): Effect.Effect<string> =>
  Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))),
    (digest) => Encoding.encodeBase64Url(new Uint8Array(digest))
  )
