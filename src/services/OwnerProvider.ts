import { Context, type Effect, type Option, type Redacted } from "effect"
import type { TokenAnswer } from "../domain/indieauth/TokenAnswer.js"
import type { ProviderFailure, ProviderUnavailable, SignInRefused } from "../errors/failure/Provider.js"

/** Where the owner's provider is asked. Absolute addresses that may be asked. */
export interface ProviderEndpoints {
  /** Who answers have to come from; absent with providers that have no metadata. */
  readonly issuer?: string
  readonly authorization?: string
  readonly token?: string
  readonly introspection?: string
}

/** A code to be redeemed, with all that has to be the same as when it was asked for. */
export interface CodeRedemption {
  readonly code: Redacted.Redacted
  /** Of the authorization endpoint that gave it. */
  readonly endpoint: string
  readonly clientId: string
  readonly redirectUri: string
  /** The PKCE verifier (RFC 7636 §4.1). */
  readonly verifier: Redacted.Redacted
}

/**
 * Whoever vouches for the owner from outside: the IndieAuth provider that the owner's own page names. Its addresses come
 * from that page alone, never from a token or a request, and are remembered for an hour; longer while the page cannot be
 * reached.
 */
export class OwnerProvider extends Context.Tag("starpunk/OwnerProvider")<
  OwnerProvider,
  {
    /** The owner's page; none where the site is the owner's identity, and nobody else vouches for anything. */
    readonly page: Option.Option<string>
    /** Where to ask. Empty where the page names nothing. */
    readonly endpoints: Effect.Effect<ProviderEndpoints, ProviderFailure>
    /**
     * Whose token this is: by introspection (RFC 7662) where there is an endpoint for it, or by the older GET on the token
     * endpoint. The token is never in an address. One that the provider refuses to speak about is not active.
     */
    readonly tokenAnswer: (token: Redacted.Redacted) => Effect.Effect<TokenAnswer, ProviderFailure>
    /** Who signed in. No token is asked for, so the code goes to the authorization endpoint (IndieAuth §5.3.1). */
    readonly redeem: (
      redemption: CodeRedemption
    ) => Effect.Effect<{ readonly me: string }, SignInRefused | ProviderUnavailable>
  }
>() {}
