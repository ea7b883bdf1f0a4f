import {
  AuthorizationRequestExpired,
  ClientIdInvalid,
  GrantInvalid,
  GrantTypeUnsupported,
  type IndieAuthFailure,
  IndieAuthMalformed,
  RedirectUriInvalid,
  ScopeExceeded
} from "../failure/IndieAuth.js"
import { anyOf, brief, type Entries } from "./Entry.js"

const clientFault: Record<ClientIdInvalid["reason"], string> = {
  missing: "the request has no `client_id`",
  repeated: "the request has more than one `client_id`",
  malformed: "its `client_id` is no well-formed address",
  scheme: "its `client_id` is neither an https nor an http address",
  insecure: "its `client_id` is an http address, which only apps on your own computer may have",
  credentials: "its `client_id` holds a user name or a password",
  fragment: "its `client_id` holds a `#`",
  dot_segments: "its `client_id` holds `.` or `..` as a part of its path",
  host: "its `client_id` is a bare IP address"
}

const redirectFault: Record<RedirectUriInvalid["reason"], string> = {
  missing: "the request has no `redirect_uri`",
  repeated: "the request has more than one `redirect_uri`",
  malformed: "its `redirect_uri` is no well-formed address",
  scheme: "its `redirect_uri` has a scheme that would act in your browser",
  insecure: "its `redirect_uri` is an http address, which only apps on your own computer may have",
  credentials: "its `redirect_uri` holds a user name or a password",
  fragment: "its `redirect_uri` holds a `#`",
  reserved: "its `redirect_uri` holds a parameter that belongs to the answer: `code`, `state`, `iss` or `error`",
  unpublished: "its `redirect_uri` belongs to another site, and the app does not publish it as its own"
}

const grantFault: Record<GrantInvalid["reason"], { readonly message: string; readonly suggestion: string }> = {
  code_unknown: {
    message: "The authorization code is not known here",
    suggestion: "Send the `code` exactly as it came with the redirect, or start the sign-in again"
  },
  code_used: {
    message: "The authorization code was used before; the token that it gave has been revoked",
    suggestion: "Start the sign-in again, and redeem each code once"
  },
  code_expired: {
    message: "The authorization code has expired",
    suggestion: "Start the sign-in again, and redeem the code within five minutes"
  },
  client: {
    message: "The authorization code was given to another client",
    suggestion: "Send the same `client_id` as in the authorization request"
  },
  redirect_uri: {
    message: "The authorization code was given for another redirect_uri",
    suggestion: "Send the same `redirect_uri`, letter by letter, as in the authorization request"
  },
  verifier: {
    message: "The code_verifier does not belong to the code_challenge of the authorization request",
    suggestion: "Send the verifier whose SHA-256, as base64url without padding, was the challenge"
  },
  verifier_missing: {
    message: "The code_verifier is missing, and the authorization request had a code_challenge",
    suggestion: "Send the verifier whose SHA-256, as base64url without padding, was the challenge"
  },
  verifier_unasked: {
    message: "There is a code_verifier, and the authorization request had no code_challenge",
    suggestion: "Start the sign-in again, with code_challenge and code_challenge_method=S256 in the request"
  },
  no_scope: {
    message: "The owner allowed no scope, so this code gives no access token",
    suggestion: "Redeem the code at the authorization endpoint to learn who signed in, or ask for a scope"
  },
  refresh_unknown: {
    message: "The refresh token is not known here",
    suggestion: "Send the `refresh_token` of the latest answer, or start the sign-in again"
  },
  refresh_used: {
    message: "The refresh token was used before; the token that it belonged to has been revoked",
    suggestion: "Start the sign-in again, and use each refresh token once"
  },
  refresh_expired: {
    message: "The refresh token has expired",
    suggestion: "Start the sign-in again"
  },
  refresh_revoked: {
    message: "The permission that this refresh token belonged to was revoked",
    suggestion: "Start the sign-in again"
  },
  refresh_client: {
    message: "The refresh token was given to another client",
    suggestion: "Send the same `client_id` as in the authorization request"
  }
}

/** What people are told when an app cannot sign in. */
export const indieauth: Entries<IndieAuthFailure> = {
  ClientIdInvalid: {
    example: new ClientIdInvalid({ reason: "fragment" }),
    explain: ({ reason }) => ({
      code: "indieauth.client_id_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      message: `This app cannot sign in here: ${clientFault[reason]}`,
      suggestion: "Nothing was sent to the app. Go back to it, and tell its makers what this page says",
      troubleshooting: ["See https://indieauth.spec.indieweb.org/#client-identifier"]
    })
  },
  RedirectUriInvalid: {
    example: new RedirectUriInvalid({ reason: "unpublished" }),
    explain: ({ note, reason }) => ({
      code: "indieauth.redirect_uri_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      message: `This app cannot sign in here: ${redirectFault[reason]}`,
      suggestion: "Nothing was sent to the app. If you did not start this sign-in yourself, close this page",
      troubleshooting: [
        ...(note === undefined ? [] : [note]),
        "Tell the app's makers what this page says",
        "See https://indieauth.spec.indieweb.org/#redirect-url"
      ]
    })
  },
  IndieAuthMalformed: {
    example: new IndieAuthMalformed({
      parameter: "code_verifier",
      expected: "43 to 128 letters, digits, -, ., _ or ~"
    }),
    explain: ({ expected, parameter }) => ({
      code: "indieauth.malformed",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: `This is not a valid IndieAuth request: look at \`${brief(parameter)}\``,
      suggestion: `Expected there: ${expected}`,
      troubleshooting: ["Send parameters form-encoded, each once", "See https://indieauth.spec.indieweb.org/"]
    })
  },
  AuthorizationRequestExpired: {
    example: new AuthorizationRequestExpired(),
    explain: () => ({
      code: "indieauth.request_expired",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This sign-in is over: it was decided already, or has waited for too long",
      suggestion: "Go back to the app, and start the sign-in again",
      troubleshooting: ["If you were logged out in between, start again in the app as well"]
    })
  },
  GrantInvalid: {
    example: new GrantInvalid({ reason: "code_expired" }),
    explain: ({ reason }) => ({
      code: "indieauth.grant_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_grant",
      ...grantFault[reason],
      troubleshooting: ["See https://indieauth.spec.indieweb.org/#redeeming-the-authorization-code"],
      operator: {
        details: `A client was given no token (${reason})`,
        troubleshooting: ["`starpunk token list` shows the tokens that are valid"]
      }
    })
  },
  GrantTypeUnsupported: {
    example: new GrantTypeUnsupported({ supported: ["authorization_code", "refresh_token"] }),
    explain: ({ supported }) => ({
      code: "indieauth.grant_type_unsupported",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "unsupported_grant_type",
      message: "This site does not know the `grant_type` that was asked for",
      suggestion: `Use one of these: ${anyOf(supported)}`,
      troubleshooting: ["See https://indieauth.spec.indieweb.org/#request"]
    })
  },
  ScopeExceeded: {
    example: new ScopeExceeded({ scope: "delete", allowed: ["create"] }),
    explain: ({ allowed, scope }) => ({
      code: "indieauth.scope_exceeded",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_scope",
      message: `The owner has not allowed the scope \`${brief(scope)}\``,
      suggestion: `Ask for ${anyOf(allowed)}, or start the sign-in again to ask the owner for more`,
      troubleshooting: ["Leave out `scope` to keep what was allowed"]
    })
  }
}
