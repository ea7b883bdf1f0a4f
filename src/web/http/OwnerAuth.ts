import { HttpLayerRouter } from "@effect/platform"
import { Clock, Context, Effect } from "effect"
import { isProofFresh, type Session } from "../../domain/login/Session.js"
import { browserInWords } from "../../domain/login/UserAgent.js"
import { ProofNeeded } from "../../errors/Session.js"
import { SessionManager } from "../../services/SessionManager.js"
import { ownerSession } from "./SessionCookie.js"

/** The active session of the owner. */
export class OwnerSession extends Context.Tag("starpunk/OwnerSession")<OwnerSession, Session>() {}

/** The browser of the request in words, such as "Firefox on Linux"; `undefined` if it is not recognized. */
export const ownersBrowser = Effect.map(OwnerSession, ({ userAgent = "" }) => browserInWords(userAgent))

/** The owner's session with recent authentication. */
export class ProvenOwnerSession extends Context.Tag("starpunk/ProvenOwnerSession")<ProvenOwnerSession, Session>() {}

/** Requires the owner's session, before the body is read. Routes with the caller `owner` need it. */
export const OwnerAuth = HttpLayerRouter.middleware<{ provides: OwnerSession }>()(
  Effect.map(SessionManager, (sessions) => {
    const session = ownerSession(sessions)
    return (handler) => Effect.provideServiceEffect(handler, OwnerSession, session)
  })
).layer

/** Fails unless the session has recent authentication. */
export const requireProof = (session: Session): Effect.Effect<void, ProofNeeded> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => (isProofFresh(session, now) ? Effect.void : new ProofNeeded()))

/**
 * Requires the owner's session with recent authentication, for changes of login settings and other actions that a
 * borrowed browser must not do. Routes with the caller `proven_owner` need it.
 */
export const ProofAuth = HttpLayerRouter.middleware<{ provides: ProvenOwnerSession }>()(
  Effect.map(SessionManager, (sessions) => {
    const proven = Effect.tap(ownerSession(sessions), requireProof)
    return (handler) => Effect.provideServiceEffect(handler, ProvenOwnerSession, proven)
  })
).layer
