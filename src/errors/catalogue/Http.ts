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
  escape: "Write % in addresses as %25, and escape text as UTF-8",
  control_character: "Remove the control characters from the address",
  traversal: "Remove the `..` segments from the address",
  too_long: "Shorten the address",
  form: "Ask for a path that starts with a slash"
}

const tooMany: Record<RateLimited["limit"], string> = {
  requests: "Too many requests came from your network",
  searches: "Too many searches came from your network",
  authorizations: "Too many requests for consent came from your network",
  token_requests: "Too many requests for tokens came from your network",
  refused_tokens: "Too many requests with tokens that open nothing came from your network",
  health_tokens: "Too many wrong health tokens came from your network",
  writes: "This token was used too often"
}

const bodyFault: Record<BodyMalformed["reason"], string> = {
  json: "Send a body that is valid JSON",
  form: "Send a body that is form-encoded, as the Content-Type says",
  utf8: "Send text encoded as UTF-8",
  multipart: "Send a complete multipart/form-data body, with the boundary that the Content-Type names",
  too_many_parts: "Send fewer files and fields in one request",
  too_deep: "Send lists and objects that are nested less deeply, at most 32 levels",
  too_many_values: "Send at most 10,000 values in one request, those of lists and objects included",
  forbidden_key: "Take the key `__proto__` out of the body",
  empty: "Send a body: this request needs one",
  interrupted: "Send the whole body: it ended before its end"
}

/** What people are told when a request cannot be answered as it was asked. */
export const http: Entries<HttpFailure> = {
  PageNotFound: {
    example: new PageNotFound(),
    explain: () => ({
      code: "http.not_found",
      status: 404,
      fault: "user",
      retryable: false,
      message: "There is nothing at this address",
      suggestion: "Check the address for typing errors, or start at the home page",
      troubleshooting: ["If a link brought you here, tell whoever runs the page that the link is on"]
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
      suggestion: "Read on at the home page",
      troubleshooting: ["The author took the post back; links to it can be removed"]
    })
  },
  MethodNotAllowed: {
    example: new MethodNotAllowed({ allowed: ["GET", "HEAD"] }),
    explain: ({ allowed }) => ({
      code: "http.method_not_allowed",
      status: 405,
      fault: "user",
      retryable: false,
      message: "This address does not answer this method",
      suggestion: `Use ${anyOf(allowed)}`,
      troubleshooting: ["The Allow header lists the methods that this address answers"]
    })
  },
  AddressMalformed: {
    example: new AddressMalformed({ reason: "escape" }),
    explain: ({ reason }) => ({
      code: "http.address_malformed",
      status: reason === "too_long" ? 414 : 400,
      fault: "user",
      retryable: false,
      message: reason === "too_long" ? "This address is too long" : "This address is not well-formed",
      suggestion: addressFault[reason],
      troubleshooting: ["Type the address anew, or start at the home page"]
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
      suggestion: `Give it ${expected}`,
      troubleshooting: ["Leave the parameter out to get its default, where it has one"]
    })
  },
  NotAcceptable: {
    example: new NotAcceptable({ offered: ["text/html", "application/json"] }),
    explain: ({ offered }) => ({
      code: "http.not_acceptable",
      status: 406,
      fault: "user",
      retryable: false,
      message: "This address has none of the formats that your program accepts",
      suggestion: `Accept ${anyOf(offered)}`,
      troubleshooting: ["`Accept: */*` takes whatever there is"]
    })
  },
  RangeUnsatisfiable: {
    example: new RangeUnsatisfiable({ length: 1000 }),
    explain: ({ length }) => ({
      code: "http.range_unsatisfiable",
      status: 416,
      fault: "user",
      retryable: false,
      message: "There is no such part of this file",
      suggestion: `Ask for a part within its ${length} bytes`,
      troubleshooting: ["Without a Range header the whole file is sent"]
    })
  },
  BodyTooLarge: {
    example: new BodyTooLarge({ limitBytes: 1_048_576 }),
    explain: ({ limitBytes }) => ({
      code: "http.body_too_large",
      status: 413,
      fault: "user",
      retryable: false,
      message: "This is more than is accepted here in one request",
      suggestion: limitBytes === undefined ? "Send less at once" : `Send at most ${inUnits(limitBytes)}`,
      troubleshooting: ["Shorten the text, or make the files smaller"]
    })
  },
  BodyMalformed: {
    example: new BodyMalformed({ reason: "json" }),
    explain: ({ reason }) => ({
      code: "http.body_malformed",
      status: 400,
      fault: "user",
      retryable: false,
      message: reason === "empty" ? "The request has no body" : "The body of the request cannot be read",
      suggestion: bodyFault[reason],
      troubleshooting: ["Check that Content-Type and Content-Length say what is sent"]
    })
  },
  MediaTypeUnsupported: {
    example: new MediaTypeUnsupported({ accepted: ["application/json", "application/x-www-form-urlencoded"] }),
    explain: ({ accepted }) => ({
      code: "http.media_type_unsupported",
      status: 415,
      fault: "user",
      retryable: false,
      message: "This kind of body is not accepted here",
      suggestion: `Send ${anyOf(accepted)}, and say so in Content-Type`,
      troubleshooting: ["Text has to be UTF-8; other values of `charset` are refused"]
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
        reason === "host"
          ? "Send exactly one Host header"
          : "Send the request as HTTP/1.1 (RFC 9112) has it, unencrypted",
      troubleshooting: [
        "If a browser shows this, the address may be wrong: try it with https:// instead of http://, or the other way round",
        "A body has either a Content-Length or a Transfer-Encoding, never both"
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
      message: "The headers of this request are too large",
      suggestion: `Send at most ${inUnits(limitBytes)} of headers`,
      troubleshooting: ["In a browser, delete the cookies of this site and load the page again"]
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
      suggestion: "Please send it again",
      troubleshooting: ["If it happens again, the connection may be too slow for what is sent: send less at once"]
    })
  },
  ExpectationUnsupported: {
    example: new ExpectationUnsupported(),
    explain: () => ({
      code: "http.expectation_unsupported",
      status: 417,
      fault: "user",
      retryable: false,
      message: "The Expect header asks for something that is not known here",
      suggestion: "Send `Expect: 100-continue`, or leave the header out",
      troubleshooting: ["The program that sent the request may have a setting for it"]
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
      suggestion: `Wait ${inWords(retryAfterSeconds)}, and try again`,
      troubleshooting: [
        "A program that asks in a loop has to wait as long as `Retry-After` says",
        ...(limit === "refused_tokens" ? ["A token that is valid is still taken, from the same address, too"] : []),
        ...(limit === "health_tokens" ? ["Until then the right token is not looked at either"] : [])
      ],
      operator: {
        details: `Somebody asked more often than anybody should (${limit})`,
        troubleshooting: [
          "The lines `http.access` with status 429 say who",
          "Behind a proxy, STARPUNK_TRUSTED_PROXIES has to name it, or all visitors look like one",
          "STARPUNK_RATE_LIMIT_ENABLED=false turns the limits off, for a test of load"
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
      suggestion: "Please try again in a few seconds",
      troubleshooting: ["Small requests and pages still work", "What you sent was not stored"],
      operator: {
        details: "Requests and answers hold as much memory as they may",
        troubleshooting: [
          "The lines `http.access` with this error code, and those with `aborted`, say who asks for it",
          "A reverse proxy that buffers requests and answers keeps slow clients away from the site",
          "Behind a proxy, STARPUNK_TRUSTED_PROXIES has to name it, or all visitors look like one"
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
      suggestion: "Please try again in a few seconds",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: "A request arrived before the start was finished",
        troubleshooting: [
          "`/health/startup` answers 200 as soon as the site is ready: let the load balancer wait for it",
          "If the start takes long, the last lines of the log say what it is doing"
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
      message: "Something went wrong on our side",
      suggestion: "Please tell the owner of the site the request id, and what you were doing",
      troubleshooting: ["Retrying is safe for reading; before sending something again, check whether it was stored"],
      operator: {
        details: "An error that the program does not foresee; its cause is in the log under the same request id",
        troubleshooting: [
          "`grep REQUEST_ID LOGFILE`, with the request id of the answer, finds everything that was logged about it",
          "This is a bug of StarPunk: please report it with those lines"
        ]
      }
    })
  }
}
