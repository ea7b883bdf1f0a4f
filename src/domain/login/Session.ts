import { Duration } from "effect"

/** Who is logged in, from where, and until when. All times are epoch milliseconds, UTC. */
export interface Session {
  /** Names the session in lists and commands; unlike the token it opens nothing. */
  readonly id: string
  /** The owner's identity URL. */
  readonly owner: string
  readonly createdAt: number
  readonly lastUsedAt: number
  /** The idle limit as it stands now; moves forward with use, never past `endsAt`. */
  readonly expiresAt: number
  /** The absolute limit; never moves. */
  readonly endsAt: number
  readonly userAgent?: string
  readonly address?: string
  /** When its browser last proved to be the owner's; absent where it never did, or the proof does not count any more. */
  readonly provedAt?: number
}

/** What is remembered of whoever logs in. */
export interface NewSession {
  readonly owner: string
  /** Whether this login is a proof of who it is, with everything that a login asks for; it is not where this is absent. */
  readonly proved?: boolean
  readonly userAgent?: string
  readonly address?: string
}

/** How long a proof counts, in milliseconds: long enough to fetch the phone and to set up an app on it. */
export const proofMillis = 600_000

/** How far a clock may go back before proofs from what is then the future do not count, in milliseconds. */
const tolerated = 60_000

/** Whether a session may change how its owner logs in, or what is as serious. */
export const isProofFresh = ({ provedAt }: Pick<Session, "provedAt">, now: number): boolean =>
  provedAt !== undefined && now - provedAt < proofMillis && provedAt - now <= tolerated

/** How long a session may be idle, and how long it may live at all. Milliseconds. */
export interface SessionLimits {
  readonly idleMillis: number
  readonly maxAgeMillis: number
}

/** The limits that the settings ask for. */
export const limitsFrom = (settings: {
  readonly idleTimeout: Duration.Duration
  readonly maxAge: Duration.Duration
}): SessionLimits => ({
  idleMillis: Duration.toMillis(settings.idleTimeout),
  maxAgeMillis: Duration.toMillis(settings.maxAge)
})

/** The limits a session gets when it starts or is used at `now`; the absolute limit wins over the idle one. */
export const expiresAt = (limits: SessionLimits, now: number, endsAt: number): number =>
  Math.min(now + limits.idleMillis, endsAt)

/**
 * The one predicate for "expired": at its limit a session is dead. A session that claims to come from further ahead
 * than any session may live was made by a wrong clock, and is dead too.
 */
export const isExpired = (
  limits: SessionLimits,
  session: Pick<Session, "createdAt" | "expiresAt">,
  now: number
): boolean => session.expiresAt <= now || session.createdAt > now + limits.maxAgeMillis

/** Which limit a dead session ran into. */
export const expiryReason = (session: Pick<Session, "endsAt">, now: number): "idle" | "absolute" =>
  session.endsAt <= now ? "absolute" : "idle"

/** How stale `lastUsedAt` must be before use is written down: a minute, or a tenth of a shorter idle limit. */
export const touchAfterMillis = (limits: SessionLimits): number => Math.min(60_000, limits.idleMillis / 10)

/**
 * The time that limits are held against: a clock that is set back does not bring expired sessions to life. `latest` is
 * the newest instant seen so far. Further ahead than any session may live, it was itself the error, and is dropped.
 */
export const steadyNow = (limits: SessionLimits, clock: number, latest: number): number =>
  latest - clock > limits.maxAgeMillis ? clock : Math.max(clock, latest)
