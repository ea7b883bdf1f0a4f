import { Duration, Schema } from "effect"
import { Scope } from "./Scope.js"

/** A client's permission to act for the owner. Times are epoch milliseconds, UTC. */
export interface AccessToken {
  /** Names the token in lists and commands; unlike the token itself it opens nothing. */
  readonly id: string
  readonly label: string
  readonly me: string
  readonly scopes: ReadonlyArray<Scope>
  readonly createdAt: number
  /** To the minute; absent for tokens that were never used. */
  readonly lastUsedAt?: number
  /** Absent for tokens that live until they are revoked. */
  readonly expiresAt?: number
}

/** What a new token is to be good for. */
export interface NewAccessToken {
  readonly label: string
  readonly me: string
  readonly scopes: ReadonlyArray<Scope>
  /** How long it lives; until it is revoked when absent. */
  readonly lifetime?: Duration.Duration
}

/** The record of a token that is made at `now`. */
export const newRecord = ({ lifetime, ...token }: NewAccessToken, id: string, now: number): AccessToken => ({
  ...token,
  id,
  createdAt: now,
  ...(lifetime === undefined ? {} : { expiresAt: now + Duration.toMillis(lifetime) })
})

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
}).pipe(Schema.compose(Schema.Array(Scope)))
