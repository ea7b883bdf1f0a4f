import { expect, it } from "@effect/vitest"
import { Duration, Effect, Layer, TestClock } from "effect"
import { layer, maxKeys } from "../../../layers/limits/Attempts.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import { networkOf, networksOf } from "../../../src/domain/Network.js"
import { Attempts } from "../../../src/services/Attempts.js"

const attempts = layer.pipe(Layer.provide(layerTest()))
const switchedOff = layer.pipe(Layer.provide(layerTest({ rateLimitEnabled: false })))

const allowance = (key: string, kind = "guess") => ({ kind, key, burst: 3, every: Duration.seconds(10) })
const waiting = (...keys: ReadonlyArray<string>) =>
  Effect.flatMap(Attempts, ({ take }) =>
    Effect.match(take(...keys.map((key) => allowance(key))), {
      onFailure: ({ retryAfterSeconds }) => retryAfterSeconds,
      onSuccess: () => 0
    })
  )

it.effect("allows attempts in a burst, then one by one", () =>
  Effect.gen(function* () {
    for (let attempt = 0; attempt < 3; attempt += 1) expect(yield* waiting("a")).toBe(0)
    expect(yield* waiting("a")).toBe(10)
    expect(yield* waiting("b")).toBe(0)
    yield* TestClock.adjust("9 seconds")
    expect(yield* waiting("a")).toBe(1)
    yield* TestClock.adjust("1 second")
    expect(yield* waiting("a")).toBe(0)
    expect(yield* waiting("a")).toBe(10)
    yield* TestClock.adjust("1 hour")
    for (let attempt = 0; attempt < 3; attempt += 1) expect(yield* waiting("a")).toBe(0)
    expect(yield* waiting("a")).toBe(10)
  }).pipe(Effect.provide(attempts))
)

it.effect("a refused attempt uses up no allowance", () =>
  Effect.gen(function* () {
    for (let attempt = 0; attempt < 3; attempt += 1) yield* waiting("account")
    for (let attempt = 0; attempt < 100; attempt += 1) expect(yield* waiting("address", "account")).toBe(10)
    for (let attempt = 0; attempt < 3; attempt += 1) expect(yield* waiting("address")).toBe(0)
  }).pipe(Effect.provide(attempts))
)

it.effect("a success resets the allowance", () =>
  Effect.gen(function* () {
    for (let attempt = 0; attempt < 4; attempt += 1) yield* waiting("a")
    yield* Effect.flatMap(Attempts, ({ forget }) => forget({ kind: "guess", key: "a" }))
    expect(yield* waiting("a")).toBe(0)
  }).pipe(Effect.provide(attempts))
)

it.effect("evicts the keys that were idle longest beyond its capacity", () =>
  Effect.gen(function* () {
    const exhaust = (key: string) => Effect.replicateEffect(waiting(key), 3)
    yield* exhaust("early")
    yield* exhaust("steady")
    for (let index = 0; index < maxKeys - 1; index += 1) yield* waiting(`${index}`)
    expect(yield* waiting("early")).toBe(0)
    yield* exhaust("late")
    expect(yield* waiting("late")).toBe(10)
  }).pipe(Effect.provide(attempts))
)

it.effect("a flood of one kind evicts no key of another", () =>
  Effect.gen(function* () {
    const { take } = yield* Attempts
    const guess = Effect.isSuccess(take(allowance("account")))
    for (let attempt = 0; attempt < 3; attempt += 1) expect(yield* guess).toBe(true)
    for (let index = 0; index < maxKeys + 1; index += 1) yield* take(allowance(`${index}`, "visit"))
    expect(yield* guess).toBe(false)
  }).pipe(Effect.provide(attempts))
)

it.effect("delays nobody when switched off", () =>
  Effect.gen(function* () {
    for (let attempt = 0; attempt < 100; attempt += 1) expect(yield* waiting("a")).toBe(0)
  }).pipe(Effect.provide(switchedOff))
)

it.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["", ""],
  ["nonsense", "nonsense"]
])("%j counts as %j", (address, network) => {
  expect(networkOf(address)).toBe(network)
})

it.each([
  ["192.0.2.1", ["192.0.2.1", "192.0.2.0/24", "192.0.0.0/16", "192.0.0.0/8"]],
  ["::ffff:192.0.2.1", ["192.0.2.1", "192.0.2.0/24", "192.0.0.0/16", "192.0.0.0/8"]],
  ["2001:db8:1:2:3:4:5:6", ["2001:db8:1:2::/64", "2001:db8:1::/48", "2001:db8::/32", "2001::/16"]],
  ["nonsense", ["nonsense"]],
  ["", [""]]
])("%j belongs to %j", (address, networks) => {
  expect(networksOf(address)).toEqual(networks)
})
