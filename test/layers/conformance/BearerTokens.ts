import { expect, layer as withLayer } from "@effect/vitest"
import { Effect, type Layer, Redacted } from "effect"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { BearerTokens } from "../../../src/services/BearerTokens.js"

/** Contract of BearerTokens where only the site issues tokens. */
export const conforms = <E>(name: string, implementation: Layer.Layer<BearerTokens | AccessTokens, E>) =>
  withLayer(implementation)(`BearerTokens: ${name}`, (it) => {
    const refusal = (token: Redacted.Redacted) =>
      Effect.flatMap(BearerTokens, (tokens) =>
        Effect.map(Effect.flip(tokens.verify(token)), (failure) =>
          failure._tag === "TokenInvalid" ? failure.reason : failure._tag
        )
      )

    it.effect("accepts a token of this site with its scopes, until it is revoked", () =>
      Effect.gen(function* () {
        const local = yield* AccessTokens
        const bearer = yield* BearerTokens
        const { record, token } = yield* local.create({
          label: "Editor",
          me: "https://me.example/",
          scopes: ["create", "update"]
        })
        expect(yield* bearer.verify(token)).toMatchObject({ id: record.id, scopes: ["create", "update"] })
        yield* local.revoke(record.id)
        expect(yield* refusal(token)).toBe("revoked")
      })
    )

    it.effect("rejects an unknown token", () =>
      Effect.gen(function* () {
        expect(yield* refusal(Redacted.make("a".repeat(43)))).toBe("unknown")
        for (const text of ["", "x", "a b", "a\r\nb: c", "é", "x".repeat(10_000)]) {
          expect(yield* refusal(Redacted.make(text))).toBe("malformed")
        }
      })
    )
  })
