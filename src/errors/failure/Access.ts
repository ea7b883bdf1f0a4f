import { Schema } from "effect"

/**
 * A browser sent this from a page that is not this site's own, or is not open under this site's address: a forged
 * request, or a site that is opened under another address than it is configured for.
 */
export class OriginForeign extends Schema.TaggedError<OriginForeign>("starpunk/OriginForeign")("OriginForeign", {
  /**
   * What the browser said: another site altogether, another host of the same domain, a page without an origin of its
   * own (a file, a sandbox), or an `Origin` that is not the configured one.
   */
  reason: Schema.Literal("cross_site", "same_site", "opaque", "other_origin"),
  /** The origin that the site is configured for. */
  expected: Schema.String,
  /** The origin that the browser named, where it is a well-formed one. */
  given: Schema.optional(Schema.String)
}) {}

/** The request needs a token and has none, and something says that it had one when it left the client. */
export class HeaderStripped extends Schema.TaggedError<HeaderStripped>("starpunk/HeaderStripped")("HeaderStripped", {
  /** The token came in another header, or its client got one a moment ago. */
  sign: Schema.Literal("substitute", "recent_token"),
  /** The header in which it came, of a list of our own. */
  header: Schema.optional(Schema.String)
}) {}

/** The client is neither the owner nor the monitoring, which alone may read metrics. */
export class MetricsNotShown extends Schema.TaggedError<MetricsNotShown>("starpunk/MetricsNotShown")(
  "MetricsNotShown",
  {
    /** No token came, a wrong one, or there is none that could come. */
    reason: Schema.Literal("missing", "wrong", "not_set")
  }
) {}

/** What a request may be refused for on the way it took, or for who sent it. */
export type AccessFailure = OriginForeign | HeaderStripped | MetricsNotShown
