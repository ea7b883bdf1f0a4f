import { Schema } from "effect"
import { ClientIdFault } from "../domain/indieauth/ClientId.js"
import { RedirectUriFault } from "../domain/indieauth/RedirectUri.js"
import type { ErrorInfo } from "./ErrorInfo.js"
import { anyOf, brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

const clientFault: Record<ClientIdInvalid["reason"], string> = {
  missing: "the request has no `client_id`",
  repeated: "the request has more than one `client_id`",
  malformed: "its `client_id` is not a valid URL",
  scheme: "its `client_id` is not an https or http URL",
  insecure: "its `client_id` is an http URL, which is allowed only for apps on your own computer",
  credentials: "its `client_id` contains a user name or password",
  fragment: "its `client_id` contains a `#`",
  dot_segments: "the path of its `client_id` contains `.` or `..`",
  host: "its `client_id` is a bare IP address"
}

/** The client_id is not valid. */
export class ClientIdInvalid extends TaggedFailure<ClientIdInvalid>()(
  "ClientIdInvalid",
  { reason: Schema.Literal("missing", "repeated", ...ClientIdFault.literals) },
  { reason: "fragment" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "indieauth.client_id_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      message: `This app cannot sign in here: ${clientFault[reason]}`,
      suggestion: "Nothing was sent to the app. Go back to it, and report this error to its developer",
      troubleshooting: ["See https://indieauth.spec.indieweb.org/#client-identifier"]
    }
  }
}

const redirectFault: Record<RedirectUriInvalid["reason"], string> = {
  missing: "the request has no `redirect_uri`",
  repeated: "the request has more than one `redirect_uri`",
  malformed: "its `redirect_uri` is not a valid URL",
  scheme: "its `redirect_uri` has a scheme that can run code in your browser",
  insecure: "its `redirect_uri` is an http URL, which is allowed only for apps on your own computer",
  credentials: "its `redirect_uri` contains a user name or password",
  fragment: "its `redirect_uri` contains a `#`",
  reserved:
    "its `redirect_uri` contains a parameter that is reserved for the response: `code`, `state`, `iss` or `error`",
  unpublished: "its `redirect_uri` is on another site, and the app does not list it as its own"
}

/** The redirect_uri is not valid, so no code may be sent to it. */
export class RedirectUriInvalid extends TaggedFailure<RedirectUriInvalid>()(
  "RedirectUriInvalid",
  {
    reason: Schema.Literal("repeated", ...RedirectUriFault.literals),
    /** Why the app's own list of addresses could not be read, where that is so. */
    note: Schema.optional(Schema.String)
  },
  { reason: "unpublished" }
) {
  get info(): ErrorInfo {
    const { note, reason } = this
    return {
      code: "indieauth.redirect_uri_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      message: `This app cannot sign in here: ${redirectFault[reason]}`,
      suggestion: "Nothing was sent to the app. If you did not start this sign-in yourself, close this page",
      troubleshooting: [
        ...(note === undefined ? [] : [note]),
        "Report this error to the developer of the app",
        "See https://indieauth.spec.indieweb.org/#redirect-url"
      ]
    }
  }
}

/** A parameter of a request to an IndieAuth endpoint is missing, repeated or not valid. */
export class IndieAuthMalformed extends TaggedFailure<IndieAuthMalformed>()(
  "IndieAuthMalformed",
  { parameter: Schema.String, expected: Schema.String },
  {
    parameter: "code_verifier",
    expected: "43 to 128 letters, digits, -, ., _ or ~"
  }
) {
  get info(): ErrorInfo {
    const { expected, parameter } = this
    return {
      code: "indieauth.malformed",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: `This is not a valid IndieAuth request: check \`${brief(parameter)}\``,
      suggestion: `Expected: ${expected}`,
      troubleshooting: ["Send form-encoded parameters, each only once", "See https://indieauth.spec.indieweb.org/"]
    }
  }
}

/** The owner's decision is about a request that was decided, has expired, or belongs to another session. */
export class AuthorizationRequestExpired extends TaggedFailure<AuthorizationRequestExpired>()(
  "AuthorizationRequestExpired",
  {},
  {}
) {
  get info(): ErrorInfo {
    return {
      code: "indieauth.request_expired",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This sign-in request was already answered or has expired",
      suggestion: "Go back to the app and start the sign-in again",
      troubleshooting: ["If you were logged out in the meantime, you also have to start again in the app"]
    }
  }
}

const grantFault: Record<GrantInvalid["reason"], { readonly message: string; readonly suggestion: string }> = {
  code_unknown: {
    message: "The authorization code is unknown",
    suggestion: "Send the `code` exactly as received in the redirect, or start the sign-in again"
  },
  code_used: {
    message: "The authorization code was already used, so its token has been revoked",
    suggestion: "Start the sign-in again, and redeem each code once"
  },
  code_expired: {
    message: "The authorization code has expired",
    suggestion: "Start the sign-in again, and redeem the code within five minutes"
  },
  client: {
    message: "The authorization code was issued to another client",
    suggestion: "Send the same `client_id` as in the authorization request"
  },
  redirect_uri: {
    message: "The authorization code was issued for another redirect_uri",
    suggestion: "Send exactly the same `redirect_uri` as in the authorization request"
  },
  verifier: {
    message: "The code_verifier does not match the code_challenge of the authorization request",
    suggestion: "Send the verifier whose SHA-256 hash, in base64url without padding, is the challenge"
  },
  verifier_missing: {
    message: "The code_verifier is missing, and the authorization request had a code_challenge",
    suggestion: "Send the verifier whose SHA-256 hash, in base64url without padding, is the challenge"
  },
  verifier_unasked: {
    message: "The request has a code_verifier, but the authorization request had no code_challenge",
    suggestion: "Start the sign-in again, with code_challenge and code_challenge_method=S256 in the request"
  },
  no_scope: {
    message: "The owner granted no scope, so this code gives no access token",
    suggestion: "Redeem the code at the authorization endpoint to learn who signed in, or request a scope"
  },
  refresh_unknown: {
    message: "The refresh token is unknown",
    suggestion: "Send the `refresh_token` of the latest token response, or start the sign-in again"
  },
  refresh_used: {
    message: "The refresh token was already used, so its permission has been revoked",
    suggestion: "Start the sign-in again, and use each refresh token once"
  },
  refresh_expired: {
    message: "The refresh token has expired",
    suggestion: "Start the sign-in again"
  },
  refresh_revoked: {
    message: "The permission of this refresh token was revoked",
    suggestion: "Start the sign-in again"
  },
  refresh_client: {
    message: "The refresh token was issued to another client",
    suggestion: "Send the same `client_id` as in the authorization request"
  }
}

/** The code or refresh token is not valid (RFC 6749 §5.2, `invalid_grant`). */
export class GrantInvalid extends TaggedFailure<GrantInvalid>()(
  "GrantInvalid",
  {
    reason: Schema.Literal(
      "code_unknown",
      "code_used",
      "code_expired",
      "client",
      "redirect_uri",
      "verifier",
      "verifier_missing",
      "verifier_unasked",
      "no_scope",
      "refresh_unknown",
      "refresh_used",
      "refresh_expired",
      "refresh_revoked",
      "refresh_client"
    )
  },
  { reason: "code_expired" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "indieauth.grant_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_grant",
      ...grantFault[reason],
      troubleshooting: ["See https://indieauth.spec.indieweb.org/#redeeming-the-authorization-code"],
      operator: {
        details: `A token request was rejected (${reason})`,
        troubleshooting: ["`starpunk token list` shows the valid tokens"]
      }
    }
  }
}

/** This server does not support the grant_type. */
export class GrantTypeUnsupported extends TaggedFailure<GrantTypeUnsupported>()(
  "GrantTypeUnsupported",
  { supported: Schema.Array(Schema.String) },
  { supported: ["authorization_code", "refresh_token"] }
) {
  get info(): ErrorInfo {
    const { supported } = this
    return {
      code: "indieauth.grant_type_unsupported",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "unsupported_grant_type",
      message: "This site does not support the requested `grant_type`",
      suggestion: `Use ${anyOf(supported)}`,
      troubleshooting: ["See https://indieauth.spec.indieweb.org/#request"]
    }
  }
}

/** A refresh asks for a scope that the owner did not allow (RFC 6749 §6). */
export class ScopeExceeded extends TaggedFailure<ScopeExceeded>()(
  "ScopeExceeded",
  {
    scope: Schema.String,
    allowed: Schema.Array(Schema.String)
  },
  { scope: "delete", allowed: ["create"] }
) {
  get info(): ErrorInfo {
    const { allowed, scope } = this
    return {
      code: "indieauth.scope_exceeded",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_scope",
      message: `The owner has not granted the scope \`${brief(scope)}\``,
      suggestion: `Request only ${anyOf(allowed.map((scope) => `\`${scope}\``))}, or start the sign-in again to ask the owner for more`,
      troubleshooting: ["Leave out `scope` to keep the granted scopes"]
    }
  }
}

/** Failures of a request to an IndieAuth endpoint, without those of HTTP, tokens and the database. */
export type IndieAuthFailure =
  | ClientIdInvalid
  | RedirectUriInvalid
  | IndieAuthMalformed
  | AuthorizationRequestExpired
  | GrantInvalid
  | GrantTypeUnsupported
  | ScopeExceeded
