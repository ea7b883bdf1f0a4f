import { Context, type Effect, type Redacted } from "effect"
import type { AccessToken } from "../domain/indieauth/AccessToken.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { TokenInvalid } from "../errors/Micropub.js"
import type { MeMismatch, ProviderFailure } from "../errors/Provider.js"

/** Failures of verifying a bearer token. */
export type BearerFailure = TokenInvalid | MeMismatch | ProviderFailure | DatabaseFailure

/**
 * Verifies bearer tokens of any issuer. Tokens of this site come first. If `STARPUNK_ADMIN_ME` is another site, an
 * unknown token is verified at that site's endpoints. The answer is cached for at most a minute, and an unclear answer
 * counts as a refusal.
 */
export class BearerTokens extends Context.Tag("starpunk/BearerTokens")<
  BearerTokens,
  { readonly verify: (token: Redacted.Redacted) => Effect.Effect<AccessToken, BearerFailure> }
>() {}
