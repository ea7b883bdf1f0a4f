import { Context, type Effect, type Option, type Redacted } from "effect"
import type { TokenAnswer } from "../domain/indieauth/TokenAnswer.js"
import type { ProviderFailure, ProviderUnavailable, SignInRefused } from "../errors/Provider.js"

/** Endpoints of the owner's provider: absolute addresses. */
export interface ProviderEndpoints {
  /** The issuer that answers have to name; absent for providers without metadata. */
  readonly issuer?: string
  readonly authorization?: string
  readonly token?: string
  readonly introspection?: string
}

/** A code to redeem, with the values that must equal those of its request. */
export interface CodeRedemption {
  readonly code: Redacted.Redacted
  /** The authorization endpoint that issued the code. */
  readonly endpoint: string
  readonly clientId: string
  readonly redirectUri: string
  /** The PKCE verifier (RFC 7636 §4.1). */
  readonly verifier: Redacted.Redacted
}

/**
 * The IndieAuth provider that the owner's page names. Its addresses come from that page only, never from a token or a
 * request. They are cached for an hour, or longer while the page cannot be reached.
 */
export class OwnerProvider extends Context.Tag("starpunk/OwnerProvider")<
  OwnerProvider,
  {
    /** The owner's page; none if this site is the owner's identity and no provider is used. */
    readonly page: Option.Option<string>
    /** The provider's endpoints. Empty if the page names none. */
    readonly endpoints: Effect.Effect<ProviderEndpoints, ProviderFailure>
    /**
     * Verifies a token by introspection (RFC 7662), or by the older GET on the token endpoint if there is no
     * introspection endpoint. The token is never part of an address. If the provider refuses to answer, the token
     * counts as not active.
     */
    readonly tokenAnswer: (token: Redacted.Redacted) => Effect.Effect<TokenAnswer, ProviderFailure>
    /**
     * Redeems a code for the identity of the person who signed in. It requests no token, so the code goes to the
     * authorization endpoint (IndieAuth §5.3.1).
     */
    readonly redeem: (
      redemption: CodeRedemption
    ) => Effect.Effect<{ readonly me: string }, SignInRefused | ProviderUnavailable>
  }
>() {}
