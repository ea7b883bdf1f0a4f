import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, TestClock } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import * as AccessTokens from "../../layers/sql/stores/AccessTokens.js"
import * as Authorizations from "../../layers/sql/stores/Authorizations.js"
import * as TestDatabase from "../../layers/TestDatabase.js"
import * as AuthorizationCleanup from "../../src/background/AuthorizationCleanup.js"
import { ClientId } from "../../src/domain/indieauth/ClientId.js"
import { Authorizations as AuthorizationsService } from "../../src/services/Authorizations.js"

const services = AuthorizationCleanup.layer.pipe(
  Layer.provideMerge(Authorizations.layer),
  Layer.provide(AccessTokens.layer),
  Layer.provide(TestDatabase.database()),
  Layer.provide(Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent))
)

describe("the clean-up of authorizations", () => {
  it.effect("removes expired entries at its interval", () =>
    Effect.gen(function* () {
      const authorizations = yield* AuthorizationsService
      const ask = authorizations.ask({
        sessionId: "s",
        clientId: ClientId.make("https://app.example/"),
        redirectUri: "https://app.example/",
        codeChallenge: "a".repeat(43),
        scopes: []
      })
      yield* ask
      yield* TestClock.adjust("29 minutes")
      yield* ask
      yield* TestClock.adjust("15 minutes")
      // The first one is already removed, and the second one is not yet due.
      expect(yield* authorizations.cleanup).toBe(0)
      yield* TestClock.adjust("15 minutes")
      yield* TestClock.adjust("15 minutes")
      expect(yield* authorizations.cleanup).toBe(0)
    }).pipe(Effect.provide(services))
  )
})
