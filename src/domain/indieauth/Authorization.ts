import type { ClientId } from "./ClientId.js"
import type { TokenLifetime } from "./TokenLifetime.js"

/** What an app asks for, checked, before the owner has said anything to it. */
export interface NewAuthorizationRequest {
  /** The session in which the owner is asked; nobody else can answer. */
  readonly sessionId: string
  readonly clientId: ClientId
  /** As the app calls itself. */
  readonly clientName?: string
  /** As it was sent: the code is redeemed with the very same text. */
  readonly redirectUri: string
  readonly state?: string
  /** Of S256 (RFC 7636); absent for apps that know nothing of PKCE. */
  readonly codeChallenge?: string
  /** None when the app only wants to know who the owner is. */
  readonly scopes: ReadonlyArray<string>
}

/** A request that waits for the owner's decision. */
export interface AuthorizationRequest extends NewAuthorizationRequest {
  readonly id: string
}

/** What the owner has allowed an app; a code stands for it until it is redeemed. */
export interface Authorization extends TokenLifetime {
  readonly clientId: ClientId
  readonly clientName?: string
  readonly redirectUri: string
  readonly codeChallenge?: string
  readonly scopes: ReadonlyArray<string>
  readonly me: string
  /** What the token is called in the owner's list. */
  readonly label: string
}

/** What whoever redeems a code shows to prove that it is theirs. */
export interface Redemption {
  readonly clientId: ClientId
  readonly redirectUri: string
  /** Of the verifier that was shown; absent where none was. */
  readonly codeChallenge?: string
}

/**
 * Why a code is not redeemed by whoever shows it; none when it is theirs. A verifier where no challenge was is refused as
 * well: somebody may have taken the challenge out of the request on its way (RFC 9700 §4.8.2).
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

/** How long a code lives, in milliseconds; RFC 6749 §4.1.2 allows ten minutes at most. */
export const codeLifetimeMillis = 300_000

/** How long a dead code is remembered, in milliseconds: to say why it is refused, and to notice that it was stolen. */
export const codeMemoryMillis = 86_400_000

/** How long a request waits for the owner's decision, in milliseconds. */
export const requestLifetimeMillis = 1_800_000

/** Requests that wait in one session at most; the oldest makes room. */
export const maxWaitingRequests = 20
