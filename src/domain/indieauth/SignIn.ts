import { Duration, type Option, Schema } from "effect"

/** A sign-in through the owner's provider that has begun, and waits for the browser to come back. */
export interface SignIn {
  /** The authorization endpoint that the browser was sent to. */
  readonly endpoint: string
  /** Who the answer has to come from (RFC 9207); absent with providers that have no metadata. */
  readonly issuer?: string
  /** Where to go on afterwards: a path of this site. */
  readonly next?: string
}

/** How long the owner may take at the provider. */
export const signInLifetime = Duration.minutes(10)

/** At its limit a sign-in is dead. */
export const isSignInExpired = ({ expiresAt }: { readonly expiresAt: number }, now: number): boolean => expiresAt <= now

const SignedInAs = Schema.Struct({ me: Schema.NonEmptyString })
const inJson = Schema.decodeUnknownOption(Schema.parseJson(SignedInAs))
const inForm = Schema.decodeUnknownOption(SignedInAs)

/** Reads what a code was redeemed for (IndieAuth §5.3.2): JSON, or form-encoded as older providers have it. */
export const readSignedInAs = (text: string): Option.Option<{ readonly me: string }> =>
  text.trimStart().startsWith("{") ? inJson(text) : inForm(Object.fromEntries(new URLSearchParams(text)))
