import { describe, expect, layer } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"
import { layer as layerScripted } from "../../../layers/memory/HealthChecker.js"
import * as MemoryMachine from "../../../layers/memory/Machine.js"
import * as MemorySessions from "../../../layers/memory/SessionManager.js"
import * as Exposition from "../../../layers/metrics/Exposition.js"
import { DatabaseCorrupt } from "../../../src/errors/Database.js"
import type { Phase } from "../../../src/services/Lifecycle.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { routes } from "../../../src/web/metrics/Routes.js"
import * as FakePool from "../../fixtures/FakePool.js"
import { engineWith } from "../../fixtures/FakeSearch.js"
import { ask, settings, testServer } from "../../fixtures/TestServer.js"
import { parse, valueOf } from "../../unit/metrics/PrometheusText.js"

const token = "a-token-for-prometheus"
const bearer = { authorization: `Bearer ${token}` }

/** Sessions whose database is gone. */
const brokenSessions = Layer.effect(
  SessionManager,
  Effect.map(SessionManager, (sessions) => ({
    ...sessions,
    validate: () => Effect.fail(new DatabaseCorrupt({ driverCode: "SQLITE_CORRUPT" }))
  }))
).pipe(Layer.provide(MemorySessions.layer))

/** A site with /metrics, over services in memory. */
const site = (
  options: {
    readonly phase?: Phase
    readonly health?: Partial<SettingsValues["health"]>
    readonly sessions?: typeof MemorySessions.layer
    readonly reduced?: boolean
  } = {}
) =>
  testServer(
    serve(routes).pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          Exposition.layer,
          FakePool.layer,
          MemoryMachine.layer,
          engineWith(options.reduced ? { engine: "fallback", reason: "fts5_missing", pending: 7 } : {}),
          layerScripted,
          options.sessions ?? MemorySessions.layer
        )
      )
    ),
    {
      phase: options.phase ?? "ready",
      settings: {
        ...settings,
        health: { ...settings.health, token: Option.some(Redacted.make(token)), ...options.health }
      }
    }
  )

const session = Effect.gen(function* () {
  const created = yield* (yield* SessionManager).create({ owner: "https://me.example/" })
  return { cookie: `__Host-starpunk_session=${Redacted.value(created)}` }
})

describe("GET /metrics", () => {
  layer(site(), { excludeTestServices: true })("of a site", (it) => {
    it.effect("is shown with the token, and in the owner's browser", () =>
      Effect.gen(function* () {
        for (const headers of [bearer, yield* session]) {
          const { body, headers: answered, status } = yield* ask("/metrics", { headers })
          expect(status).toBe(200)
          expect(answered.get("cache-control")).toBe("no-store")
          expect(valueOf(parse(body, "prometheus"), "starpunk_search_reduced")).toBe(0)
        }
      })
    )

    it.effect("is refused to everyone else, whatever a request says about its origin", () =>
      Effect.gen(function* () {
        const attempts: ReadonlyArray<Record<string, string>> = [
          {},
          { host: "localhost" },
          { "x-forwarded-for": "127.0.0.1" },
          { authorization: "Bearer a-token-for-prometheu" },
          { authorization: `Basic ${token}` },
          { cookie: "__Host-starpunk_session=nobodys" }
        ]
        for (const headers of attempts) {
          const { body, status } = yield* ask("/metrics", { headers })
          expect([headers, status, JSON.parse(body).code]).toEqual([headers, 401, "auth.metrics_not_shown"])
        }
        expect((yield* ask(`/metrics?token=${token}`)).status).toBe(401)
        expect((yield* ask("/metrics", { method: "POST", headers: bearer })).status).toBe(405)
      })
    )

    it.effect("is a page with the same text for a browser without a session", () =>
      Effect.gen(function* () {
        const { body, headers, status } = yield* ask("/metrics", { headers: { accept: "text/html" } })
        expect([status, headers.get("content-type")]).toEqual([401, "text/html; charset=utf-8"])
        expect(body).toContain("auth.metrics_not_shown")
        expect(body).not.toContain("STARPUNK_")
      })
    )
  })

  layer(site({ phase: "starting" }), { excludeTestServices: true })("of a site that is starting", (it) => {
    it.effect("answers, and says that it is not ready", () =>
      Effect.gen(function* () {
        const { body, status } = yield* ask("/metrics", { headers: bearer })
        expect([status, valueOf(parse(body, "prometheus"), "starpunk_ready")]).toEqual([200, 0])
      })
    )
  })

  layer(site({ sessions: brokenSessions, reduced: true }), { excludeTestServices: true })(
    "of a site in trouble",
    (it) => {
      it.effect("answers without the database, and reports what is wrong", () =>
        Effect.gen(function* () {
          const { body, status } = yield* ask("/metrics", { headers: bearer })
          const families = parse(body, "prometheus")
          expect(status).toBe(200)
          expect(valueOf(families, "starpunk_search_reduced")).toBe(1)
          expect(valueOf(families, "starpunk_search_pending_posts")).toBe(7)
          expect(valueOf(families, "starpunk_search_engine", { engine: "fallback" })).toBe(1)
          const owner = yield* ask("/metrics", { headers: { cookie: "__Host-starpunk_session=somebodys" } })
          expect([owner.status, JSON.parse(owner.body).code]).toEqual([503, "database.corrupt"])
        })
      )
    }
  )

  layer(site({ health: { token: Option.none(), detailed: true } }), { excludeTestServices: true })(
    "of a site that shows its health to everybody",
    (it) => {
      it.effect("is not made public by that", () =>
        Effect.gen(function* () {
          expect((yield* ask("/metrics", { headers: bearer })).status).toBe(401)
          expect((yield* ask("/metrics", { headers: yield* session })).status).toBe(200)
        })
      )
    }
  )
})
