import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { brief, inWords } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

const recovery = ["If the owner has lost every way to log in, run `npx starpunk owner reset` on the server"]

/** The passphrase is wrong, or the site has no owner. The client cannot tell which. */
export class PassphraseWrong extends TaggedFailure<PassphraseWrong>()("PassphraseWrong", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "auth.passphrase_wrong",
      status: 401,
      fault: "user",
      retryable: false,
      message: "The passphrase is wrong",
      suggestion: "Type it again. Upper and lower case matter",
      troubleshooting: [
        "If you added a passkey, you can log in with it instead",
        "The operator of this site can reset the login"
      ],
      operator: { details: "Login with a wrong passphrase, or on a site without an owner", troubleshooting: recovery }
    }
  }
}

const refusal: Record<PassphraseRefused["reason"], { readonly message: string; readonly suggestion: string }> = {
  too_short: {
    message: "This passphrase is too short",
    suggestion: "Use at least 8 characters, for example four or five unrelated words"
  },
  too_long: { message: "This passphrase is too long", suggestion: "Use at most 1024 characters" },
  differs: { message: "The two passphrases do not match", suggestion: "Enter the same passphrase twice" },
  unchanged: { message: "This is already your passphrase", suggestion: "Choose a different one" },
  common: {
    message: "This passphrase is too easy to guess",
    suggestion:
      "Digits and symbols around a common word do not help. Use four or five unrelated words, or let a password manager create one"
  },
  of_site: {
    message: "This passphrase consists of words that are visible on this site",
    suggestion: "Use four or five unrelated words. Avoid the site's address, its name, your name and “starpunk”"
  }
}

/** The new passphrase is not acceptable. */
export class PassphraseRefused extends TaggedFailure<PassphraseRefused>()(
  "PassphraseRefused",
  { reason: Schema.Literal("too_short", "too_long", "differs", "unchanged", "common", "of_site") },
  { reason: "too_short" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "auth.passphrase_refused",
      failure: this,
      status: 422,
      fault: "user",
      retryable: false,
      ...refusal[reason],
      troubleshooting: ["Any characters are allowed, including spaces and emoji. Digits and symbols are not required"]
    }
  }
}

/** The one-time code is not valid now, or was used before. */
export class CodeWrong extends TaggedFailure<CodeWrong>()(
  "CodeWrong",
  {
    reason: Schema.Literal("malformed", "wrong", "used")
  },
  { reason: "wrong" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "auth.code_wrong",
      failure: this,
      status: 401,
      fault: "user",
      retryable: false,
      message: reason === "used" ? "This code was already used" : "That code is not valid right now",
      suggestion:
        reason === "used"
          ? "Wait until the app shows the next code; each code works once"
          : "Enter the six digits that the app shows now, or one of your recovery codes",
      troubleshooting: [
        "If every code is rejected, the phone's clock may be wrong: let the phone set its time automatically",
        "Each recovery code works once, instead of a code from the app"
      ],
      operator: {
        details: `A one-time code was rejected (${reason})`,
        troubleshooting: ["Run `timedatectl` to check that the server's clock is synchronised", ...recovery]
      }
    }
  }
}

const passkeyFault: Record<PasskeyRefused["reason"], string> = {
  malformed: "The browser sent an invalid response",
  unknown: "This passkey is not registered on this site",
  known: "This passkey was already added",
  invalid: "The passkey could not be verified"
}

/** The response of the browser's passkey is not valid. */
export class PasskeyRefused extends TaggedFailure<PasskeyRefused>()(
  "PasskeyRefused",
  {
    /** `unknown`: none of this site's; `known`: added before; `invalid`: origin, challenge, signature or counter are wrong. */
    reason: Schema.Literal("malformed", "unknown", "known", "invalid"),
    /** Details for the log. */
    detail: Schema.optional(Schema.String)
  },
  { reason: "unknown" }
) {
  get info(): ErrorInfo {
    const { detail, reason } = this
    return {
      code: "auth.passkey_refused",
      failure: this,
      status: reason === "known" ? 409 : 401,
      fault: "user",
      retryable: false,
      message: passkeyFault[reason],
      suggestion: reason === "known" ? "Use it to log in" : "Try again, use another passkey, or use the passphrase",
      troubleshooting: ["A passkey works only at the site's configured address: open the site at that address"],
      operator: {
        details: `A passkey was rejected (${reason})${detail === undefined ? "" : `: ${brief(detail)}`}`,
        troubleshooting: [
          "Set STARPUNK_SITE_URL to the address that the browser shows: passkeys are bound to its host",
          ...recovery
        ]
      }
    }
  }
}

/** The login has expired, was started in another browser, or was never started. */
export class LoginStepExpired extends TaggedFailure<LoginStepExpired>()("LoginStepExpired", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "auth.login_step_expired",
      status: 401,
      fault: "user",
      retryable: false,
      message: "This login has expired, or it was started in another browser",
      suggestion: "Start the login again",
      troubleshooting: ["If this happens immediately, allow cookies for this site"]
    }
  }
}

/** The setup link is not the most recent one, was used, or has expired; or the site already has an owner. */
export class SetupLinkInvalid extends TaggedFailure<SetupLinkInvalid>()(
  "SetupLinkInvalid",
  { reason: Schema.Literal("unknown", "claimed") },
  { reason: "unknown" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "auth.setup_link_invalid",
      failure: this,
      status: 403,
      fault: "user",
      retryable: false,
      message: reason === "claimed" ? "This site already has an owner" : "This setup link has expired",
      suggestion:
        reason === "claimed"
          ? "Log in, if you are the owner"
          : "Use the most recent link; a new link is printed at every start",
      troubleshooting: ["A setup link is valid for one day, works once, and expires when a newer one is printed"],
      operator: {
        details: `A setup link was rejected (${reason})`,
        troubleshooting: [
          "If the site has no owner yet, run `npx starpunk owner setup` to print a new link",
          ...recovery
        ]
      }
    }
  }
}

/** Too many attempts from a network, or at the owner's account. */
export class TooManyAttempts extends TaggedFailure<TooManyAttempts>()(
  "TooManyAttempts",
  {
    /** Whole seconds until the next attempt is accepted. */
    retryAfterSeconds: Schema.Number
  },
  { retryAfterSeconds: 30 }
) {
  get info(): ErrorInfo {
    const { retryAfterSeconds } = this
    return {
      code: "auth.too_many_attempts",
      failure: this,
      status: 429,
      fault: "user",
      retryable: true,
      retryAfter: retryAfterSeconds,
      message: "Too many attempts",
      suggestion: `Wait ${inWords(retryAfterSeconds)}, then try again`,
      troubleshooting: [
        "To log in at once, use a passkey, or a browser in which you logged in before: attempts of other people do not block these"
      ],
      operator: {
        details: "Logins are rate-limited because too many failed",
        troubleshooting: [
          "Log lines `Login refused` give the client addresses",
          "Behind a proxy, set STARPUNK_TRUSTED_PROXIES to the proxy's address; otherwise all visitors share one limit. STARPUNK_RATE_LIMIT_ENABLED=false turns the limit off"
        ]
      }
    }
  }
}

/** Failures of a login and its settings, without those of the database. */
export type LoginFailure =
  | PassphraseWrong
  | PassphraseRefused
  | CodeWrong
  | PasskeyRefused
  | LoginStepExpired
  | SetupLinkInvalid
  | TooManyAttempts
