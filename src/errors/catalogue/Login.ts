import {
  CodeWrong,
  type LoginFailure,
  LoginStepExpired,
  PasskeyRefused,
  PassphraseRefused,
  PassphraseWrong,
  SetupLinkInvalid,
  TooManyAttempts
} from "../failure/Login.js"
import { brief, type Entries, inWords } from "./Entry.js"

const refusal: Record<PassphraseRefused["reason"], { readonly message: string; readonly suggestion: string }> = {
  too_short: {
    message: "This passphrase is too short",
    suggestion: "Take at least 8 characters; four or five words that do not belong together are good"
  },
  too_long: { message: "This passphrase is too long", suggestion: "Take at most 1024 characters" },
  differs: { message: "The two passphrases are not the same", suggestion: "Type the same passphrase twice" },
  unchanged: { message: "This is the passphrase you have already", suggestion: "Choose another one" },
  common: {
    message: "This passphrase is among the first that are guessed",
    suggestion:
      "Digits and signs around a common word do not help: take four or five words that do not belong together, or let a password manager make one"
  },
  of_site: {
    message: "This passphrase is made of words that everybody can see on this site",
    suggestion:
      "Use other words than the site's address, its name, yours and “starpunk”: four or five that do not belong together"
  }
}

const passkeyFault: Record<PasskeyRefused["reason"], string> = {
  malformed: "The browser's answer cannot be read",
  unknown: "This passkey is not one of this site's",
  known: "This passkey has been added already",
  invalid: "The passkey could not be verified"
}

const recovery = ["Whoever lost everything that opens the site takes it back at the server: `npx starpunk owner reset`"]

/** What people are told when they could not be logged in, or could not change how they log in. */
export const login: Entries<LoginFailure> = {
  PassphraseWrong: {
    example: new PassphraseWrong(),
    explain: () => ({
      code: "auth.passphrase_wrong",
      status: 401,
      fault: "user",
      retryable: false,
      message: "That is not the passphrase",
      suggestion: "Type it again; capital and small letters matter",
      troubleshooting: [
        "A passkey opens the site without the passphrase, where one was added",
        "Whoever runs this site can give it a new login"
      ],
      operator: { details: "A login with a wrong passphrase, or on a site without an owner", troubleshooting: recovery }
    })
  },
  PassphraseRefused: {
    example: new PassphraseRefused({ reason: "too_short" }),
    explain: ({ reason }) => ({
      code: "auth.passphrase_refused",
      status: 422,
      fault: "user",
      retryable: false,
      ...refusal[reason],
      troubleshooting: ["Any characters are fine, spaces and emoji included; nothing has to be mixed in"]
    })
  },
  CodeWrong: {
    example: new CodeWrong({ reason: "wrong" }),
    explain: ({ reason }) => ({
      code: "auth.code_wrong",
      status: 401,
      fault: "user",
      retryable: false,
      message: reason === "used" ? "This code has been used already" : "That is not the code of this moment",
      suggestion:
        reason === "used"
          ? "Wait until the app shows the next one; each opens the site once"
          : "Type the six digits that the app shows now, or one of your recovery codes",
      troubleshooting: [
        "If every code is refused, the clock of the phone may be wrong: set it to automatic time",
        "A recovery code takes the place of the app, once"
      ],
      operator: {
        details: `A one-time code was refused (${reason})`,
        troubleshooting: ["`timedatectl` shows whether the server's clock is synchronised", ...recovery]
      }
    })
  },
  PasskeyRefused: {
    example: new PasskeyRefused({ reason: "unknown" }),
    explain: ({ detail, reason }) => ({
      code: "auth.passkey_refused",
      status: reason === "known" ? 409 : 401,
      fault: "user",
      retryable: false,
      message: passkeyFault[reason],
      suggestion: reason === "known" ? "Use it to log in" : "Try again, take another passkey, or use the passphrase",
      troubleshooting: ["Passkeys belong to one address: open the site under the address it is configured for"],
      operator: {
        details: `A passkey was refused (${reason})${detail === undefined ? "" : `: ${brief(detail)}`}`,
        troubleshooting: [
          "STARPUNK_SITE_URL has to be the address that the browser shows: passkeys are bound to its host",
          ...recovery
        ]
      }
    })
  },
  LoginStepExpired: {
    example: new LoginStepExpired(),
    explain: () => ({
      code: "auth.login_step_expired",
      status: 401,
      fault: "user",
      retryable: false,
      message: "This login was begun too long ago, or in another browser",
      suggestion: "Please begin again",
      troubleshooting: ["If it happens at once, allow cookies for this site"]
    })
  },
  SetupLinkInvalid: {
    example: new SetupLinkInvalid({ reason: "unknown" }),
    explain: ({ reason }) => ({
      code: "auth.setup_link_invalid",
      status: 403,
      fault: "user",
      retryable: false,
      message: reason === "claimed" ? "This site has its owner already" : "This setup link opens nothing any more",
      suggestion:
        reason === "claimed"
          ? "Log in, if you are the owner"
          : "Open the newest one: a new one is made whenever the site is started",
      troubleshooting: ["A setup link holds for a day, opens the site once, and ends when a newer one is printed"],
      operator: {
        details: `A setup link was refused (${reason})`,
        troubleshooting: ["While the site has no owner, `npx starpunk owner setup` prints a new link", ...recovery]
      }
    })
  },
  TooManyAttempts: {
    example: new TooManyAttempts({ retryAfterSeconds: 30 }),
    explain: ({ retryAfterSeconds }) => ({
      code: "auth.too_many_attempts",
      status: 429,
      fault: "user",
      retryable: true,
      retryAfter: retryAfterSeconds,
      message: "Too many attempts",
      suggestion: `Wait ${inWords(retryAfterSeconds)}, and try again`,
      troubleshooting: [
        "A passkey, and a browser that was logged in here before, are not held up by other people's attempts"
      ],
      operator: {
        details: "Logins are slowed because too many failed",
        troubleshooting: [
          "The lines `Login refused` of the log say from where",
          "STARPUNK_RATE_LIMIT_ENABLED=false turns it off; behind a proxy, STARPUNK_TRUSTED_PROXIES has to name it, or all visitors look like one"
        ]
      }
    })
  }
}
