import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

const asked: Record<ProviderUnavailable["question"], string> = {
  profile: "the owner's page",
  metadata: "the provider's metadata",
  token: "the owner of a token",
  code: "the identity behind a code"
}

const silence: Record<ProviderUnavailable["reason"], string> = {
  refused: "its address is not public",
  unreachable: "it is unreachable",
  timeout: "it did not answer in time",
  status: "it answered with an error",
  malformed: "its response does not follow the standards"
}

const again = "Start again on the login page of this site"

/** The owner's IndieAuth provider did not answer, or its answer is not valid. Access is refused. */
export class ProviderUnavailable extends TaggedFailure<ProviderUnavailable>()(
  "ProviderUnavailable",
  {
    host: Schema.String,
    /** The request that failed. */
    question: Schema.Literal("profile", "metadata", "token", "code"),
    reason: Schema.Literal("refused", "unreachable", "timeout", "status", "malformed"),
    /** The status of the response, with the reason `status`. */
    status: Schema.optional(Schema.Int)
  },
  { host: "provider.example", question: "token", reason: "timeout" }
) {
  get info(): ErrorInfo {
    const { host, question, reason, status } = this
    return {
      code: "indieauth.provider_unavailable",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 10,
      message: "The owner's IndieAuth provider did not respond correctly",
      suggestion:
        question === "code"
          ? `${again} in a moment`
          : "Try again in a moment. Your token or password is not the problem",
      troubleshooting: ["Check whether the provider's site is reachable"],
      operator: {
        details: `${host} was asked for ${asked[question]}, but ${silence[reason]}${status === undefined ? "" : ` (${status})`}`,
        troubleshooting: [
          "Open the page at STARPUNK_ADMIN_ME and the endpoints it declares in a browser",
          "If the provider is in your own network, add its host to STARPUNK_OUTBOUND_ALLOW",
          "Tokens created on this site and this site's own login do not need the provider"
        ]
      }
    }
  }
}

const unusable: Record<ProviderUnusable["reason"], { readonly details: string; readonly remedy: string }> = {
  no_endpoint: {
    details: "declares no authorization endpoint",
    remedy: 'Add `<link rel="indieauth-metadata" href="…">` of your provider to the head of the page'
  },
  insecure: {
    details: "or an endpoint that it declares does not use https",
    remedy:
      "Use https:// in STARPUNK_ADMIN_ME and for the provider. Add a host of your own network to STARPUNK_OUTBOUND_ALLOW"
  },
  issuer: {
    details: "declares metadata whose issuer is not an https prefix of the metadata's address",
    remedy: "Correct `issuer` in the provider's metadata (IndieAuth, section 4.1.1)"
  }
}

/** The owner's page names no provider that can be trusted. */
export class ProviderUnusable extends TaggedFailure<ProviderUnusable>()(
  "ProviderUnusable",
  { page: Schema.String, reason: Schema.Literal("no_endpoint", "insecure", "issuer") },
  { page: "https://ada.example/", reason: "no_endpoint" }
) {
  get info(): ErrorInfo {
    const { page, reason } = this
    return {
      code: "indieauth.provider_unusable",
      status: 502,
      fault: "system",
      retryable: false,
      message: "The owner's page declares no usable IndieAuth provider",
      suggestion: "Log in another way, or contact the owner of this site",
      troubleshooting: ["The site's log has the reason: report the time of your attempt to the operator of this site"],
      operator: {
        details: `${brief(page)} ${unusable[reason].details}`,
        troubleshooting: [unusable[reason].remedy, "https://indieauth.spec.indieweb.org/#discovery"]
      }
    }
  }
}

/** The identity that the provider confirmed is not the owner. */
export class MeMismatch extends TaggedFailure<MeMismatch>()(
  "MeMismatch",
  {
    expected: Schema.String,
    given: Schema.String
  },
  { expected: "https://ada.example/", given: "https://eve.example/" }
) {
  get info(): ErrorInfo {
    const { expected, given } = this
    return {
      code: "auth.me_mismatch",
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "forbidden",
      message: `You are signed in as ${brief(given)}, but this site belongs to ${brief(expected)}`,
      suggestion: `Sign in again as ${brief(expected)}`,
      troubleshooting: ["If your provider does not ask who you are, sign out there first"],
      operator: {
        details: `The provider confirmed ${brief(given)}, but the owner is ${brief(expected)}`,
        troubleshooting: ["Set STARPUNK_ADMIN_ME to the address that the provider returns as `me`"]
      }
    }
  }
}

const refusal: Record<SignInRefused["reason"], { readonly message: string; readonly suggestion: string }> = {
  unknown: { message: "This sign-in is unknown or was already used", suggestion: again },
  expired: { message: "This sign-in took longer than ten minutes", suggestion: again },
  browser: {
    message: "This sign-in was started in another browser, or a newer one replaced it",
    suggestion: `${again}, and finish in the same browser`
  },
  issuer: {
    message: "The response came from a different provider",
    suggestion: `${again}. If it happens again, do not continue`
  },
  denied: { message: "The sign-in was declined at the provider", suggestion: `${again}, and approve it there` },
  provider: { message: "The provider could not sign you in", suggestion: again },
  code: { message: "The provider rejected its own code", suggestion: again }
}

/** A sign-in through the owner's provider failed. */
export class SignInRefused extends TaggedFailure<SignInRefused>()(
  "SignInRefused",
  {
    reason: Schema.Literal("unknown", "expired", "browser", "issuer", "denied", "provider", "code"),
    /** The provider's error code, with the reason `provider`. */
    error: Schema.optional(Schema.String)
  },
  { reason: "unknown" }
) {
  get info(): ErrorInfo {
    const { error, reason } = this
    return {
      code: "indieauth.sign_in_refused",
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "forbidden",
      message: refusal[reason].message,
      suggestion: refusal[reason].suggestion,
      troubleshooting: [
        ...(error === undefined ? [] : [`The provider's error is \`${brief(error)}\``]),
        "Allow cookies for this site",
        "The login page of this site offers other ways to log in"
      ],
      operator: {
        details: `A sign-in through the owner's provider was rejected (${reason}${error === undefined ? "" : `: ${brief(error)}`})`,
        troubleshooting: ["If this was your sign-in, read the provider's log too"]
      }
    }
  }
}

/** Failures of a request to the owner's provider. */
export type ProviderFailure = ProviderUnavailable | ProviderUnusable

/** Failures of an identity that another site confirms. */
export type IdentityFailure = ProviderFailure | MeMismatch | SignInRefused
