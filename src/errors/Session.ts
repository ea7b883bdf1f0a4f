import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** The session is unknown, ended, or past its idle or absolute limit. */
export class SessionExpired extends TaggedFailure<SessionExpired>()(
  "SessionExpired",
  {
    reason: Schema.Literal("unknown", "idle", "absolute")
  },
  { reason: "idle" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "session.expired",
      failure: this,
      status: 401,
      fault: "user",
      retryable: false,
      message: reason === "idle" ? "You were logged out because of inactivity" : "Your session has ended",
      suggestion: "Log in again",
      troubleshooting: [
        "Copy what you were writing before you leave this page",
        "If it happens right after logging in, allow cookies for this site"
      ],
      operator: {
        details: `The session is no longer valid (${reason})`,
        troubleshooting: [
          "STARPUNK_SESSION_TIMEOUT (idle) and STARPUNK_SESSION_MAX_AGE (absolute) limit sessions, in seconds",
          "`starpunk config show` prints both"
        ]
      }
    }
  }
}

/** The session is valid, but this action needs a recent login. */
export class ProofNeeded extends TaggedFailure<ProofNeeded>()("ProofNeeded", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "session.proof_needed",
      status: 401,
      fault: "user",
      retryable: false,
      message: "Confirm your identity",
      suggestion: "Log in again at /auth/confirm, then repeat the request within ten minutes",
      troubleshooting: [
        "Changes to logins, sessions and access for apps require a recent login",
        "A passkey with fingerprint, face or PIN is the fastest way"
      ]
    }
  }
}

/** Failures of a lookup of a session, without those of the database. */
export type SessionFailure = SessionExpired | ProofNeeded
