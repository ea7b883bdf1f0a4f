import { Schema } from "effect"
import { ClientIdFault } from "../../domain/indieauth/ClientId.js"
import { RedirectUriFault } from "../../domain/indieauth/RedirectUri.js"

/** The client_id names no app that could be shown to the owner. */
export class ClientIdInvalid extends Schema.TaggedError<ClientIdInvalid>("starpunk/ClientIdInvalid")(
  "ClientIdInvalid",
  { reason: Schema.Literal("missing", "repeated", ...ClientIdFault.literals) }
) {}

/** The redirect_uri is none to which the owner, let alone a code, may be sent. */
export class RedirectUriInvalid extends Schema.TaggedError<RedirectUriInvalid>("starpunk/RedirectUriInvalid")(
  "RedirectUriInvalid",
  {
    reason: Schema.Literal("repeated", ...RedirectUriFault.literals),
    /** Why the app's own list of addresses could not be read, where that is so. */
    note: Schema.optional(Schema.String)
  }
) {}

/** A parameter of a request to an IndieAuth endpoint is missing, given twice, or not what it should be. */
export class IndieAuthMalformed extends Schema.TaggedError<IndieAuthMalformed>("starpunk/IndieAuthMalformed")(
  "IndieAuthMalformed",
  { parameter: Schema.String, expected: Schema.String }
) {}

/** The owner decided about a request that is not waiting: it was decided, is too old, or belongs to another session. */
export class AuthorizationRequestExpired extends Schema.TaggedError<AuthorizationRequestExpired>(
  "starpunk/AuthorizationRequestExpired"
)("AuthorizationRequestExpired", {}) {}

/** What is shown for a token gives none (RFC 6749 §5.2, `invalid_grant`). */
export class GrantInvalid extends Schema.TaggedError<GrantInvalid>("starpunk/GrantInvalid")("GrantInvalid", {
  reason: Schema.Literal(
    "code_unknown",
    "code_used",
    "code_expired",
    "client",
    "redirect_uri",
    "verifier",
    "verifier_missing",
    "verifier_unasked",
    "no_scope",
    "refresh_unknown",
    "refresh_used",
    "refresh_expired",
    "refresh_revoked",
    "refresh_client"
  )
}) {}

/** The grant_type is none that this server knows. */
export class GrantTypeUnsupported extends Schema.TaggedError<GrantTypeUnsupported>("starpunk/GrantTypeUnsupported")(
  "GrantTypeUnsupported",
  { supported: Schema.Array(Schema.String) }
) {}

/** A renewed token is to be good for more than the owner has allowed (RFC 6749 §6). */
export class ScopeExceeded extends Schema.TaggedError<ScopeExceeded>("starpunk/ScopeExceeded")("ScopeExceeded", {
  scope: Schema.String,
  allowed: Schema.Array(Schema.String)
}) {}

/** What a request to an IndieAuth endpoint may fail with, HTTP, tokens and the database aside. */
export type IndieAuthFailure =
  | ClientIdInvalid
  | RedirectUriInvalid
  | IndieAuthMalformed
  | AuthorizationRequestExpired
  | GrantInvalid
  | GrantTypeUnsupported
  | ScopeExceeded
