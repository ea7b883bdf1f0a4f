import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { anyOf, brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** No page has this address. */
export class PageNotFound extends TaggedFailure<PageNotFound>()("PageNotFound", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "http.not_found",
      status: 404,
      fault: "user",
      retryable: false,
      message: "Page not found",
      suggestion: "Check the address for typos, or start at the home page",
      troubleshooting: ["If you followed a link, report it to the owner of the page it is on"]
    }
  }
}

/** The post at this address was deleted. */
export class PostGone extends TaggedFailure<PostGone>()("PostGone", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "http.gone",
      status: 410,
      fault: "user",
      retryable: false,
      message: "This post was deleted",
      suggestion: "Continue at the home page",
      troubleshooting: ["The author deleted this post. You can remove links to it"]
    }
  }
}

/** No draft has this link: it was ended or replaced, its post was deleted, or it never existed. */
export class DraftLinkEnded extends TaggedFailure<DraftLinkEnded>()("DraftLinkEnded", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "http.draft_link_ended",
      status: 410,
      fault: "user",
      retryable: false,
      message: "This link to a draft no longer works",
      suggestion: "Ask the person who sent it for a new link",
      troubleshooting: ["The author ended or replaced the link, or deleted the draft"]
    }
  }
}

/** The address does not support this method. */
export class MethodNotAllowed extends TaggedFailure<MethodNotAllowed>()(
  "MethodNotAllowed",
  { allowed: Schema.Array(Schema.String) },
  { allowed: ["GET", "HEAD"] }
) {
  get info(): ErrorInfo {
    const { allowed } = this
    return {
      code: "http.method_not_allowed",
      status: 405,
      fault: "user",
      retryable: false,
      message: "This address does not support this method",
      suggestion: `Use ${anyOf(allowed)}`,
      troubleshooting: ["The Allow header lists the supported methods"]
    }
  }
}

const addressFault: Record<AddressMalformed["reason"], string> = {
  escape: "Write % as %25 in addresses, and percent-encode text as UTF-8",
  control_character: "Remove the control characters from the address",
  traversal: "Remove the `..` segments from the address",
  too_long: "Shorten the address",
  form: "Request a path that starts with a slash"
}

/** The address is not a valid path: a bad escape, a control character, a traversal, or too long. */
export class AddressMalformed extends TaggedFailure<AddressMalformed>()(
  "AddressMalformed",
  { reason: Schema.Literal("escape", "control_character", "traversal", "too_long", "form") },
  { reason: "escape" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "http.address_malformed",
      failure: this,
      status: reason === "too_long" ? 414 : 400,
      fault: "user",
      retryable: false,
      message: reason === "too_long" ? "This address is too long" : "This address is malformed",
      suggestion: addressFault[reason],
      troubleshooting: ["Correct the address, or start at the home page"]
    }
  }
}

/** A parameter of the address is not valid. */
export class ParameterInvalid extends TaggedFailure<ParameterInvalid>()(
  "ParameterInvalid",
  { name: Schema.String, expected: Schema.String },
  { name: "page", expected: "a whole number from 1" }
) {
  get info(): ErrorInfo {
    const { expected, name } = this
    return {
      code: "http.parameter_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      message: `The parameter \`${brief(name)}\` is not valid`,
      suggestion: `Expected: ${expected}`,
      troubleshooting: ["Leave the parameter out to use its default, if it has one"]
    }
  }
}

/** The client accepts none of the formats of this address. */
export class NotAcceptable extends TaggedFailure<NotAcceptable>()(
  "NotAcceptable",
  {
    offered: Schema.Array(Schema.String)
  },
  { offered: ["text/html", "application/json"] }
) {
  get info(): ErrorInfo {
    const { offered } = this
    return {
      code: "http.not_acceptable",
      status: 406,
      fault: "user",
      retryable: false,
      message: "This address has no format that your client accepts",
      suggestion: `Accept ${anyOf(offered)}`,
      troubleshooting: ["Send `Accept: */*` to accept any format"]
    }
  }
}

/** The requested range begins behind the end of the content. `length` is the size of the content in bytes. */
export class RangeUnsatisfiable extends TaggedFailure<RangeUnsatisfiable>()(
  "RangeUnsatisfiable",
  { length: Schema.Number },
  { length: 1000 }
) {
  get info(): ErrorInfo {
    const { length } = this
    return {
      code: "http.range_unsatisfiable",
      status: 416,
      fault: "user",
      retryable: false,
      message: "The requested range is outside this file",
      suggestion: `Request a range within its ${length} bytes`,
      troubleshooting: ["Leave out the Range header to get the whole file"]
    }
  }
}
