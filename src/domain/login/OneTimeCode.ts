import { Effect, Redacted } from "effect"

/** Loaded on first use, because most processes never check a code. */
const library = Effect.promise(() => import("otpauth"))

/** Seconds for which a code is valid (RFC 6238 §5.2). */
const period = 30

/** Tolerated difference between the clocks of phone and server, in steps (RFC 6238 §5.2 recommends one at most). */
const tolerated = 1

const secretPattern = /^[A-Z2-7]{32}$/

/** Bytes of a new secret: 160 bits, the length of SHA-1's output (RFC 4226 §4, R6). */
export const secretBytes = 20

/** Encodes a secret for authenticator apps: 160 random bits in Base32 (RFC 4648 §6). */
export const makeSecret = (bytes: Uint8Array): Effect.Effect<Redacted.Redacted> =>
  Effect.map(library, ({ Secret }) => Redacted.make(new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32))

/** Returns whether a text has the format of `makeSecret`. */
export const isSecret = (text: string): boolean => secretPattern.test(text)

/** The URI that an authenticator app scans (Key URI Format). */
export const keyUri = (
  secret: Redacted.Redacted,
  account: { readonly issuer: string; readonly label: string }
): Effect.Effect<string> =>
  Effect.map(library, ({ Secret, TOTP }) =>
    new TOTP({ ...account, secret: Secret.fromBase32(Redacted.value(secret)) }).toString()
  )

/** Parses a typed code, ignoring spaces and hyphens; `undefined` if it is not valid. */
export const readCode = (typed: string): string | undefined => {
  const digits = typed.replace(/[\s-]/g, "")
  return /^\d{6}$/.test(digits) ? digits : undefined
}

/** The code at an instant (epoch milliseconds). */
export const codeAt = (secret: Redacted.Redacted, instant: number): Effect.Effect<string> =>
  Effect.map(library, ({ Secret, TOTP }) =>
    TOTP.generate({ secret: Secret.fromBase32(Redacted.value(secret)), period, timestamp: instant })
  )

/**
 * The time step (RFC 6238 §4.2) of a code, if it is the current one or a neighbour. Callers store the last used step to
 * refuse every code the second time.
 */
export const stepOf = (secret: Redacted.Redacted, code: string, now: number): Effect.Effect<number | undefined> =>
  Effect.map(library, ({ Secret, TOTP }) => {
    const delta = TOTP.validate({
      token: code,
      secret: Secret.fromBase32(Redacted.value(secret)),
      period,
      timestamp: now,
      window: tolerated
    })
    return delta === null ? undefined : Math.floor(now / (period * 1000)) + delta
  })
