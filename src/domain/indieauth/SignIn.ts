import { Duration, type Option, Schema } from "effect"

/** A sign-in through the owner's provider, between the redirect and the browser's return. */
export interface SignIn {
  /** The authorization endpoint to which the browser was redirected. */
  readonly endpoint: string
  /** The issuer that the response has to name (RFC 9207); absent for providers without metadata. */
  readonly issuer?: string
  /** Path of this site to open after the sign-in. */
  readonly next?: string
}

/** Time that the owner has at the provider. */
export const signInLifetime = Duration.minutes(10)

/** Returns whether a sign-in has expired; at its limit it has. */
export const isSignInExpired = ({ expiresAt }: { readonly expiresAt: number }, now: number): boolean => expiresAt <= now

const SignedInAs = Schema.Struct({ me: Schema.NonEmptyString })
const inJson = Schema.decodeUnknownOption(Schema.parseJson(SignedInAs))
const inForm = Schema.decodeUnknownOption(SignedInAs)

/** Parses the response to a redeemed code (IndieAuth §5.3.2): JSON, or form-encoded from older providers. */
export const readSignedInAs = (text: string): Option.Option<{ readonly me: string }> =>
  text.trimStart().startsWith("{") ? inJson(text) : inForm(Object.fromEntries(new URLSearchParams(text)))
