import { Context, type Effect, type Redacted } from "effect"
import type { NewSession, Session } from "../domain/login/Session.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { SessionExpired } from "../errors/failure/Session.js"

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
    /** Ends all sessions but the one of this id; answers how many lived. */
    readonly endOthers: (id: string) => Effect.Effect<number, DatabaseFailure>
    /**
     * Makes all sessions but the one of this id prove again who they are before they may change how the owner logs in: what
     * a login asks for has changed.
     */
    readonly distrustOthers: (id: string) => Effect.Effect<void, DatabaseFailure>
    /** Ends all sessions; answers how many lived. */
    readonly endAll: Effect.Effect<number, DatabaseFailure>
    /** Removes what is expired, in small batches; answers how many. */
    readonly cleanup: Effect.Effect<number, DatabaseFailure>
  }
>() {}
