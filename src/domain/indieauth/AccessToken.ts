import { Duration, type Redacted, Schema } from "effect"
import { isLoopbackHost } from "./Loopback.js"
import { longestRenewalMillis, renewalGraceMillis, type TokenLifetime } from "./TokenLifetime.js"

/** A client's permission to act for the owner. Times are epoch milliseconds, UTC. */
export interface AccessToken {
  /** Names the token in lists and commands; unlike the token itself it opens nothing. */
  readonly id: string
  readonly label: string
  readonly me: string
  /** Those of this site (`Scope`), and those for others, which permit nothing here. */
  readonly scopes: ReadonlyArray<string>
  readonly createdAt: number
  /** To the minute; absent for tokens that were never used. */
  readonly lastUsedAt?: number
  /** Absent for tokens that live until they are revoked. */
  readonly expiresAt?: number
  /** The app that the owner gave it to (IndieAuth §3.3); absent for tokens made by hand. */
  readonly clientId?: string
  /** As the app called itself when it got the token. */
  readonly clientName?: string
  /** How long each renewal lasts, in milliseconds; absent for tokens that no app can renew. */
  readonly renewalMillis?: number
}

/** What a new token is to be good for. */
export interface NewAccessToken extends TokenLifetime {
  readonly label: string
  readonly me: string
  readonly scopes: ReadonlyArray<string>
  readonly clientId?: string
  readonly clientName?: string
}

/** A token as it is handed out, the only time it is seen. */
export interface IssuedToken {
  readonly token: Redacted.Redacted
  readonly record: AccessToken
  /** Gets the next token, once; only with tokens that can be renewed. */
  readonly refresh?: Redacted.Redacted
}

/** The record of a token that is made at `now`. */
export const newRecord = ({ lifetime, renewable, ...token }: NewAccessToken, id: string, now: number): AccessToken => ({
  ...token,
  id,
  createdAt: now,
  ...(lifetime === undefined ? {} : { expiresAt: now + Duration.toMillis(lifetime) }),
  ...(lifetime === undefined || renewable !== true ? {} : { renewalMillis: Duration.toMillis(lifetime) })
})

/**
 * Names the app behind a token, for what it posts: its client_id, or the token itself where that stands for no one app, as
 * on the computer of whoever signs in.
 */
export const appOf = ({ clientId, id }: Pick<AccessToken, "clientId" | "id">): string =>
  clientId !== undefined && URL.canParse(clientId) && !isLoopbackHost(new URL(clientId).hostname)
    ? clientId
    : `token:${id}`

/** When the refresh token that comes with a token is dead, in epoch milliseconds. */
export const refreshExpiresAt = (
  renewalMillis: number,
  { createdAt }: Pick<AccessToken, "createdAt">,
  now: number
): number => Math.min(now + renewalMillis + renewalGraceMillis, createdAt + longestRenewalMillis)

/** The longest name that a token may bear, in characters. */
export const maxLabelLength = 100

/** What somebody calls a token, as it is kept: on one line, without spaces around it; none when nothing is left. */
export const labelFrom = (given: string): string | undefined => {
  const label = given.replace(/[\p{C}\s]+/gu, " ").trim()
  return label === "" ? undefined : Array.from(label).slice(0, maxLabelLength).join("")
}

/** 256 random bits as base64url: what every token looks like, so that anything else need not be looked up. */
export const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** Use is written down when what is known of it is older than this many milliseconds. */
export const touchTokenAfterMillis = 60_000

/** At its limit a token is dead. */
export const isTokenExpired = (token: Pick<AccessToken, "expiresAt">, now: number): boolean =>
  token.expiresAt !== undefined && token.expiresAt <= now

/** Whether a token's use at `now` is worth writing down. */
export const isTouchDue = (token: Pick<AccessToken, "lastUsedAt">, now: number): boolean =>
  token.lastUsedAt === undefined || now - token.lastUsedAt >= touchTokenAfterMillis

/** Scopes as OAuth 2.0 writes them (RFC 6749 §3.3): in one text, separated by spaces. */
export const Scopes = Schema.transform(Schema.String, Schema.Array(Schema.String), {
  strict: true,
  decode: (text) => text.split(/\s+/).filter((scope) => scope !== ""),
  encode: (scopes) => scopes.join(" ")
})
