import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as PageParser from "../../../layers/memory/PageParser.js"
import * as MemorySafeHttp from "../../../layers/memory/SafeHttp.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import * as BearerTokensLayer from "../../../layers/outbound/BearerTokens.js"
import * as OwnerProvider from "../../../layers/outbound/OwnerProvider.js"
import * as AccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { BearerTokens } from "../../../src/services/BearerTokens.js"
import type { OutboundRequest } from "../../../src/services/SafeHttp.js"
import { conforms } from "./BearerTokens.js"

const local = AccessTokens.layer.pipe(
  Layer.provide(TestDatabase.database()),
  Layer.provide(Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent))
)

/** A provider that would confirm anything, and records requests. */
const beside = (adminMe: Option.Option<string>, asked: Array<OutboundRequest> = []) => {
  const answers: Readonly<Record<string, string>> = {
    "https://ada.example/": '<link rel="token_endpoint" href="/token">',
    "https://ada.example/token": '{"me":"https://ada.example/","scope":"create"}'
  }
  const http = MemorySafeHttp.layerOf((request) =>
    Effect.sync(() => {
      asked.push(request)
      return MemorySafeHttp.answering(request, answers[request.url] ?? "")
    })
  )
  return BearerTokensLayer.layer.pipe(
    Layer.provide(OwnerProvider.layer),
    Layer.provideMerge(local),
    Layer.provide(Layer.mergeAll(http, PageParser.layer, layerTest({ adminMe }), MemoryLogger.layerSilent))
  )
}

conforms("with a provider, of a site that is its own identity", beside(Option.none()))

describe("BearerTokens with a provider", () => {
  it.effect.each(["", " ", "a b", "a\r\nx: b", "é", "😀", 'a"b', "x".repeat(10_000), "=", "\0"])(
    "do not ask about %j, which is no valid bearer token",
    (text) => {
      const asked: Array<OutboundRequest> = []
      return Effect.gen(function* () {
        const failure = yield* Effect.flip(Effect.flatMap(BearerTokens, ({ verify }) => verify(Redacted.make(text))))
        expect(failure).toMatchObject({ _tag: "TokenInvalid", reason: "malformed" })
        expect(asked).toEqual([])
      }).pipe(Effect.provide(beside(Option.some("https://ada.example/"), asked)))
    }
  )

  it.effect.each(["x", "a".repeat(43), "eyJhbGciOiJub25lIn0.eyJtZSI6MX0.", "abc~._-+/12=="])(
    "ask about %j, unchanged",
    (text) => {
      const asked: Array<OutboundRequest> = []
      return Effect.gen(function* () {
        const { verify } = yield* BearerTokens
        expect(yield* verify(Redacted.make(text))).toMatchObject({ me: "https://ada.example/", scopes: ["create"] })
        expect(asked.map(({ headers, url }) => [url, headers?.authorization])).toEqual([
          ["https://ada.example/", undefined],
          ["https://ada.example/token", `Bearer ${text}`]
        ])
      }).pipe(Effect.provide(beside(Option.some("https://ada.example/"), asked)))
    }
  )
})
