import { HttpServerRequest } from "@effect/platform"
import { Effect, Either } from "effect"
import { IndieAuthMalformed } from "../../errors/IndieAuth.js"
import * as Body from "../http/Body.js"
import type { RequestContext } from "../http/RequestContext.js"

/** Parameters of an OAuth request by name. Empty ones count as absent (RFC 6749 §3.1). */
export interface Parameters {
  readonly values: ReadonlyMap<string, string>
  /** Repeated names, which RFC 6749 §3.1 forbids. */
  readonly repeated: ReadonlySet<string>
}

const from = (pairs: Iterable<readonly [string, ReadonlyArray<string>]>): Parameters => {
  const values = new Map<string, string>()
  const repeated = new Set<string>()
  for (const [name, [first = "", ...rest]] of pairs) {
    if (first !== "") values.set(name, first)
    if (rest.length > 0) repeated.add(name)
  }
  return { values, repeated }
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll("+", " "))

const queryOf = (request: HttpServerRequest.HttpServerRequest): string => request.url.split("?").slice(1).join("?")

/** Parameters of the address. Escapes have to be valid UTF-8, so that values are returned unchanged. */
export const fromQuery: Effect.Effect<Parameters, IndieAuthMalformed, HttpServerRequest.HttpServerRequest> =
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
    Either.try({
      try: () => {
        const pairs = new Map<string, Array<string>>()
        for (const pair of queryOf(request).split("&")) {
          const [name = "", ...value] = pair.split("=")
          const key = decode(name)
          pairs.set(key, [...(pairs.get(key) ?? []), decode(value.join("="))])
        }
        return from(pairs)
      },
      catch: () => new IndieAuthMalformed({ parameter: "the address", expected: "valid percent-encoded UTF-8" })
    })
  )

/** Parameters that would end up in logs and histories as part of an address. */
const secrets = /[?&](?<name>access_token|token|refresh_token|code|code_verifier)=/

/** Refuses secrets in the address, by parameter name. */
export const noSecretInAddress: Effect.Effect<
  HttpServerRequest.HttpServerRequest,
  IndieAuthMalformed,
  HttpServerRequest.HttpServerRequest
> = Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
  const name = secrets.exec(request.url)?.groups?.name
  return name === undefined
    ? Effect.succeed(request)
    : Effect.fail(
        new IndieAuthMalformed({
          parameter: name,
          expected: "it in the Authorization header or in a form body, never in the URL"
        })
      )
})

/** Parameters of a form, without repetitions. Refuses secrets in the address, by parameter name. */
export const fromForm: Effect.Effect<
  ReadonlyMap<string, string>,
  IndieAuthMalformed | Body.BodyFailure,
  HttpServerRequest.HttpServerRequest | RequestContext
> = Effect.gen(function* () {
  yield* noSecretInAddress
  const { repeated, values } = from(yield* Body.form())
  const [twice] = repeated
  return twice === undefined ? values : yield* new IndieAuthMalformed({ parameter: twice, expected: "it only once" })
})
