import type { HttpServerRequest } from "@effect/platform"
import { Effect, Option, Redacted } from "effect"
import { Settings } from "../../Config.js"

const digest = (text: string): Effect.Effect<Uint8Array> =>
  Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
    (hash) => new Uint8Array(hash)
  )

/** Takes the same time wherever they differ; on digests, which tell nothing of what they were made from. */
const equal = (a: Uint8Array, b: Uint8Array): boolean => {
  let difference = a.length ^ b.length
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0)
  return difference === 0
}

const bearer = (request: HttpServerRequest.HttpServerRequest): string | undefined =>
  /^bearer +(?<token>\S+)$/i.exec(request.headers.authorization?.trim() ?? "")?.groups?.token

/** Whether a request is shown the detail behind a verdict. Asks neither the database nor anybody's session. */
export type MaySeeDetail = (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<boolean>

/** Everybody sees the detail where the settings say so; elsewhere, whoever sends the health token as a bearer token. */
export const maySeeDetail: Effect.Effect<MaySeeDetail, never, Settings> = Effect.gen(function* () {
  const { health } = yield* Settings
  if (health.detailed) return () => Effect.succeed(true)
  if (Option.isNone(health.token)) return () => Effect.succeed(false)
  const expected = yield* digest(Redacted.value(health.token.value))
  return (request: HttpServerRequest.HttpServerRequest) => {
    const token = bearer(request)
    return token === undefined ? Effect.succeed(false) : Effect.map(digest(token), (given) => equal(given, expected))
  }
})
