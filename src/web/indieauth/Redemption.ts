import { Effect, Either, Redacted } from "effect"
import type { Redemption } from "../../domain/indieauth/Authorization.js"
import { type ClientId, decodeClientId } from "../../domain/indieauth/ClientId.js"
import { challengeOf, verifierPattern } from "../../domain/indieauth/CodeChallenge.js"
import { IndieAuthMalformed } from "../../errors/IndieAuth.js"
import { noteActivity, type RequestContext } from "../http/RequestContext.js"

/** A required parameter. */
export const required = (
  values: ReadonlyMap<string, string>,
  parameter: string,
  expected: string
): Effect.Effect<string, IndieAuthMalformed> => {
  const value = values.get(parameter)
  return value === undefined ? Effect.fail(new IndieAuthMalformed({ parameter, expected })) : Effect.succeed(value)
}

/** The app of a program's request. */
export const clientFrom = (
  values: ReadonlyMap<string, string>
): Effect.Effect<ClientId, IndieAuthMalformed, RequestContext> => {
  const expected = "the client_id of the authorization request"
  return Effect.flatMap(required(values, "client_id", expected), (given) =>
    Either.mapLeft(decodeClientId(given), () => new IndieAuthMalformed({ parameter: "client_id", expected }))
  ).pipe(Effect.tap((clientId) => noteActivity({ clientId })))
}

/** Reads a code with its parameters, for both endpoints that redeem codes (IndieAuth §5.3). */
export const redemptionFrom = (
  values: ReadonlyMap<string, string>
): Effect.Effect<
  { readonly code: Redacted.Redacted; readonly shown: Redemption },
  IndieAuthMalformed,
  RequestContext
> =>
  Effect.gen(function* () {
    const code = yield* required(values, "code", "the code from the redirect")
    const clientId = yield* clientFrom(values)
    const redirectUri = yield* required(values, "redirect_uri", "the redirect_uri of the authorization request")
    const expected = "the PKCE verifier: 43 to 128 letters, digits, -, ., _ or ~"
    const verifier = values.get("code_verifier")
    const shown = { clientId, redirectUri }
    if (verifier === undefined) return { code: Redacted.make(code), shown }
    if (!verifierPattern.test(verifier)) {
      return yield* new IndieAuthMalformed({ parameter: "code_verifier", expected })
    }
    return { code: Redacted.make(code), shown: { ...shown, codeChallenge: yield* challengeOf(verifier) } }
  })
