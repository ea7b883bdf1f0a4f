import { Context, type Effect, type Redacted } from "effect"
import type { AccessToken } from "../domain/indieauth/AccessToken.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { TokenInvalid } from "../errors/failure/Micropub.js"
import type { MeMismatch, ProviderFailure } from "../errors/failure/Provider.js"

/** Why a bearer token opens nothing. */
export type BearerFailure = TokenInvalid | MeMismatch | ProviderFailure | DatabaseFailure

/**
 * Whose token a request bears, wherever it was made. Tokens of this site come first. Where `STARPUNK_ADMIN_ME` is another
 * site, one that is not known here is asked about at that site's own endpoints; the answer holds for a minute at most,
 * and whatever is no clear yes is a no.
 */
export class BearerTokens extends Context.Tag("starpunk/BearerTokens")<
  BearerTokens,
  { readonly verify: (token: Redacted.Redacted) => Effect.Effect<AccessToken, BearerFailure> }
>() {}
