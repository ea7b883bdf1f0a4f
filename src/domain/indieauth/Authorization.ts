import type { ClientId } from "./ClientId.js"
import type { TokenLifetime } from "./TokenLifetime.js"

/** A validated authorization request of an app, before the owner's decision. */
export interface NewAuthorizationRequest {
  /** The session in which the owner is asked; no other session can decide. */
  readonly sessionId: string
  readonly clientId: ClientId
  /** Name from the app. */
  readonly clientName?: string
  /** Unchanged, because redeeming the code requires the same text. */
  readonly redirectUri: string
  readonly state?: string
  /** Challenge of the S256 method (RFC 7636); absent for apps without PKCE. */
  readonly codeChallenge?: string
  /** Empty if the app only asks for the owner's identity. */
  readonly scopes: ReadonlyArray<string>
}

/** A request that waits for the owner's decision. */
export interface AuthorizationRequest extends NewAuthorizationRequest {
  readonly id: string
}

/** Permission that the owner gave an app; an authorization code represents it until it is redeemed. */
export interface Authorization extends TokenLifetime {
  readonly clientId: ClientId
  readonly clientName?: string
  readonly redirectUri: string
  readonly codeChallenge?: string
  readonly scopes: ReadonlyArray<string>
  readonly me: string
  /** Name of the token in the owner's list. */
  readonly label: string
}

/** Request of a client to redeem a code. */
export interface Redemption {
  readonly clientId: ClientId
  readonly redirectUri: string
  /** Challenge of the verifier that the client sent; absent without a verifier. */
  readonly codeChallenge?: string
}

/**
 * Why a client may not redeem a code; `undefined` if it may. A verifier without a challenge is refused too, because an
 * attacker may have removed the challenge from the request (RFC 9700 §4.8.2).
 */
export const redemptionFault = (
  authorization: Pick<Authorization, "clientId" | "redirectUri" | "codeChallenge">,
  shown: Redemption
): "client" | "redirect_uri" | "verifier" | "verifier_missing" | "verifier_unasked" | undefined => {
  if (authorization.clientId !== shown.clientId) return "client"
  if (authorization.redirectUri !== shown.redirectUri) return "redirect_uri"
  if (authorization.codeChallenge === shown.codeChallenge) return undefined
  if (shown.codeChallenge === undefined) return "verifier_missing"
  return authorization.codeChallenge === undefined ? "verifier_unasked" : "verifier"
}

/** Lifetime of a code in milliseconds; RFC 6749 §4.1.2 allows ten minutes at most. */
export const codeLifetimeMillis = 300_000

/**
 * Time for which a used or expired code is stored, in milliseconds: to explain its refusal, and to detect a stolen
 * code.
 */
export const codeMemoryMillis = 86_400_000

/** Lifetime of a request that waits for the owner's decision, in milliseconds. */
export const requestLifetimeMillis = 1_800_000

/** Maximum number of waiting requests in one session; the oldest is dropped. */
export const maxWaitingRequests = 20
