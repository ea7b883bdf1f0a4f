import { Schema } from "effect"

/** The session is unknown, ended, or past its idle or absolute limit. */
export class SessionExpired extends Schema.TaggedError<SessionExpired>("starpunk/SessionExpired")("SessionExpired", {
  reason: Schema.Literal("unknown", "idle", "absolute")
}) {}

/** What asking for a session may fail with, the database aside. */
export type SessionFailure = SessionExpired
