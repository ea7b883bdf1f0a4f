import { Duration } from "effect"

/** A login session. Times are in epoch milliseconds. */
export interface Session {
  /** Identifies the session in lists and commands. Unlike the token, it grants no access. */
  readonly id: string
  /** The owner's identity URL. */
  readonly owner: string
  readonly createdAt: number
  readonly lastUsedAt: number
  /** Current idle limit; moves forward with use, never past `endsAt`. */
  readonly expiresAt: number
  /** Absolute limit; never moves. */
  readonly endsAt: number
  readonly userAgent?: string
  readonly address?: string
  /** Last time at which the owner authenticated in this session; absent if that never happened, or no longer counts. */
  readonly provedAt?: number
}

/** A session to be created. */
export interface NewSession {
  readonly owner: string
  /** Whether this login was a complete authentication; not when absent. */
  readonly proved?: boolean
  readonly userAgent?: string
  readonly address?: string
}

/** How long an authentication counts as recent, in milliseconds: enough time to set up an app on a phone. */
const proofMillis = 600_000

/** How far a clock may go back, in milliseconds; authentications further in the future do not count. */
const tolerated = 60_000

/** Returns whether a session may change login settings, or do something equally sensitive. */
export const isProofFresh = ({ provedAt }: Pick<Session, "provedAt">, now: number): boolean =>
  provedAt !== undefined && now - provedAt < proofMillis && provedAt - now <= tolerated

/** Maximum idle time and maximum lifetime of a session, in milliseconds. */
export interface SessionLimits {
  readonly idleMillis: number
  readonly maxAgeMillis: number
}

/** Reads the limits from the settings. */
export const limitsFrom = (settings: {
  readonly idleTimeout: Duration.Duration
  readonly maxAge: Duration.Duration
}): SessionLimits => ({
  idleMillis: Duration.toMillis(settings.idleTimeout),
  maxAgeMillis: Duration.toMillis(settings.maxAge)
})

/** The idle limit of a session that starts or is used at `now`; never beyond the absolute limit. */
export const expiresAt = (limits: SessionLimits, now: number, endsAt: number): number =>
  Math.min(now + limits.idleMillis, endsAt)

/**
 * Returns whether a session has expired; at its limit it has. The only definition. A session created too far in the
 * future was made with a wrong clock and counts as expired too.
 */
export const isExpired = (
  limits: SessionLimits,
  session: Pick<Session, "createdAt" | "expiresAt">,
  now: number
): boolean => session.expiresAt <= now || session.createdAt > now + limits.maxAgeMillis

/** The limit that an expired session exceeded. */
export const expiryReason = (session: Pick<Session, "endsAt">, now: number): "idle" | "absolute" =>
  session.endsAt <= now ? "absolute" : "idle"

/** Minimum time between two updates of `lastUsedAt` in milliseconds: a minute, or a tenth of a shorter idle limit. */
export const touchAfterMillis = (limits: SessionLimits): number => Math.min(60_000, limits.idleMillis / 10)

/**
 * The time to compare limits with, so that a clock that is set back does not revive expired sessions. `latest` is the
 * newest instant seen so far; if it is too far ahead, it was wrong itself and is ignored.
 */
export const steadyNow = (limits: SessionLimits, clock: number, latest: number): number =>
  latest - clock > limits.maxAgeMillis ? clock : Math.max(clock, latest)
