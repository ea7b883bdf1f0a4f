import { ProofNeeded, SessionExpired, type SessionFailure } from "../failure/Session.js"
import type { Entries } from "./Entry.js"

/** What people are told when they are not, or no longer, logged in. */
export const session: Entries<SessionFailure> = {
  SessionExpired: {
    example: new SessionExpired({ reason: "idle" }),
    explain: ({ reason }) => ({
      code: "session.expired",
      status: 401,
      fault: "user",
      retryable: false,
      message: reason === "idle" ? "You were away for a while, and have been logged out" : "Your session has ended",
      suggestion: "Please log in again",
      troubleshooting: [
        "Keep a copy of what you were writing before you leave this page",
        "If it happens right after logging in, allow cookies for this site"
      ],
      operator: {
        details: `The session is not valid any more (${reason})`,
        troubleshooting: [
          "STARPUNK_SESSION_TIMEOUT (idle) and STARPUNK_SESSION_MAX_AGE (absolute), in seconds, set how long sessions last",
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
      message: "Confirm that it is you",
      suggestion: "Log in once more at /auth/confirm, and ask again within ten minutes",
      troubleshooting: [
        "What opens the site, who else is logged in, and access for apps are changed only shortly after a login",
        "A passkey that asks for a finger, a face or a PIN is the quickest way"
      ]
    })
  }
}
