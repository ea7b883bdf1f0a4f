import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { anyOf, inUnits } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** The body, or a part of it, is larger than the limit. `limitBytes` is present if the limit is known. */
export class BodyTooLarge extends TaggedFailure<BodyTooLarge>()(
  "BodyTooLarge",
  {
    limitBytes: Schema.optional(Schema.Number)
  },
  { limitBytes: 1_048_576 }
) {
  get info(): ErrorInfo {
    const { limitBytes } = this
    return {
      code: "http.body_too_large",
      failure: this,
      status: 413,
      fault: "user",
      retryable: false,
      message: "The request is too large",
      suggestion: limitBytes === undefined ? "Send less data in one request" : `Send at most ${inUnits(limitBytes)}`,
      troubleshooting: ["Shorten the text, or reduce the size of the files"]
    }
  }
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

/** The body does not match its media type. */
export class BodyMalformed extends TaggedFailure<BodyMalformed>()(
  "BodyMalformed",
  {
    reason: Schema.Literal(
      "json",
      "form",
      "utf8",
      "multipart",
      "too_many_parts",
      "too_deep",
      "too_many_values",
      "forbidden_key",
      "empty",
      "interrupted"
    )
  },
  { reason: "json" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "http.body_malformed",
      status: 400,
      fault: "user",
      retryable: false,
      message: reason === "empty" ? "The request has no body" : "The request body is malformed",
      suggestion: bodyFault[reason],
      troubleshooting: ["Check that Content-Type and Content-Length match the body"]
    }
  }
}

/** The media type of the body is not supported here. */
export class MediaTypeUnsupported extends TaggedFailure<MediaTypeUnsupported>()(
  "MediaTypeUnsupported",
  { accepted: Schema.Array(Schema.String) },
  { accepted: ["application/json", "application/x-www-form-urlencoded"] }
) {
  get info(): ErrorInfo {
    const { accepted } = this
    return {
      code: "http.media_type_unsupported",
      status: 415,
      fault: "user",
      retryable: false,
      message: "This media type is not supported here",
      suggestion: `Send ${anyOf(accepted)}, and declare it in Content-Type`,
      troubleshooting: ["Text must be UTF-8; other values of `charset` are rejected"]
    }
  }
}

/** The connection received something that is not a valid HTTP request (RFC 9112 §2.2, §3.2, §6.3). */
export class RequestMalformed extends TaggedFailure<RequestMalformed>()(
  "RequestMalformed",
  { reason: Schema.Literal("syntax", "host") },
  { reason: "syntax" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
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
    }
  }
}

/** The headers of the request are larger than the limit. */
export class HeadersTooLarge extends TaggedFailure<HeadersTooLarge>()(
  "HeadersTooLarge",
  { limitBytes: Schema.Number },
  { limitBytes: 16_384 }
) {
  get info(): ErrorInfo {
    const { limitBytes } = this
    return {
      code: "http.headers_too_large",
      status: 431,
      fault: "user",
      retryable: false,
      message: "The request headers are too large",
      suggestion: `Send at most ${inUnits(limitBytes)} of headers`,
      troubleshooting: ["In a browser, delete the cookies of this site and reload the page"]
    }
  }
}

/** The complete request did not arrive in time. */
export class RequestTimedOut extends TaggedFailure<RequestTimedOut>()("RequestTimedOut", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "http.request_timeout",
      status: 408,
      fault: "user",
      retryable: true,
      retryAfter: 1,
      message: "The request did not arrive in time",
      suggestion: "Send it again",
      troubleshooting: ["If it happens again, the connection may be too slow: send less data in one request"]
    }
  }
}

/** The value of the `Expect` header is not supported. */
export class ExpectationUnsupported extends TaggedFailure<ExpectationUnsupported>()("ExpectationUnsupported", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "http.expectation_unsupported",
      status: 417,
      fault: "user",
      retryable: false,
      message: "The Expect header has an unsupported value",
      suggestion: "Send `Expect: 100-continue`, or leave the header out",
      troubleshooting: ["The client that sent the request may have a setting for it"]
    }
  }
}
