import { Context, type Effect, type Redacted } from "effect"
import type { NewSession, Session } from "../domain/login/Session.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { SessionExpired } from "../errors/Session.js"

/** Owner sessions. Tokens are 256 random bits; only their SHA-256 is stored. */
export class SessionManager extends Context.Tag("starpunk/SessionManager")<
  SessionManager,
  {
    /** Starts a session. Returns its token, which is not readable later. */
    readonly create: (session: NewSession) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Returns the session and extends its idle limit, with at most one write per minute. */
    readonly validate: (token: Redacted.Redacted) => Effect.Effect<Session, SessionExpired | DatabaseFailure>
    /** Ends a session and starts its successor in one transaction, with fresh limits. For every login and step-up. */
    readonly rotate: (
      token: Redacted.Redacted,
      session: NewSession
    ) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Sessions that have not expired, last used first. */
    readonly list: Effect.Effect<ReadonlyArray<Session>, DatabaseFailure>
    /** Ends a session. Returns false if there is none with this id. */
    readonly end: (id: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Ends all sessions except the one with this id. Returns the number of active ones. */
    readonly endOthers: (id: string) => Effect.Effect<number, DatabaseFailure>
    /**
     * Requires all sessions except the one with this id to authenticate again before they change login settings,
     * because the requirements of a login have changed.
     */
    readonly distrustOthers: (id: string) => Effect.Effect<void, DatabaseFailure>
    /** Ends all sessions. Returns the number of active ones. */
    readonly endAll: Effect.Effect<number, DatabaseFailure>
    /** Removes expired sessions, in small batches. Returns their number. */
    readonly cleanup: Effect.Effect<number, DatabaseFailure>
  }
>() {}
