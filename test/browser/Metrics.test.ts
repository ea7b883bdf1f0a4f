import { HttpServer } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Layer, Option, Redacted } from "effect"
import type { Page } from "playwright-core"
import { degraded, type Observation, unhealthy } from "../../layers/health/Check.js"
import { HealthScript, layer as layerScripted } from "../../layers/memory/HealthChecker.js"
import * as MemoryMachine from "../../layers/memory/Machine.js"
import * as MemorySearch from "../../layers/memory/SearchEngine.js"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import * as MemoryHistory from "../../layers/metrics/MetricsHistory.js"
import type { History } from "../../src/metrics/History.js"
import { MetricsHistory } from "../../src/metrics/MetricsHistory.js"
import type { Reading } from "../../src/metrics/Reading.js"
import { BackupDirectory } from "../../src/services/BackupDirectory.js"
import { type CheckName, HealthChecker } from "../../src/services/HealthChecker.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { UpdateChecks } from "../../src/services/UpdateChecks.js"
import * as Assets from "../../src/web/assets/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { routes as dashboard } from "../../src/web/metrics/Dashboard.js"
import { eventually } from "../fixtures/Eventually.js"
import * as FakePool from "../fixtures/FakePool.js"
import * as MediaShelf from "../fixtures/MediaShelf.js"
import { settings, testServer } from "../fixtures/TestServer.js"
import { browser } from "./Browser.js"
import { fits, look } from "./Look.js"

const host = "me.localhost"
const address = "/admin/metrics-dashboard"

/** A day of a small site: quiet at night, with some peaks. */
const fill = (history: History, seconds: number, options: { readonly troubled: boolean }) => {
  const now = Date.now()
  let requests = 0
  let slow = 0
  let cpuSeconds = 0
  let failed = 0
  let linesDropped = 0
  for (let ago = seconds; ago >= 0; ago -= 10) {
    const hour = ago / 3_600
    const rush = Math.max(0, Math.sin(hour * 1.7) + Math.sin(hour * 11) / 3)
    const more = Math.round(rush * 40 + (ago % 70 === 0 ? 12 : 1))
    requests += more
    slow += Math.round(more * 0.04)
    cpuSeconds += 0.1 + rush * 1.2
    const broken = options.troubled && ago < 1_500 && ago > 900
    if (broken) {
      failed += 3
      linesDropped += 7
    }
    const reading: Reading = {
      requests,
      failed,
      limited: Math.floor(requests / 900),
      durations: [
        [0.005, requests - slow],
        [0.01, requests - Math.round(slow / 3)],
        [0.25, requests],
        [Number.POSITIVE_INFINITY, requests]
      ],
      connectionTimeouts: 0,
      linesDropped,
      cpuSeconds,
      waiting: broken ? 14 : 0,
      lent: Math.min(4, Math.round(rush * 3)),
      eventLoopDelay: broken ? 1.4 : 0.004 + rush * 0.02,
      residentBytes: 128_000_000 + rush * 9_000_000,
      heapBytes: 42_000_000 + rush * 12_000_000,
      databaseBytes: 8_400_000,
      walBytes: 300_000 + rush * 2_000_000,
      mediaBytes: 0,
      freeBytes: 21_000_000_000 - (seconds - ago) * 30_000
    }
    history.add(now - ago * 1000, reading)
  }
}

/** The owner's browser on a site that has run for this long. */
const opened = (options: {
  readonly seconds: number
  readonly troubled?: boolean
  readonly says?: ReadonlyArray<readonly [CheckName, Observation]>
}) =>
  Effect.gen(function* () {
    const services = yield* Layer.build(
      testServer(
        serve(Layer.merge(dashboard, Assets.routes)).pipe(
          Layer.provideMerge(
            Layer.mergeAll(
              MemoryHistory.layer,
              MemoryMachine.layer,
              MediaShelf.layer,
              MemorySessions.layer,
              MemorySearch.layer([]),
              Layer.succeed(BackupDirectory, Option.none()),
              Layer.succeed(UpdateChecks, { last: Effect.succeed(Option.none()), keep: () => Effect.void }),
              layerScripted,
              FakePool.layer
            )
          )
        ),
        { phase: "starting", settings: { ...settings, siteUrl: `http://${host}` } }
      )
    )
    const script = Context.get(services, HealthScript)
    for (const [name, says] of options.says ?? []) yield* script.set(name, Effect.succeed(says))
    yield* Context.get(services, Lifecycle).advance("ready")
    const { ready } = Context.get(services, HealthChecker)
    yield* eventually(ready, ({ reason }) => reason === undefined)
    fill(Context.get(services, MetricsHistory), options.seconds, { troubled: options.troubled ?? false })
    const token = yield* Context.get(services, SessionManager).create({ owner: "https://me.example/" })
    const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), services)
    const context = yield* browser(new URL(base).host)
    yield* Effect.promise(() =>
      context.addCookies([
        { name: "starpunk_session", value: Redacted.value(token), url: `http://${host}`, httpOnly: true }
      ])
    )
    return yield* Effect.promise(() => context.newPage())
  })

/** Checks the size of the page as loaded, and everything with all details open, which shows what the closed page shows. */
const visit = async (page: Page, name: string, query = "") => {
  const complaints: Array<string> = []
  page.on("console", (message) => complaints.push(message.text()))
  await page.goto(`http://${host}${address}${query}`)
  await fits(page, name)
  for (const summary of await page.locator("summary").all()) await summary.click()
  await look(page, `${name}-open`)
  expect.soft(complaints, `${name}: what the browser complains of`).toEqual([])
}

describe("the metrics page", () => {
  it.scopedLive(
    "says on a site that has just started that there is nothing to draw yet",
    () =>
      Effect.gen(function* () {
        const page = yield* opened({ seconds: 0 })
        yield* Effect.promise(() => visit(page, "metrics-new"))
        yield* Effect.promise(async () => {
          expect(await page.getByText("No data yet").count()).toBe(1)
          expect(await page.getByRole("status").textContent()).toContain("All checks pass")
        })
      }),
    300_000
  )

  it.scopedLive(
    "draws the hour and the day on a site that has run for a day",
    () =>
      Effect.gen(function* () {
        const page = yield* opened({ seconds: 86_400 })
        yield* Effect.promise(() => visit(page, "metrics-hour"))
        yield* Effect.promise(() => visit(page, "metrics-day", "?show=day"))
        yield* Effect.promise(async () => {
          expect(await page.getByRole("img").count()).toBe(10)
          expect(await page.getByRole("img", { name: /^Requests per minute, from/ }).count()).toBe(1)
          expect(await page.getByRole("row").count()).toBeGreaterThan(100)
          expect(await page.getByRole("link", { name: "Metrics", exact: true }).getAttribute("aria-current")).toBe(
            "page"
          )
        })
      }),
    300_000
  )

  it.scopedLive(
    "says on a site with problems what is wrong and what to do",
    () =>
      Effect.gen(function* () {
        const page = yield* opened({
          seconds: 5_400,
          troubled: true,
          says: [
            ["search", degraded("fts5_missing")],
            ["writer", unhealthy("database.locked")],
            ["filesystem", degraded("low_space")],
            ["memory", unhealthy("timeout")]
          ]
        })
        yield* Effect.promise(() => visit(page, "metrics-trouble"))
        yield* Effect.promise(async () => {
          const said = await page.getByRole("status").textContent()
          expect(said).toContain("The site is degraded")
          expect(said).toContain("this SQLite has no FTS5")
          expect(said).toContain("npx starpunk doctor")
          expect(said).toMatch(/\d+ requests failed in the last hour/)
          expect(said).toMatch(/\d+ lines of the log were lost/)
          const codes = await page.getByRole("status").getByRole("link").allTextContents()
          expect(codes).toContain("database.locked")
        })
      }),
    300_000
  )
})
