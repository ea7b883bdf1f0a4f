import { Effect, Redacted } from "effect"

/** Loaded when the first code is looked at: most starts see none. */
const library = Effect.promise(() => import("otpauth"))

/** Seconds for which a code is shown (RFC 6238 §5.2). */
const period = 30

/** Steps by which the clocks of a phone and of the server may differ (RFC 6238 §5.2 recommends one at most). */
const tolerated = 1

const secretPattern = /^[A-Z2-7]{32}$/

/** Bytes of a new secret: 160 bits, as long as SHA-1's output (RFC 4226 §4, R6). */
export const secretBytes = 20

/** A secret as authenticator apps take it: 160 random bits in Base32 (RFC 4648 §6). */
export const makeSecret = (bytes: Uint8Array): Effect.Effect<Redacted.Redacted> =>
  Effect.map(library, ({ Secret }) => Redacted.make(new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32))

/** Whether a text is a secret as `makeSecret` writes it. */
export const isSecret = (text: string): boolean => secretPattern.test(text)

/** What an authenticator app scans: the secret, and what it is for (Key URI Format). */
export const keyUri = (
  secret: Redacted.Redacted,
  account: { readonly issuer: string; readonly label: string }
): Effect.Effect<string> =>
  Effect.map(library, ({ Secret, TOTP }) =>
    new TOTP({ ...account, secret: Secret.fromBase32(Redacted.value(secret)) }).toString()
  )

/** A code as people type it, without the gap in its middle; nothing when it is none. */
export const readCode = (typed: string): string | undefined => {
  const digits = typed.replace(/[\s-]/g, "")
  return /^\d{6}$/.test(digits) ? digits : undefined
}

/** The code of an instant (epoch milliseconds), as the app shows it. */
export const codeAt = (secret: Redacted.Redacted, instant: number): Effect.Effect<string> =>
  Effect.map(library, ({ Secret, TOTP }) =>
    TOTP.generate({ secret: Secret.fromBase32(Redacted.value(secret)), period, timestamp: instant })
  )

/**
 * The time step (RFC 6238 §4.2) whose code this is, when it is this one or a neighbour of it. Who remembers the last step
 * that was used can refuse every code the second time.
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
