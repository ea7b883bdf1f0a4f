import { expect, it } from "@effect/vitest"
import { Effect, Layer, Option, TestClock } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemorySafeHttp from "../../layers/memory/SafeHttp.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import { layerTest } from "../../layers/memory/Settings.js"
import * as MemorySiteSettings from "../../layers/memory/SiteSettings.js"
import * as Store from "../../layers/sql/stores/UpdateChecks.js"
import * as TestDatabase from "../../layers/TestDatabase.js"
import * as UpdateCheck from "../../src/background/UpdateCheck.js"
import { isNewer, readRelease } from "../../src/domain/updates/Release.js"
import { OutboundFailed } from "../../src/errors/Outbound.js"
import type { OutboundRequest } from "../../src/services/SafeHttp.js"
import { SiteSettings } from "../../src/services/SiteSettings.js"
import { UpdateChecks } from "../../src/services/UpdateChecks.js"

const url = "https://releases.example/starpunk.json"

/** A server that may ask, what it asks, and what it is answered. Tests of a file run at the same time. */
const world = (updateUrl: Option.Option<string>, first?: string) => {
  const state = { answer: first, requests: [] as Array<OutboundRequest> }
  const http = MemorySafeHttp.layerOf((request) => {
    state.requests.push(request)
    return state.answer === undefined
      ? new OutboundFailed({ host: "releases.example", reason: "connection" })
      : Effect.succeed(MemorySafeHttp.answering(request, state.answer))
  })
  const services = Layer.mergeAll(
    Store.layer.pipe(Layer.provide(TestDatabase.database()), Layer.provide(MemoryLogger.layerSilent)),
    http,
    MemorySiteSettings.layer,
    MemorySecureRandom.layer,
    MemoryLogger.layerSilent,
    layerTest({ updateUrl })
  )
  return { services, state }
}

const turnOn = Effect.flatMap(SiteSettings, ({ change }) =>
  change("care", 0, { countViews: false, checkUpdates: true, remindsOfPasskey: true })
)

const last = Effect.flatMap(UpdateChecks, (checks) => Effect.map(checks.last, Option.getOrThrow))

it.effect("asks once a day after the owner has turned it on, says nothing of the site, and keeps what it read", () => {
  const { services, state } = world(
    Option.some(url),
    '{"version":"2.1.0","url":"https://releases.example/2.1.0","more":1}'
  )
  const { requests } = state
  return Effect.gen(function* () {
    yield* Layer.build(UpdateCheck.layer)
    yield* TestClock.adjust("1 hour")
    expect(requests).toEqual([])
    yield* turnOn
    yield* TestClock.adjust("15 minutes")
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ url, headers: { "user-agent": "StarPunk" } })
    expect(JSON.stringify(requests[0])).not.toMatch(/me\.example|localhost|2\.0\.0/)
    const release = Option.some({ version: "2.1.0", url: "https://releases.example/2.1.0" })
    expect(yield* last).toMatchObject({ isRead: true, release })
    yield* TestClock.adjust("21 hours")
    expect(requests).toHaveLength(1)
    state.answer = undefined
    yield* TestClock.adjust("6 hours")
    expect(requests).toHaveLength(2)
    // It failed, and what was read before stays known.
    expect(yield* last).toMatchObject({ isRead: false, release })
    yield* TestClock.adjust("2 days")
    expect(requests.length).toBeGreaterThanOrEqual(3)
    expect(requests.length).toBeLessThanOrEqual(4)
  }).pipe(Effect.scoped, Effect.provide(services))
})

it.effect("asks again after a restart only when it is due", () => {
  const { services, state } = world(Option.some(url), '{"version":"2.1.0"}')
  return Effect.gen(function* () {
    yield* turnOn
    for (const restart of [1, 2, 3]) {
      yield* Effect.scoped(Effect.zipRight(Layer.build(UpdateCheck.layer), TestClock.adjust("15 minutes")))
      expect(state.requests, `start ${restart}`).toHaveLength(1)
    }
  }).pipe(Effect.provide(services))
})

it.effect("asks nobody without an address", () => {
  const { services, state } = world(Option.none())
  return Effect.gen(function* () {
    yield* turnOn
    yield* Layer.build(UpdateCheck.layer)
    yield* TestClock.adjust("1 day")
    expect(state.requests).toEqual([])
  }).pipe(Effect.scoped, Effect.provide(services))
})

it("reads only files that it understands, and offers finished versions no pre-release", () => {
  const good = ['{"version":"2.1.0"}', '{"version":"3.0.0-alpha.1","url":"https://x.example/"}']
  for (const text of good) expect(readRelease(text)._tag, text).toBe("Right")
  const bad = [
    ...["", "<html>", "[]", "{}", '{"version":2}', '{"version":"2.1"}', '{"version":"v2.1.0"}', '{"version":"2.1.0 "}'],
    ...['{"version":"2.1.0","url":"javascript:alert(1)"}', '{"version":"2.1.0","url":"http://x.example/"}'],
    ...[`{"version":"2.1.0-${"a".repeat(200)}"}`]
  ]
  for (const text of bad) expect(readRelease(text)._tag, text).toBe("Left")
  const newer = (version: string, running: string) => isNewer({ version }, running)
  expect(newer("2.0.0", "2.0.0-alpha.1")).toBe(true)
  expect(newer("2.0.0-alpha.2", "2.0.0-alpha.1")).toBe(true)
  expect(newer("2.10.0", "2.9.0")).toBe(true)
  expect(newer("2.1.0-beta.1", "2.0.0")).toBe(false)
  expect(newer("2.0.0", "2.0.0")).toBe(false)
  expect(newer("1.9.9", "2.0.0")).toBe(false)
  expect(newer("3.0.0", "unknown")).toBe(false)
})
