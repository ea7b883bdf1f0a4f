import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { anyOf, brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** The request needs a token and has none. */
export class TokenMissing extends TaggedFailure<TokenMissing>()(
  "TokenMissing",
  {
    /** Whether a token may follow behind the files of a form. */
    reason: Schema.optional(Schema.Literal("before_files"))
  },
  {}
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "auth.token_missing",
      status: 401,
      fault: "user",
      retryable: false,
      oauth: "unauthorized",
      message:
        reason === "before_files"
          ? "This request needs an access token before its files"
          : "This request needs an access token",
      suggestion:
        reason === "before_files"
          ? "Send the token as `Authorization: Bearer TOKEN`, or as the field `access_token` before the first file"
          : "Send the token as `Authorization: Bearer TOKEN`, or as `access_token` in a form-encoded body",
      troubleshooting: [
        "Sign in again in your Micropub client",
        "A proxy in front of the site may remove the Authorization header"
      ],
      operator: {
        details: "A request to a protected endpoint had no token",
        troubleshooting: ['To create a token, run `starpunk token create --scope "create update"`']
      }
    }
  }
}

const tokenFault: Record<TokenInvalid["reason"], string> = {
  unknown: "The access token is unknown",
  revoked: "The access token was revoked",
  expired: "The access token has expired",
  malformed: "The access token is malformed"
}

/** The token is not valid. */
export class TokenInvalid extends TaggedFailure<TokenInvalid>()(
  "TokenInvalid",
  {
    reason: Schema.Literal("unknown", "revoked", "expired", "malformed")
  },
  { reason: "expired" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "auth.token_invalid",
      status: 401,
      fault: "user",
      retryable: false,
      oauth: "invalid_token",
      message: tokenFault[reason],
      suggestion: "Sign in again in your Micropub client to get a new token",
      troubleshooting: ["Check that you copied the whole token, without spaces or line breaks"],
      operator: {
        details: `A token was rejected (${reason})`,
        troubleshooting: [
          "`starpunk token list` shows the valid tokens",
          'To create a new token, run `starpunk token create --scope "create update"`'
        ]
      }
    }
  }
}

/** Two different tokens in one request (RFC 6750 §2). */
export class TokenAmbiguous extends TaggedFailure<TokenAmbiguous>()("TokenAmbiguous", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "auth.token_ambiguous",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This request has two different access tokens",
      suggestion: "Send one token, in the Authorization header or as `access_token` in a form-encoded body",
      troubleshooting: [
        "The same token in both places counts as one",
        "An app may send an old token together with a new one: sign out and in again"
      ]
    }
  }
}

/** The token is valid, but lacks the scope for this request. */
export class ScopeMissing extends TaggedFailure<ScopeMissing>()(
  "ScopeMissing",
  {
    needed: Schema.String,
    given: Schema.Array(Schema.String)
  },
  { needed: "create", given: ["update"] }
) {
  get info(): ErrorInfo {
    const { given, needed } = this
    return {
      code: "micropub.scope_missing",
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "insufficient_scope",
      message: `The access token lacks the scope \`${needed}\``,
      suggestion: `Sign in again in your Micropub client, and grant the scope \`${needed}\``,
      troubleshooting: [
        given.length === 0 ? "The token has no scope" : `The token's scopes are: ${brief(given.join(" "))}`
      ],
      operator: {
        details: `A token with the scopes (${given.join(" ")}) was used for a request that needs ${needed}`,
        troubleshooting: [
          `To create a token with this scope, run \`starpunk token create --scope "${[...given, needed].join(" ")}"\``
        ]
      }
    }
  }
}

/** The request is not valid Micropub. `part` is the invalid part, and `expected` describes a valid one. */
export class MicropubMalformed extends TaggedFailure<MicropubMalformed>()(
  "MicropubMalformed",
  { part: Schema.String, expected: Schema.String },
  { part: "content", expected: "text, or an object with `html`" }
) {
  get info(): ErrorInfo {
    const { expected, part } = this
    return {
      code: "micropub.malformed",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: `This is not a valid Micropub request: check \`${brief(part)}\``,
      // Not shortened: the text is ours, and it ends with an example.
      suggestion: `Expected: ${expected}`,
      troubleshooting: [
        "Check that Content-Type matches the body: form-encoded, multipart or JSON",
        "Check that the required fields are present and that the text is UTF-8",
        "See https://www.w3.org/TR/micropub/"
      ]
    }
  }
}

/** This server does not support the action, query or type. */
export class MicropubUnsupported extends TaggedFailure<MicropubUnsupported>()(
  "MicropubUnsupported",
  {
    what: Schema.Literal("action", "query", "type"),
    /** The client's value. */
    given: Schema.optional(Schema.String),
    supported: Schema.Array(Schema.String)
  },
  { what: "action", supported: ["create"] }
) {
  get info(): ErrorInfo {
    const { given, supported, what } = this
    return {
      code: "micropub.unsupported",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: `This site does not support ${given === undefined ? `the requested ${what}` : `the ${what} \`${brief(given)}\``}`,
      suggestion: `Use ${anyOf(supported)}`,
      troubleshooting: ["`q=config` lists what this site supports", "See https://www.w3.org/TR/micropub/"]
    }
  }
}

/** The `url` is not a post of this site. */
export class PostUnknown extends TaggedFailure<PostUnknown>()("PostUnknown", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "micropub.post_unknown",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This site has no post with this address",
      suggestion: "Send `url` exactly as returned in the Location header when the post was created",
      troubleshooting: [
        "`q=source` without `url` lists the posts and their addresses",
        "A token without the scope `update` or `delete` sees only public posts and posts created by its own app"
      ]
    }
  }
}

/** The `url` is a deleted post, which cannot be read or changed. */
export class PostDeleted extends TaggedFailure<PostDeleted>()("PostDeleted", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "micropub.post_deleted",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This post was deleted",
      suggestion: "Restore it first, with `action=undelete`",
      troubleshooting: ["Restoring does not change the post"]
    }
  }
}

/** Failures of a Micropub request, without those of HTTP and the database. */
export type MicropubFailure =
  | TokenMissing
  | TokenInvalid
  | TokenAmbiguous
  | ScopeMissing
  | MicropubMalformed
  | MicropubUnsupported
  | PostUnknown
  | PostDeleted
