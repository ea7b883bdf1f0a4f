import { Context, type Effect, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { SessionExpired } from "../errors/failure/Session.js"

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
}

/** What is remembered of whoever logs in. */
export interface NewSession {
  readonly owner: string
  readonly userAgent?: string
  readonly address?: string
}

/** Owner sessions. Tokens are 256 random bits; only their SHA-256 is stored. */
export class SessionManager extends Context.Tag("starpunk/SessionManager")<
  SessionManager,
  {
    /** Starts a session and answers its token, the only time it is seen. */
    readonly create: (session: NewSession) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Answers the session and extends its idle limit, writing at most once a minute. */
    readonly validate: (token: Redacted.Redacted) => Effect.Effect<Session, SessionExpired | DatabaseFailure>
    /** Ends the old session and starts its successor in one step, with fresh limits. For every login and step-up. */
    readonly rotate: (
      token: Redacted.Redacted,
      session: NewSession
    ) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Living sessions, last used first. */
    readonly list: Effect.Effect<ReadonlyArray<Session>, DatabaseFailure>
    /** Ends one session by its id; answers whether there was one. */
    readonly end: (id: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Ends all sessions; answers how many lived. */
    readonly endAll: Effect.Effect<number, DatabaseFailure>
    /** Removes what is expired, in small batches; answers how many. */
    readonly cleanup: Effect.Effect<number, DatabaseFailure>
  }
>() {}
