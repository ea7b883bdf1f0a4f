import { Option, Schema } from "effect"
import { isScope, presentScopes, type Scope } from "./Scope.js"

/** A provider's answer about a token. */
export type TokenAnswer =
  | { readonly active: false }
  | {
      readonly active: true
      readonly me: string
      readonly scopes: ReadonlyArray<Scope>
      readonly clientId?: string
      /** Epoch milliseconds, UTC. */
      readonly issuedAt?: number
      /** Epoch milliseconds, UTC. */
      readonly expiresAt?: number
    }

/** Seconds since the epoch (RFC 7519 §2, NumericDate). */
const NumericDate = Schema.NullOr(Schema.Union(Schema.Finite, Schema.NumberFromString.pipe(Schema.finite())))

const Claims = Schema.Struct({
  active: Schema.optional(Schema.Boolean),
  me: Schema.optional(Schema.NullOr(Schema.String)),
  scope: Schema.optional(Schema.NullOr(Schema.Union(Schema.String, Schema.Array(Schema.String)))),
  client_id: Schema.optional(Schema.NullOr(Schema.String)),
  iat: Schema.optional(NumericDate),
  exp: Schema.optional(NumericDate),
  error: Schema.optional(Schema.Unknown)
})

const inJson = Schema.decodeUnknownOption(Schema.parseJson(Claims))
const inForm = Schema.decodeUnknownOption(Claims)

/** Scopes without a meaning here permit nothing here. */
const scopesOf = (scope: string | ReadonlyArray<string> | null | undefined): ReadonlyArray<Scope> => {
  const words = typeof scope === "string" ? scope.split(/\s+/) : (scope ?? [])
  return presentScopes(words).filter(isScope)
}

const activeAnswer = (me: string, claims: typeof Claims.Type): TokenAnswer => ({
  active: true,
  me,
  scopes: scopesOf(claims.scope),
  ...(typeof claims.client_id === "string" ? { clientId: claims.client_id } : {}),
  ...(typeof claims.iat === "number" ? { issuedAt: claims.iat * 1000 } : {}),
  ...(typeof claims.exp === "number" ? { expiresAt: claims.exp * 1000 } : {})
})

/**
 * Parses an introspection response (RFC 7662 §2.2, with IndieAuth's `me`). None if it is not valid: `active` has to be
 * a JSON boolean, although IndieAuth's own example has it in quotes, and an active token needs `me`.
 */
export const readIntrospection = (text: string): Option.Option<TokenAnswer> =>
  Option.flatMap(inJson(text), (claims): Option.Option<TokenAnswer> => {
    if (claims.active === false) return Option.some({ active: false })
    return claims.active === true && typeof claims.me === "string"
      ? Option.some(activeAnswer(claims.me, claims))
      : Option.none()
  })

/**
 * Parses an older token endpoint's response to a GET with the token (IndieAuth of 2020, §6.1): JSON, or form-encoded.
 * None if it has neither `me` nor an error.
 */
export const readVerification = (text: string): Option.Option<TokenAnswer> => {
  const claims = text.trimStart().startsWith("{") ? inJson(text) : inForm(Object.fromEntries(new URLSearchParams(text)))
  return Option.flatMap(claims, (claims): Option.Option<TokenAnswer> => {
    if (claims.active === false) return Option.some({ active: false })
    if (typeof claims.me === "string") return Option.some(activeAnswer(claims.me, claims))
    return claims.error === undefined ? Option.none() : Option.some({ active: false })
  })
}
