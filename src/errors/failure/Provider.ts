import { Schema } from "effect"

/** The owner's IndieAuth provider could not be asked, or gave no answer that could be believed. Nothing is let in by it. */
export class ProviderUnavailable extends Schema.TaggedError<ProviderUnavailable>("starpunk/ProviderUnavailable")(
  "ProviderUnavailable",
  {
    host: Schema.String,
    /** What was being asked for. */
    question: Schema.Literal("profile", "metadata", "token", "code"),
    reason: Schema.Literal("refused", "unreachable", "timeout", "status", "malformed"),
    /** The status it answered, with the reason `status`. */
    status: Schema.optional(Schema.Int)
  }
) {}

/** The owner's page leads to no provider that may be trusted. */
export class ProviderUnusable extends Schema.TaggedError<ProviderUnusable>("starpunk/ProviderUnusable")(
  "ProviderUnusable",
  { page: Schema.String, reason: Schema.Literal("no_endpoint", "insecure", "issuer") }
) {}

/** The identity that the provider confirmed is not the owner. */
export class MeMismatch extends Schema.TaggedError<MeMismatch>("starpunk/MeMismatch")("MeMismatch", {
  expected: Schema.String,
  given: Schema.String
}) {}

/** A sign-in through the owner's own provider came to nothing. */
export class SignInRefused extends Schema.TaggedError<SignInRefused>("starpunk/SignInRefused")("SignInRefused", {
  reason: Schema.Literal("unknown", "expired", "browser", "issuer", "denied", "provider", "code"),
  /** What the provider called it, with the reason `provider`. */
  error: Schema.optional(Schema.String)
}) {}

/** What asking the owner's provider may fail with. */
export type ProviderFailure = ProviderUnavailable | ProviderUnusable

/** What identity that somebody else vouches for may fail with. */
export type IdentityFailure = ProviderFailure | MeMismatch | SignInRefused
