import { expect, layer } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"
import { degraded, healthy, type Observation, unhealthy } from "../../../layers/health/Check.js"
import { HealthScript, layer as layerScripted } from "../../../layers/memory/HealthChecker.js"
import { type CheckName, HealthChecker } from "../../../src/services/HealthChecker.js"
import { Lifecycle, type Phase } from "../../../src/services/Lifecycle.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { routes } from "../../../src/web/health/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { eventually } from "../../fixtures/Eventually.js"
import { ask, settings, testServer } from "../../fixtures/TestServer.js"

const token = "a-token-for-probes"
const bearer = { authorization: `Bearer ${token}` }
const withToken: SettingsValues["health"] = {
  detailed: false,
  token: Option.some(Redacted.make(token)),
  memoryThresholdMb: 512
}

/** A site in which one component says this; started and looked at. */
const site = (
  state: { readonly check?: CheckName; readonly says?: Observation; readonly phase?: Phase },
  health: SettingsValues["health"] = withToken
) =>
  testServer(
    Layer.tap(Layer.provideMerge(serve(routes), layerScripted), (context) =>
      Effect.gen(function* () {
        const { check, phase = "ready", says } = state
        if (check !== undefined) yield* (yield* HealthScript).set(check, Effect.succeed(says ?? healthy()))
        const lifecycle = yield* Lifecycle
        yield* lifecycle.advance(phase === "starting" ? "starting" : "ready")
        const { ready } = yield* HealthChecker
        if (phase !== "starting") yield* eventually(ready, ({ reason }) => reason === undefined)
        yield* lifecycle.advance(phase)
      }).pipe(Effect.provide(context))
    ),
    { phase: "starting", settings: { ...settings, health } }
  )

const answers = ["/health", "/health/ready", "/health/live", "/health/startup"] as const
const broken = unhealthy("database.corrupt", { pool_active: 0, pool_size: 2 })

const matrix: ReadonlyArray<
  readonly [string, Parameters<typeof site>[0], statuses: readonly [number, number, number, number], ready: string]
> = [
  ["well", {}, [200, 200, 200, 200], "healthy"],
  ["starting", { phase: "starting" }, [503, 503, 200, 503], "unhealthy"],
  ["draining", { phase: "draining" }, [503, 503, 200, 200], "unhealthy"],
  ["without its database", { check: "database", says: broken }, [503, 503, 200, 200], "unhealthy"],
  ["with a locked writer", { check: "writer", says: unhealthy("database.locked") }, [200, 200, 200, 200], "degraded"],
  ["with a full disk", { check: "filesystem", says: unhealthy("storage.full") }, [200, 200, 200, 200], "degraded"],
  ["without FTS5", { check: "search", says: degraded("fts5_missing") }, [200, 200, 200, 200], "degraded"],
  ["over its memory", { check: "memory", says: degraded("over_threshold") }, [200, 200, 200, 200], "degraded"]
]

for (const [name, state, statuses, verdict] of matrix) {
  layer(site(state), { excludeTestServices: true })(`the health of a site ${name}`, (it) => {
    it.effect("is the same for every caller, by GET and HEAD, and is never cached", () =>
      Effect.gen(function* () {
        for (const [index, path] of answers.entries()) {
          for (const init of [{}, { headers: bearer }, { method: "HEAD" }, { method: "HEAD", headers: bearer }]) {
            const { headers, status } = yield* ask(path, init)
            expect([path, init, status]).toEqual([path, init, statuses[index]])
            expect(headers.get("cache-control")).toBe("no-store")
            expect(headers.get("content-type")).toBe("application/json")
          }
        }
      })
    )

    it.effect("has the body of StarPunk (Python), or health+json on request", () =>
      Effect.gen(function* () {
        const plain = JSON.parse((yield* ask("/health/ready")).body)
        expect(plain).toEqual({ status: verdict, timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) })
        const standard = yield* ask("/health/ready", { headers: { accept: "application/health+json" } })
        expect(standard.headers.get("content-type")).toBe("application/health+json")
        const words: Readonly<Record<string, string>> = { healthy: "pass", degraded: "warn", unhealthy: "fail" }
        expect(JSON.parse(standard.body)).toEqual({ status: words[verdict] })
      })
    )
  })
}

layer(site({ check: "database", says: healthy({ pool_active: 1, pool_size: 2, response_ms: 0.4 }) }), {
  excludeTestServices: true
})("the detail", (it) => {
  it.effect("has the fields of StarPunk (Python), with the token", () =>
    Effect.gen(function* () {
      const detail = JSON.parse((yield* ask("/health/ready", { headers: bearer })).body)
      expect(Object.keys(detail)).toEqual(["status", "timestamp", "uptime", "version", "checks"])
      expect(Object.keys(detail.checks).slice(0, 4)).toEqual(["database", "search", "filesystem", "memory"])
      for (const check of Object.values(detail.checks)) expect(check).toMatchObject({ healthy: true })
      expect(detail.checks.database).toMatchObject({ pool_active: 1, pool_size: 2 })
      expect(detail.uptime).toBeTypeOf("number")
    })
  )

  it.effect("is arrays by component and measurement in health+json", () =>
    Effect.gen(function* () {
      const headers = { ...bearer, accept: "application/health+json, application/json;q=0.5" }
      const detail = JSON.parse((yield* ask("/health/ready", { headers })).body)
      expect(detail).toMatchObject({
        status: "pass",
        version: "0",
        releaseId: "0.0.0-test",
        checks: {
          uptime: [{ componentType: "system", observedUnit: "s" }],
          "database:response_ms": [
            { componentType: "datastore", observedValue: 0.4, observedUnit: "ms", status: "pass" }
          ],
          "database:pool_size": [{ observedValue: 2 }],
          search: [{ status: "pass" }]
        }
      })
    })
  )

  it.effect("is shown to no other caller, and no caller is refused", () =>
    Effect.gen(function* () {
      const wrong = ["Bearer", "Bearer a-token-for-probe", "Bearer a-token-for-probess", "Basic YTpi", `Basic ${token}`]
      for (const authorization of wrong) {
        const { body, status } = yield* ask("/health", { headers: { authorization } })
        expect([status, Object.keys(JSON.parse(body))]).toEqual([200, ["status", "timestamp"]])
      }
      const original = yield* ask("/health?detailed=true")
      expect([original.status, Object.keys(JSON.parse(original.body))]).toEqual([200, ["status", "timestamp"]])
    })
  )

  it.effect("unknown formats get JSON, not a refusal; other methods get a 405", () =>
    Effect.gen(function* () {
      const { headers, status } = yield* ask("/health", { headers: { accept: "text/html" } })
      expect([status, headers.get("content-type")]).toEqual([200, "application/json"])
      expect((yield* ask("/health", { method: "POST" })).status).toBe(405)
    })
  )
})

layer(site({ check: "database", says: broken }, { ...withToken, detailed: true }), { excludeTestServices: true })(
  "a site with public health details",
  (it) => {
    it.effect("shows problems by their code, and the verdict of the whole", () =>
      Effect.gen(function* () {
        const { body, status } = yield* ask("/health")
        expect(status).toBe(503)
        expect(JSON.parse(body).checks.database).toMatchObject({ healthy: false, reason: "database.corrupt" })
        const live = yield* ask("/health/live")
        expect([live.status, Object.keys(JSON.parse(live.body).checks)]).toEqual([200, ["event_loop"]])
      })
    )
  }
)
