import { Schema } from "effect"

/** The session is unknown, ended, or past its idle or absolute limit. */
export class SessionExpired extends Schema.TaggedError<SessionExpired>("starpunk/SessionExpired")("SessionExpired", {
  reason: Schema.Literal("unknown", "idle", "absolute")
}) {}

/** The session is alive, but has not proved lately that it is the owner's: what it asks for is too serious for that. */
export class ProofNeeded extends Schema.TaggedError<ProofNeeded>("starpunk/ProofNeeded")("ProofNeeded", {}) {}

/** What asking for a session may fail with, the database aside. */
export type SessionFailure = SessionExpired | ProofNeeded
