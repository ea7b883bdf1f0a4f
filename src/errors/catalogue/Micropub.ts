import {
  type MicropubFailure,
  MicropubMalformed,
  MicropubUnsupported,
  PostDeleted,
  PostUnknown,
  ScopeMissing,
  TokenAmbiguous,
  TokenInvalid,
  TokenMissing
} from "../failure/Micropub.js"
import { anyOf, brief, type Entries } from "./Entry.js"

const tokenFault: Record<TokenInvalid["reason"], string> = {
  unknown: "The access token is not known here",
  revoked: "The access token was revoked",
  expired: "The access token has expired",
  malformed: "The access token is not well-formed"
}

/** What people are told when a client's request to publish is refused. */
export const micropub: Entries<MicropubFailure> = {
  TokenMissing: {
    example: new TokenMissing(),
    explain: ({ reason }) => ({
      code: "auth.token_missing",
      status: 401,
      fault: "user",
      retryable: false,
      oauth: "unauthorized",
      message:
        reason === "before_files"
          ? "This request needs an access token before its files, and has none there"
          : "This request needs an access token, and has none",
      suggestion:
        reason === "before_files"
          ? "Send the token as `Authorization: Bearer TOKEN`, or as the field `access_token` before the first file"
          : "Send the token as `Authorization: Bearer TOKEN`, or as `access_token` in a form-encoded body",
      troubleshooting: [
        "Sign in again in your Micropub client",
        "A proxy between client and site may remove the Authorization header"
      ],
      operator: {
        details: "A request to a protected endpoint carried no token",
        troubleshooting: ['`starpunk token create --scope "create update"` makes a token']
      }
    })
  },
  TokenInvalid: {
    example: new TokenInvalid({ reason: "expired" }),
    explain: ({ reason }) => ({
      code: "auth.token_invalid",
      status: 401,
      fault: "user",
      retryable: false,
      oauth: "invalid_token",
      message: tokenFault[reason],
      suggestion: "Sign in again in your Micropub client to get a new token",
      troubleshooting: ["Check that the whole token was copied, without spaces or line breaks"],
      operator: {
        details: `A token was refused (${reason})`,
        troubleshooting: [
          "`starpunk token list` shows the tokens that are valid",
          '`starpunk token create --scope "create update"` makes a new one'
        ]
      }
    })
  },
  TokenAmbiguous: {
    example: new TokenAmbiguous(),
    explain: () => ({
      code: "auth.token_ambiguous",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This request carries different access tokens",
      suggestion: "Send one token, in the Authorization header or as `access_token` in a form-encoded body",
      troubleshooting: [
        "The same token in both places counts as one",
        "An app that was signed in twice may send an old token beside a new one: sign out and in again"
      ]
    })
  },
  ScopeMissing: {
    example: new ScopeMissing({ needed: "create", given: ["update"] }),
    explain: ({ given, needed }) => ({
      code: "micropub.scope_missing",
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "insufficient_scope",
      message: `The access token does not allow this: it lacks the scope \`${needed}\``,
      suggestion: `Sign in again in your Micropub client, and grant it the scope \`${needed}\``,
      troubleshooting: [
        given.length === 0 ? "The token has no scope at all" : `The token's scopes are: ${brief(given.join(" "))}`
      ],
      operator: {
        details: `A token with the scopes (${given.join(" ")}) was used for what needs ${needed}`,
        troubleshooting: [`\`starpunk token create --scope "${[...given, needed].join(" ")}"\` makes a token that may`]
      }
    })
  },
  MicropubMalformed: {
    example: new MicropubMalformed({ part: "content", expected: "text, or an object with `html`" }),
    explain: ({ expected, part }) => ({
      code: "micropub.malformed",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: `This is not a valid Micropub request: look at \`${brief(part)}\``,
      // In our own words, which are never cut: an example stands at their end.
      suggestion: `Expected there: ${expected}`,
      troubleshooting: [
        "Ensure that Content-Type says what the body is: form-encoded, multipart or JSON",
        "Verify that the required fields are present, and that the text is UTF-8",
        "See https://www.w3.org/TR/micropub/"
      ]
    })
  },
  MicropubUnsupported: {
    example: new MicropubUnsupported({ what: "action", supported: ["create"] }),
    explain: ({ given, supported, what }) => ({
      code: "micropub.unsupported",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: `This site does not know the ${what} ${given === undefined ? "that was asked for" : `\`${brief(given)}\``}`,
      suggestion: `Use one of these: ${anyOf(supported)}`,
      troubleshooting: ["`q=config` lists what this site supports", "See https://www.w3.org/TR/micropub/"]
    })
  },
  PostUnknown: {
    example: new PostUnknown(),
    explain: () => ({
      code: "micropub.post_unknown",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "No post of this site has this address",
      suggestion: "Send `url` exactly as it was given in the Location header when the post was created",
      troubleshooting: [
        "`q=source` without `url` lists the posts and their addresses",
        "A token without the scope `update` or `delete` sees what visitors see, and what its own app posted"
      ]
    })
  },
  PostDeleted: {
    example: new PostDeleted(),
    explain: () => ({
      code: "micropub.post_deleted",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "The post at this address was deleted",
      suggestion: "Restore it first, with `action=undelete`",
      troubleshooting: ["Nothing of a deleted post is lost: it comes back as it was"]
    })
  }
}
