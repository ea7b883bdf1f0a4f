import {
  AddressMalformed,
  BodyMalformed,
  BodyTooLarge,
  ExpectationUnsupported,
  HeadersTooLarge,
  type HttpFailure,
  MediaTypeUnsupported,
  MethodNotAllowed,
  NotAcceptable,
  PageNotFound,
  ParameterInvalid,
  PostGone,
  RangeUnsatisfiable,
  RateLimited,
  RequestMalformed,
  RequestTimedOut,
  ServerBusy,
  SiteStarting,
  Unforeseen
} from "../failure/Http.js"
import { anyOf, brief, type Entries, inUnits, inWords } from "./Entry.js"

const addressFault: Record<AddressMalformed["reason"], string> = {
  escape: "Write % as %25 in addresses, and percent-encode text as UTF-8",
  control_character: "Remove the control characters from the address",
  traversal: "Remove the `..` segments from the address",
  too_long: "Shorten the address",
  form: "Request a path that starts with a slash"
}

const tooMany: Record<RateLimited["limit"], string> = {
  requests: "Your network sent too many requests",
  searches: "Your network sent too many searches",
  authorizations: "Your network sent too many authorization requests",
  token_requests: "Your network sent too many token requests",
  refused_tokens: "Your network sent too many requests with invalid tokens",
  health_tokens: "Your network sent too many wrong health tokens",
  writes: "Too many requests with this token"
}

const bodyFault: Record<BodyMalformed["reason"], string> = {
  json: "Send valid JSON",
  form: "Send a form-encoded body, as declared in Content-Type",
  utf8: "Encode the text as UTF-8",
  multipart: "Send a complete multipart/form-data body with the boundary from Content-Type",
  too_many_parts: "Send fewer files and fields in one request",
  too_deep: "Reduce the nesting of lists and objects to at most 32 levels",
  too_many_values: "Send at most 10,000 values in one request, including those in lists and objects",
  forbidden_key: "Remove the key `__proto__` from the body",
  empty: "Send a body with this request",
  interrupted: "Send the complete body; it was cut off"
}

/** Texts of HTTP errors. */
export const http: Entries<HttpFailure> = {
  PageNotFound: {
    example: new PageNotFound(),
    explain: () => ({
      code: "http.not_found",
      status: 404,
      fault: "user",
      retryable: false,
      message: "Page not found",
      suggestion: "Check the address for typos, or start at the home page",
      troubleshooting: ["If you followed a link, report it to the owner of the page it is on"]
    })
  },
  PostGone: {
    example: new PostGone(),
    explain: () => ({
      code: "http.gone",
      status: 410,
      fault: "user",
      retryable: false,
      message: "This post was deleted",
      suggestion: "Continue at the home page",
      troubleshooting: ["The author deleted this post. You can remove links to it"]
    })
  },
  MethodNotAllowed: {
    example: new MethodNotAllowed({ allowed: ["GET", "HEAD"] }),
    explain: ({ allowed }) => ({
      code: "http.method_not_allowed",
      status: 405,
      fault: "user",
      retryable: false,
      message: "This address does not support this method",
      suggestion: `Use ${anyOf(allowed)}`,
      troubleshooting: ["The Allow header lists the supported methods"]
    })
  },
  AddressMalformed: {
    example: new AddressMalformed({ reason: "escape" }),
    explain: ({ reason }) => ({
      code: "http.address_malformed",
      status: reason === "too_long" ? 414 : 400,
      fault: "user",
      retryable: false,
      message: reason === "too_long" ? "This address is too long" : "This address is malformed",
      suggestion: addressFault[reason],
      troubleshooting: ["Correct the address, or start at the home page"]
    })
  },
  ParameterInvalid: {
    example: new ParameterInvalid({ name: "page", expected: "a whole number from 1" }),
    explain: ({ expected, name }) => ({
      code: "http.parameter_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      message: `The parameter \`${brief(name)}\` is not valid`,
      suggestion: `Expected: ${expected}`,
      troubleshooting: ["Leave the parameter out to use its default, if it has one"]
    })
  },
  NotAcceptable: {
    example: new NotAcceptable({ offered: ["text/html", "application/json"] }),
    explain: ({ offered }) => ({
      code: "http.not_acceptable",
      status: 406,
      fault: "user",
      retryable: false,
      message: "This address has no format that your client accepts",
      suggestion: `Accept ${anyOf(offered)}`,
      troubleshooting: ["Send `Accept: */*` to accept any format"]
    })
  },
  RangeUnsatisfiable: {
    example: new RangeUnsatisfiable({ length: 1000 }),
    explain: ({ length }) => ({
      code: "http.range_unsatisfiable",
      status: 416,
      fault: "user",
      retryable: false,
      message: "The requested range is outside this file",
      suggestion: `Request a range within its ${length} bytes`,
      troubleshooting: ["Leave out the Range header to get the whole file"]
    })
  },
  BodyTooLarge: {
    example: new BodyTooLarge({ limitBytes: 1_048_576 }),
    explain: ({ limitBytes }) => ({
      code: "http.body_too_large",
      status: 413,
      fault: "user",
      retryable: false,
      message: "The request is too large",
      suggestion: limitBytes === undefined ? "Send less data in one request" : `Send at most ${inUnits(limitBytes)}`,
      troubleshooting: ["Shorten the text, or reduce the size of the files"]
    })
  },
  BodyMalformed: {
    example: new BodyMalformed({ reason: "json" }),
    explain: ({ reason }) => ({
      code: "http.body_malformed",
      status: 400,
      fault: "user",
      retryable: false,
      message: reason === "empty" ? "The request has no body" : "The request body is malformed",
      suggestion: bodyFault[reason],
      troubleshooting: ["Check that Content-Type and Content-Length match the body"]
    })
  },
  MediaTypeUnsupported: {
    example: new MediaTypeUnsupported({ accepted: ["application/json", "application/x-www-form-urlencoded"] }),
    explain: ({ accepted }) => ({
      code: "http.media_type_unsupported",
      status: 415,
      fault: "user",
      retryable: false,
      message: "This media type is not supported here",
      suggestion: `Send ${anyOf(accepted)}, and declare it in Content-Type`,
      troubleshooting: ["Text must be UTF-8; other values of `charset` are rejected"]
    })
  },
  RequestMalformed: {
    example: new RequestMalformed({ reason: "syntax" }),
    explain: ({ reason }) => ({
      code: "http.request_malformed",
      status: 400,
      fault: "user",
      retryable: false,
      message: "This is not a valid HTTP request",
      suggestion:
        reason === "host" ? "Send exactly one Host header" : "Send a valid, unencrypted HTTP/1.1 request (RFC 9112)",
      troubleshooting: [
        "If a browser shows this, the address may be wrong: try https:// instead of http://, or the reverse",
        "Send either Content-Length or Transfer-Encoding, never both"
      ]
    })
  },
  HeadersTooLarge: {
    example: new HeadersTooLarge({ limitBytes: 16_384 }),
    explain: ({ limitBytes }) => ({
      code: "http.headers_too_large",
      status: 431,
      fault: "user",
      retryable: false,
      message: "The request headers are too large",
      suggestion: `Send at most ${inUnits(limitBytes)} of headers`,
      troubleshooting: ["In a browser, delete the cookies of this site and reload the page"]
    })
  },
  RequestTimedOut: {
    example: new RequestTimedOut(),
    explain: () => ({
      code: "http.request_timeout",
      status: 408,
      fault: "user",
      retryable: true,
      retryAfter: 1,
      message: "The request did not arrive in time",
      suggestion: "Send it again",
      troubleshooting: ["If it happens again, the connection may be too slow: send less data in one request"]
    })
  },
  ExpectationUnsupported: {
    example: new ExpectationUnsupported(),
    explain: () => ({
      code: "http.expectation_unsupported",
      status: 417,
      fault: "user",
      retryable: false,
      message: "The Expect header has an unsupported value",
      suggestion: "Send `Expect: 100-continue`, or leave the header out",
      troubleshooting: ["The client that sent the request may have a setting for it"]
    })
  },
  RateLimited: {
    example: new RateLimited({ limit: "requests", retryAfterSeconds: 2 }),
    explain: ({ limit, retryAfterSeconds }) => ({
      code: "http.rate_limited",
      status: 429,
      fault: "user",
      retryable: true,
      retryAfter: retryAfterSeconds,
      message: tooMany[limit],
      suggestion: `Wait ${inWords(retryAfterSeconds)}, then try again`,
      troubleshooting: [
        "A client must wait as many seconds as `Retry-After` gives",
        ...(limit === "refused_tokens" ? ["Valid tokens are still accepted, also from the same address"] : []),
        ...(limit === "health_tokens" ? ["Until then, even the right token is rejected"] : [])
      ],
      operator: {
        details: `A client exceeded the \`${limit}\` rate limit`,
        troubleshooting: [
          "Log lines `http.access` with status 429 give the client address",
          "Behind a proxy, set STARPUNK_TRUSTED_PROXIES to the proxy's address; otherwise all visitors share one limit",
          "For a load test, set STARPUNK_RATE_LIMIT_ENABLED=false"
        ]
      }
    })
  },
  ServerBusy: {
    example: new ServerBusy(),
    explain: () => ({
      code: "http.server_busy",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 5,
      message: "The site is busy",
      suggestion: "Try again in a few seconds",
      troubleshooting: ["Small requests and pages still work", "What you sent was not stored"],
      operator: {
        details: "Requests and responses use all the memory they may use",
        troubleshooting: [
          "Log lines `http.access` with this error code or with `aborted` give the client addresses",
          "Put a reverse proxy that buffers requests and responses in front of the site, to protect it from slow clients",
          "Behind a proxy, set STARPUNK_TRUSTED_PROXIES to the proxy's address; otherwise all visitors share one limit"
        ]
      }
    })
  },
  SiteStarting: {
    example: new SiteStarting(),
    explain: () => ({
      code: "http.site_starting",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 2,
      message: "The site is starting",
      suggestion: "Try again in a few seconds",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: "A request arrived before the start was complete",
        troubleshooting: [
          "Let the load balancer wait until `/health/startup` returns 200",
          "If the start takes long, read the last lines of the log"
        ]
      }
    })
  },
  Unforeseen: {
    example: new Unforeseen(),
    explain: () => ({
      code: "internal.unforeseen",
      status: 500,
      fault: "system",
      retryable: false,
      message: "An internal error occurred",
      suggestion: "Report the request id and what you were doing to the owner of the site",
      troubleshooting: ["You can safely reload a page. Before you send a form again, check whether it was stored"],
      operator: {
        details: "Unexpected error. The log contains its cause under the same request id",
        troubleshooting: [
          "Run `grep REQUEST_ID LOGFILE` with the request id to find its log lines",
          "This is a bug in StarPunk. Report it with those lines"
        ]
      }
    })
  }
}
