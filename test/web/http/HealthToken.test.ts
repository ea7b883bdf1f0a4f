import { describe, expect, layer } from "@effect/vitest"
import { Effect, Layer, Option, Redacted, TestClock } from "effect"
import { layer as layerScripted } from "../../../layers/memory/HealthChecker.js"
import * as MemoryMachine from "../../../layers/memory/Machine.js"
import * as MemorySessions from "../../../layers/memory/SessionManager.js"
import * as Exposition from "../../../layers/metrics/Exposition.js"
import * as Health from "../../../src/web/health/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { paces } from "../../../src/web/http/RateLimits.js"
import * as Metrics from "../../../src/web/metrics/Routes.js"
import * as FakePool from "../../fixtures/FakePool.js"
import { engineWith } from "../../fixtures/FakeSearch.js"
import { ask, settings, testServer } from "../../fixtures/TestServer.js"

const token = "a-token-for-prometheus"

/** Behind a proxy on this machine, so that a request may come from anywhere. The clock stands still. */
const site = () =>
  testServer(
    serve(Layer.merge(Health.routes, Metrics.routes)).pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          Exposition.layer,
          FakePool.layer,
          MemoryMachine.layer,
          engineWith({}),
          layerScripted,
          MemorySessions.layer
        )
      )
    ),
    {
      trusted: ["127.0.0.1"],
      settings: { ...settings, health: { ...settings.health, token: Option.some(Redacted.make(token)) } }
    }
  )

const show = (path: string, address: string, given: string) =>
  ask(path, { headers: { authorization: `Bearer ${given}`, "x-forwarded-for": address } })

const isDetailed = (body: string) => "checks" in JSON.parse(body)

describe("S14: guesses at the health token", () => {
  layer(site())("on /metrics", (it) => {
    it.effect(
      "are refused by network when they are used up, including the right token, until they are allowed again",
      () =>
        Effect.gen(function* () {
          const { burst, every } = paces.health_tokens
          for (let count = 0; count < burst; count++) {
            // A /64 of IPv6 is one subscriber.
            const { status } = yield* show("/metrics", `2001:db8::${(count % 9) + 1}`, `guess-number-${count}-of-many`)
            expect(status).toBe(401)
          }
          const refused = yield* show("/metrics", "2001:db8::ffff", token)
          expect([refused.status, JSON.parse(refused.body).code]).toEqual([429, "http.rate_limited"])
          expect(refused.headers.get("retry-after")).toBe("10")
          expect((yield* show("/metrics", "2001:db8:0:1::1", token)).status).toBe(200)
          yield* TestClock.adjust(every)
          expect((yield* show("/metrics", "2001:db8::ffff", token)).status).toBe(200)
          // The right token gives all guesses back.
          expect((yield* show("/metrics", "2001:db8::1", "guess-number-one-of-many")).status).toBe(401)
          expect((yield* show("/metrics", "2001:db8::1", token)).status).toBe(200)
        })
    )
  })

  layer(site())("on the health checks", (it) => {
    it.effect("are counted the same way, hide the detail, and never keep a probe from its verdict", () =>
      Effect.gen(function* () {
        const paths = ["/health", "/health/ready", "/health/live", "/health/startup"]
        for (let count = 0; count < paces.health_tokens.burst; count++) {
          yield* show(paths[count % 4] ?? "/health", "203.0.113.7", "a-wrong-token-for-probes")
        }
        for (const path of paths) {
          const { body, status } = yield* show(path, "203.0.113.7", token)
          expect([path, status, isDetailed(body)]).toEqual([path, 200, false])
          const other = yield* show(path, "203.0.113.8", token)
          expect([path, other.status, isDetailed(other.body)]).toEqual([path, 200, true])
        }
        expect((yield* show("/metrics", "203.0.113.7", token)).status).toBe(429)
      })
    )
  })
})
