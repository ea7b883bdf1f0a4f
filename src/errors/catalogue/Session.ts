import { ProofNeeded, SessionExpired, type SessionFailure } from "../failure/Session.js"
import type { Entries } from "./Entry.js"

/** Texts of errors of sessions. */
export const session: Entries<SessionFailure> = {
  SessionExpired: {
    example: new SessionExpired({ reason: "idle" }),
    explain: ({ reason }) => ({
      code: "session.expired",
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
    })
  },
  ProofNeeded: {
    example: new ProofNeeded(),
    explain: () => ({
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
    })
  }
}
