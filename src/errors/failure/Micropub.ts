import { Schema } from "effect"

/** The request needs a token and has none. */
export class TokenMissing extends Schema.TaggedError<TokenMissing>("starpunk/TokenMissing")("TokenMissing", {
  /** Whether a token may stand further down, behind the files of a form. */
  reason: Schema.optional(Schema.Literal("before_files"))
}) {}

/** The token opens nothing. */
export class TokenInvalid extends Schema.TaggedError<TokenInvalid>("starpunk/TokenInvalid")("TokenInvalid", {
  reason: Schema.Literal("unknown", "revoked", "expired", "malformed")
}) {}

/** Two different tokens in one request (RFC 6750 §2). */
export class TokenAmbiguous extends Schema.TaggedError<TokenAmbiguous>("starpunk/TokenAmbiguous")(
  "TokenAmbiguous",
  {}
) {}

/** The token is good, but not for this. */
export class ScopeMissing extends Schema.TaggedError<ScopeMissing>("starpunk/ScopeMissing")("ScopeMissing", {
  needed: Schema.String,
  given: Schema.Array(Schema.String)
}) {}

/** The request is not Micropub: says which part, and what was expected there. */
export class MicropubMalformed extends Schema.TaggedError<MicropubMalformed>("starpunk/MicropubMalformed")(
  "MicropubMalformed",
  { part: Schema.String, expected: Schema.String }
) {}

/** The action or query is none that this server knows. */
export class MicropubUnsupported extends Schema.TaggedError<MicropubUnsupported>("starpunk/MicropubUnsupported")(
  "MicropubUnsupported",
  {
    what: Schema.Literal("action", "query", "type"),
    /** As the client says it. */
    given: Schema.optional(Schema.String),
    supported: Schema.Array(Schema.String)
  }
) {}

/** The `url` names no post of this site. */
export class PostUnknown extends Schema.TaggedError<PostUnknown>("starpunk/PostUnknown")("PostUnknown", {}) {}

/** The `url` names a post that is deleted, and so cannot be read or changed. */
export class PostDeleted extends Schema.TaggedError<PostDeleted>("starpunk/PostDeleted")("PostDeleted", {}) {}

/** What a Micropub request may fail with, HTTP and the database aside. */
export type MicropubFailure =
  | TokenMissing
  | TokenInvalid
  | TokenAmbiguous
  | ScopeMissing
  | MicropubMalformed
  | MicropubUnsupported
  | PostUnknown
  | PostDeleted
