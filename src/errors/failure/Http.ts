import { Schema } from "effect"

/** Nothing lives at this address. */
export class PageNotFound extends Schema.TaggedError<PageNotFound>("starpunk/PageNotFound")("PageNotFound", {}) {}

/** A post lived at this address and was deleted. */
export class PostGone extends Schema.TaggedError<PostGone>("starpunk/PostGone")("PostGone", {}) {}

/** The address lives, but not for this method. */
export class MethodNotAllowed extends Schema.TaggedError<MethodNotAllowed>("starpunk/MethodNotAllowed")(
  "MethodNotAllowed",
  { allowed: Schema.Array(Schema.String) }
) {}

/** The address is not a well-formed path: a bad escape, a NUL, a traversal, too long. */
export class AddressMalformed extends Schema.TaggedError<AddressMalformed>("starpunk/AddressMalformed")(
  "AddressMalformed",
  { reason: Schema.Literal("escape", "control_character", "traversal", "too_long", "form") }
) {}

/** A parameter of the address is not what it should be. */
export class ParameterInvalid extends Schema.TaggedError<ParameterInvalid>("starpunk/ParameterInvalid")(
  "ParameterInvalid",
  { name: Schema.String, expected: Schema.String }
) {}

/** None of the formats that the client accepts can be given. */
export class NotAcceptable extends Schema.TaggedError<NotAcceptable>("starpunk/NotAcceptable")("NotAcceptable", {
  offered: Schema.Array(Schema.String)
}) {}

/** The stretch of the content that is asked for begins behind its end; `length` is all that there is, in bytes. */
export class RangeUnsatisfiable extends Schema.TaggedError<RangeUnsatisfiable>("starpunk/RangeUnsatisfiable")(
  "RangeUnsatisfiable",
  { length: Schema.Number }
) {}

/** The body, or a part of it, is larger than is taken here; `limitBytes` where the limit is known. */
export class BodyTooLarge extends Schema.TaggedError<BodyTooLarge>("starpunk/BodyTooLarge")("BodyTooLarge", {
  limitBytes: Schema.optional(Schema.Number)
}) {}

/** The body cannot be read as what it says it is. */
export class BodyMalformed extends Schema.TaggedError<BodyMalformed>("starpunk/BodyMalformed")("BodyMalformed", {
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
}) {}

/** The body's media type is not taken here. */
export class MediaTypeUnsupported extends Schema.TaggedError<MediaTypeUnsupported>("starpunk/MediaTypeUnsupported")(
  "MediaTypeUnsupported",
  { accepted: Schema.Array(Schema.String) }
) {}

/** What came over the connection is no HTTP request that could be answered safely (RFC 9112 §2.2, §3.2, §6.3). */
export class RequestMalformed extends Schema.TaggedError<RequestMalformed>("starpunk/RequestMalformed")(
  "RequestMalformed",
  { reason: Schema.Literal("syntax", "host") }
) {}

/** The headers of the request are larger than is taken here. */
export class HeadersTooLarge extends Schema.TaggedError<HeadersTooLarge>("starpunk/HeadersTooLarge")(
  "HeadersTooLarge",
  { limitBytes: Schema.Number }
) {}

/** The request did not arrive whole in the time that it is given. */
export class RequestTimedOut extends Schema.TaggedError<RequestTimedOut>("starpunk/RequestTimedOut")(
  "RequestTimedOut",
  {}
) {}

/** The `Expect` header asks for something that is not known here. */
export class ExpectationUnsupported extends Schema.TaggedError<ExpectationUnsupported>(
  "starpunk/ExpectationUnsupported"
)("ExpectationUnsupported", {}) {}

/** A client exceeded a rate limit, per address or per token. */
export class RateLimited extends Schema.TaggedError<RateLimited>("starpunk/RateLimited")("RateLimited", {
  /** What there was too much of. */
  limit: Schema.Literal(
    "requests",
    "searches",
    "authorizations",
    "token_requests",
    "refused_tokens",
    "health_tokens",
    "writes"
  ),
  /** Whole seconds until the next request is looked at. */
  retryAfterSeconds: Schema.Number
}) {}

/** Requests hold as much memory as they may, and this one would hold more. */
export class ServerBusy extends Schema.TaggedError<ServerBusy>("starpunk/ServerBusy")("ServerBusy", {}) {}

/** The site has not finished starting. */
export class SiteStarting extends Schema.TaggedError<SiteStarting>("starpunk/SiteStarting")("SiteStarting", {}) {}

/** Something happened that nobody foresaw. Its cause is in the log, under the request id. */
export class Unforeseen extends Schema.TaggedError<Unforeseen>("starpunk/Unforeseen")("Unforeseen", {}) {}

/** What any request may fail with. */
export type HttpFailure =
  | PageNotFound
  | PostGone
  | MethodNotAllowed
  | AddressMalformed
  | ParameterInvalid
  | NotAcceptable
  | RangeUnsatisfiable
  | BodyTooLarge
  | BodyMalformed
  | MediaTypeUnsupported
  | RequestMalformed
  | HeadersTooLarge
  | RequestTimedOut
  | ExpectationUnsupported
  | RateLimited
  | ServerBusy
  | SiteStarting
  | Unforeseen
