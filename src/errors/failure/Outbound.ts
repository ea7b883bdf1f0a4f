import { Schema } from "effect"

/** A request to another server was not made, because its address is none that may be asked. */
export class OutboundRefused extends Schema.TaggedError<OutboundRefused>("starpunk/OutboundRefused")(
  "OutboundRefused",
  { host: Schema.String, reason: Schema.Literal("address", "scheme", "insecure", "credentials", "malformed") }
) {}

/** Another server could not be asked, or did not answer as it should. */
export class OutboundFailed extends Schema.TaggedError<OutboundFailed>("starpunk/OutboundFailed")("OutboundFailed", {
  host: Schema.String,
  reason: Schema.Literal("name", "connection", "tls", "timeout", "too_large", "too_many_redirects", "malformed")
}) {}

/** What asking another server may fail with. */
export type OutboundFailure = OutboundRefused | OutboundFailed
