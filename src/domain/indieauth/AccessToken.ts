import { Duration, type Redacted, Schema } from "effect"
import { isLoopbackHost } from "./Loopback.js"
import { longestRenewalMillis, renewalGraceMillis, type TokenLifetime } from "./TokenLifetime.js"

/** A client's permission to act for the owner. Times are in epoch milliseconds. */
export interface AccessToken {
  /** Identifies the token in lists and commands. Unlike the token itself, it grants no access. */
  readonly id: string
  readonly label: string
  readonly me: string
  /** Scopes of this site (`Scope`), and scopes for other sites, which permit nothing here. */
  readonly scopes: ReadonlyArray<string>
  readonly createdAt: number
  /** To the minute; absent for unused tokens. */
  readonly lastUsedAt?: number
  /** Absent for tokens that live until they are revoked. */
  readonly expiresAt?: number
  /** The app that the owner authorized (IndieAuth §3.3); absent for tokens made by hand. */
  readonly clientId?: string
  /** Name that the app had when it got the token. */
  readonly clientName?: string
  /** Lifetime of each renewal in milliseconds; absent for tokens that no app can renew. */
  readonly renewalMillis?: number
}

/** A request for a new token. */
export interface NewAccessToken extends TokenLifetime {
  readonly label: string
  readonly me: string
  readonly scopes: ReadonlyArray<string>
  readonly clientId?: string
  readonly clientName?: string
}

/** A new token with its secret, which is not readable later. */
export interface IssuedToken {
  readonly token: Redacted.Redacted
  readonly record: AccessToken
  /** Refresh token, usable once; only for tokens that can be renewed. */
  readonly refresh?: Redacted.Redacted
}

/** Makes the record of a token that is created at `now`. */
export const newRecord = ({ lifetime, renewable, ...token }: NewAccessToken, id: string, now: number): AccessToken => ({
  ...token,
  id,
  createdAt: now,
  ...(lifetime === undefined ? {} : { expiresAt: now + Duration.toMillis(lifetime) }),
  ...(lifetime === undefined || renewable !== true ? {} : { renewalMillis: Duration.toMillis(lifetime) })
})

/**
 * Identifies the app behind a token for the posts that it makes: by its client_id, or by the token's id if the
 * client_id is a loopback address, which many apps share.
 */
export const appOf = ({ clientId, id }: Pick<AccessToken, "clientId" | "id">): string =>
  clientId !== undefined && URL.canParse(clientId) && !isLoopbackHost(new URL(clientId).hostname)
    ? clientId
    : `token:${id}`

/** Expiry of a token's refresh token, in epoch milliseconds. */
export const refreshExpiresAt = (
  renewalMillis: number,
  { createdAt }: Pick<AccessToken, "createdAt">,
  now: number
): number => Math.min(now + renewalMillis + renewalGraceMillis, createdAt + longestRenewalMillis)

/** Maximum length of a token's name in characters. */
export const maxLabelLength = 100

/** Normalizes a token's name: one line, trimmed; `undefined` if it is empty. */
export const labelFrom = (given: string): string | undefined => {
  const label = given.replace(/[\p{C}\s]+/gu, " ").trim()
  return label === "" ? undefined : Array.from(label).slice(0, maxLabelLength).join("")
}

/** Format of a token: 256 random bits as base64url. Other texts are refused without a query. */
export const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** Minimum time between two updates of a token's last use, in milliseconds. */
const touchTokenAfterMillis = 60_000

/** Returns whether a token has expired; at its limit it has. */
export const isTokenExpired = (token: Pick<AccessToken, "expiresAt">, now: number): boolean =>
  token.expiresAt !== undefined && token.expiresAt <= now

/** Returns whether the last use of a token has to be updated at `now`. */
export const isTouchDue = (token: Pick<AccessToken, "lastUsedAt">, now: number): boolean =>
  token.lastUsedAt === undefined || now - token.lastUsedAt >= touchTokenAfterMillis

/** Scopes in the syntax of OAuth 2.0 (RFC 6749 §3.3): one text, separated by spaces. */
export const Scopes = Schema.transform(Schema.String, Schema.Array(Schema.String), {
  strict: true,
  decode: (text) => text.split(/\s+/).filter((scope) => scope !== ""),
  encode: (scopes) => scopes.join(" ")
})
