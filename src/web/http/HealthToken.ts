import type { HttpServerRequest } from "@effect/platform"
import { Effect, Option, Redacted } from "effect"
import { networkOf } from "../../domain/Network.js"
import { RateLimited } from "../../errors/Availability.js"
import { Attempts } from "../../services/Attempts.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import { bearerToken } from "./BearerToken.js"
import { clientAddress } from "./Client.js"
import { paces } from "./RateLimits.js"

const digest = (text: string): Effect.Effect<Uint8Array> =>
  Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
    (hash) => new Uint8Array(hash)
  )

/** Compares in constant time; on digests, which reveal nothing about their input. */
const equal = (a: Uint8Array, b: Uint8Array): boolean => {
  let difference = a.length ^ b.length
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0)
  return difference === 0
}

/** State of the health token (`STARPUNK_HEALTH_TOKEN`) in a request: `not_set` if the site has none. */
export type Presented = "right" | "wrong" | "missing" | "not_set"

/**
 * Checks the bearer token of a request. Uses neither the database nor sessions. Wrong tokens are counted per network; a
 * network with too many is refused before the comparison, even with the right token. The right token resets the count.
 */
export const presented: Effect.Effect<
  (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<Presented, RateLimited>,
  never,
  Settings | Attempts | TrustedProxies
> = Effect.gen(function* () {
  const { health } = yield* Settings
  const attempts = yield* Attempts
  const proxies = yield* TrustedProxies
  if (Option.isNone(health.token)) return () => Effect.succeed("not_set")
  const expected = yield* digest(Redacted.value(health.token.value))
  return (request: HttpServerRequest.HttpServerRequest) =>
    Effect.gen(function* () {
      const token = bearerToken(request.headers.authorization)
      if (token === undefined || /\s/.test(token)) return "missing"
      const guesses = { kind: "health_tokens", key: networkOf(clientAddress(proxies, request)) } as const
      yield* Effect.mapError(
        attempts.take({ ...guesses, ...paces.health_tokens }),
        ({ retryAfterSeconds }) => new RateLimited({ limit: guesses.kind, retryAfterSeconds })
      )
      if (!equal(yield* digest(token), expected)) return "wrong"
      yield* attempts.forget(guesses)
      return "right"
    })
})
