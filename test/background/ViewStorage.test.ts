import { expect, it } from "@effect/vitest"
import { Effect, Exit, Layer, Scope, TestClock } from "effect"
import * as Counter from "../../layers/http/ViewCounter.js"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import { layerTest } from "../../layers/memory/Settings.js"
import * as MemorySiteSettings from "../../layers/memory/SiteSettings.js"
import * as Store from "../../layers/sql/stores/PostViews.js"
import * as TestDatabase from "../../layers/TestDatabase.js"
import * as ViewStorage from "../../src/background/ViewStorage.js"
import { DatabaseLocked } from "../../src/errors/Database.js"
import { PostViews } from "../../src/services/PostViews.js"
import { SiteSettings } from "../../src/services/SiteSettings.js"
import { ViewCounter } from "../../src/services/ViewCounter.js"

const firefox = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0" }

/** Services of a site whose database may be locked. Tests of a file run at the same time. */
const world = () => {
  const state = { isLocked: false }
  const store = Layer.effect(
    PostViews,
    Effect.map(PostViews, (views) => ({
      ...views,
      add: (given: Parameters<typeof views.add>[0]) =>
        Effect.suspend(() => (state.isLocked ? Effect.fail(new DatabaseLocked({ waitedMillis: 1 })) : views.add(given)))
    }))
  ).pipe(Layer.provide(Store.layer), Layer.provide(TestDatabase.database()), Layer.provide(MemoryLogger.layerSilent))
  const services = Layer.mergeAll(
    store,
    Counter.layer,
    MemorySiteSettings.layer,
    MemorySecureRandom.layer,
    MemoryLogger.layerSilent,
    layerTest()
  )
  return { services, state }
}

const always = { from: -1_000_000, to: 1_000_000 }

it.effect("stores what was counted within a minute, by the days of the site, and when the server stops", () =>
  Effect.gen(function* () {
    const settings = yield* SiteSettings
    const { values } = yield* settings.current
    yield* settings.change("site", 0, { ...values.site, timeZone: "Asia/Kathmandu" })
    const views = yield* PostViews
    const counter = yield* ViewCounter
    const scope = yield* Scope.make()
    yield* TestClock.setTime(Date.UTC(2026, 10, 30, 18, 14))
    yield* Effect.provideService(Layer.build(ViewStorage.layer), Scope.Scope, scope)
    for (const post of [1, 1, 2]) counter.count(post, firefox)
    yield* TestClock.adjust("1 minute")
    // Kathmandu is 5:45 ahead of UTC, so its day begins now.
    counter.count(1, firefox)
    yield* TestClock.adjust("1 minute")
    const day = Date.UTC(2026, 10, 30) / 86_400_000
    expect([...(yield* views.days(always, 1))]).toEqual([
      [day, 2],
      [day + 1, 1]
    ])
    counter.count(2, firefox)
    yield* Scope.close(scope, Exit.void)
    expect(yield* views.totals([1, 2, 3])).toEqual(
      new Map([
        [1, 3],
        [2, 2]
      ])
    )
  }).pipe(Effect.provide(world().services))
)

it.effect("counts on while the database takes nothing, and stores each view once", () => {
  const { services, state } = world()
  return Effect.gen(function* () {
    const views = yield* PostViews
    const counter = yield* ViewCounter
    yield* Layer.build(ViewStorage.layer)
    state.isLocked = true
    counter.count(7, firefox)
    yield* TestClock.adjust("10 minutes")
    counter.count(7, firefox)
    yield* TestClock.adjust("20 minutes")
    expect(yield* views.exist).toBe(false)
    state.isLocked = false
    yield* TestClock.adjust("1 minute")
    expect(yield* views.totals([7])).toEqual(new Map([[7, 2]]))
    yield* views.clear
    expect(yield* views.exist).toBe(false)
  }).pipe(Effect.scoped, Effect.provide(services))
})

it.effect("keeps a bounded number of posts in memory", () =>
  Effect.gen(function* () {
    const counter = yield* ViewCounter
    for (let post = 1; post <= 60_000; post++) counter.count(post, firefox)
    counter.count(1, firefox)
    const taken = counter.take()
    expect(taken).toHaveLength(50_000)
    expect(taken[0]).toMatchObject({ post: 1, count: 2 })
    expect(counter.take()).toEqual([])
  }).pipe(Effect.provide(Counter.layer))
)
