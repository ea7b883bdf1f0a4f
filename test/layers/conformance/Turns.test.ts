import { expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber, Layer, Ref, TestClock } from "effect"
import { describe } from "vitest"
import { layer } from "../../../layers/limits/Turns.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import { networksOf } from "../../../src/domain/Network.js"
import { Instances } from "../../../src/services/Instances.js"
import { type Line, maxWaiting, Turns, turnPatience } from "../../../src/services/Turns.js"

const turns = layer.pipe(Layer.provide(layerTest()))
const line: Line = { kind: "guess", every: Duration.seconds(1), lanes: 5, burst: 1 }

/** Guesses wrong from an address; returns whether the guess was checked. */
const guess = (address: string) =>
  Effect.flatMap(Turns, ({ run }) =>
    run(line, networksOf(address), Effect.fail("wrong")).pipe(
      Effect.match({ onFailure: (failure) => failure === "wrong", onSuccess: () => true })
    )
  )

/** Guesses right from an address; returns the seconds until it was admitted. */
const rightGuess = (address: string) =>
  Effect.flatMap(Turns, ({ run }) => run(line, networksOf(address), Effect.void)).pipe(
    Effect.timed,
    Effect.map(([took]) => Duration.toSeconds(took))
  )

/** An address in its own /16, for up to 40,000 clients. */
const scattered = (index: number) => `${1 + (index % 200)}.${Math.floor(index / 200)}.1.1`

/** Advances the clock by seconds until a fiber is done. */
const passing = <A, E>(fiber: Fiber.RuntimeFiber<A, E>) =>
  Effect.gen(function* () {
    while ((yield* Fiber.poll(fiber))._tag === "None") yield* TestClock.adjust("1 second")
    return yield* Fiber.join(fiber)
  })

describe("S5: turns of unknown clients", () => {
  it.effect("three instances together admit what one does alone", () =>
    Effect.gen(function* () {
      const many: Line = { kind: "guess", every: Duration.seconds(1), lanes: 1, burst: 6 }
      const admitted = yield* Ref.make(0)
      const counted = Effect.zipRight(
        Ref.update(admitted, (count) => count + 1),
        Effect.fail("wrong")
      )
      const crowd = Effect.flatMap(Turns, ({ run }) =>
        Effect.forEach(
          Array.from({ length: 40 }, (_, stranger) => scattered(stranger)),
          (address) => Effect.fork(Effect.ignore(run(many, networksOf(address), counted))),
          { discard: true }
        )
      )
      const ofThree = { ...(yield* Instances), count: () => 3 }
      const together = Effect.gen(function* () {
        for (let number = 0; number < 3; number++) {
          const context = yield* Layer.build(Layer.fresh(layer).pipe(Layer.provide(layerTest())))
          yield* Effect.provide(crowd, context)
        }
        yield* TestClock.adjust("12 seconds")
        return yield* Ref.get(admitted)
      }).pipe(Effect.scoped, Effect.provideService(Instances, ofThree))
      expect(yield* together).toBe(6 + 12)
    })
  )

  it.effect("serves the first attempt of a client in a day at once, while a crowd with earlier guesses waits", () =>
    Effect.gen(function* () {
      for (let stranger = 0; stranger < 100; stranger += 1) {
        yield* Effect.fork(guess(scattered(stranger)))
      }
      yield* TestClock.adjust("3 minutes")
      for (let round = 0; round < 3; round += 1) {
        for (let stranger = 0; stranger < 100; stranger += 1) yield* Effect.fork(guess(scattered(stranger)))
        const owner = yield* Effect.fork(rightGuess("203.0.113.9"))
        expect(yield* passing(owner)).toBeLessThanOrEqual(1)
        yield* TestClock.adjust("10 seconds")
      }
    }).pipe(Effect.provide(turns))
  )

  it.effect("overtakes a thousand clients that begin at the same moment", () =>
    Effect.gen(function* () {
      for (let stranger = 0; stranger < 1000; stranger += 1) yield* Effect.fork(guess(scattered(stranger)))
      yield* Effect.yieldNow()
      const owner = yield* Effect.fork(rightGuess("203.0.113.9"))
      expect(yield* passing(owner)).toBeLessThanOrEqual(2)
    }).pipe(Effect.provide(turns))
  )

  it.effect("overtakes a growing crowd from one part of the address space", () =>
    Effect.gen(function* () {
      const owner = yield* Effect.fork(Effect.zipRight(Effect.sleep("5 seconds"), rightGuess("203.0.113.9")))
      for (let index = 0; index < 250 && (yield* Fiber.poll(owner))._tag === "None"; index += 1) {
        yield* Effect.fork(guess(`10.${index}.1.1`))
        yield* TestClock.adjust("100 millis")
      }
      expect(yield* Fiber.poll(owner)).toMatchObject({ _tag: "Some" })
      expect(yield* Fiber.join(owner)).toBeLessThanOrEqual(2)
    }).pipe(Effect.provide(turns))
  )

  it.effect("counts wide networks, so that a /16 or an IPv6 /32 of addresses does not act as a crowd", () =>
    Effect.gen(function* () {
      for (const stranger of [(i: number) => `192.0.${i}.${i}`, (i: number) => `2001:db8:${i.toString(16)}::1`]) {
        let looked = 0
        for (let index = 0; index < 250; index += 1) {
          yield* Effect.fork(Effect.map(guess(stranger(index)), (isLooked) => (looked += isLooked ? 1 : 0)))
        }
        yield* TestClock.adjust("1 minute")
        // 16 in each of four lanes at most, and one every 16 seconds after that.
        expect(looked).toBeLessThanOrEqual(68)
        const owner = yield* Effect.fork(rightGuess("203.0.113.9"))
        expect(yield* passing(owner)).toBeLessThanOrEqual(1)
      }
    }).pipe(Effect.provide(turns))
  )

  it.effect("serves an owner who shares the wide networks with an attacker within the slowest lane's time", () =>
    Effect.gen(function* () {
      for (let index = 0; index < 150; index += 1) yield* Effect.fork(guess(`203.0.113.${index}`))
      yield* TestClock.adjust("10 minutes")
      for (let index = 0; index < 150; index += 1) yield* Effect.fork(guess(`203.0.113.${index}`))
      const owner = yield* Effect.fork(rightGuess("203.0.113.250"))
      expect(yield* passing(owner)).toBeLessThanOrEqual(16)
    }).pipe(Effect.provide(turns))
  )

  it.effect("admits no more than is documented, however many clients there are", () =>
    Effect.gen(function* () {
      let looked = 0
      for (let minute = 0; minute < 2; minute += 1) {
        for (let index = 0; index < 60; index += 1) {
          yield* Effect.fork(Effect.map(guess(scattered(index)), (isLooked) => (looked += isLooked ? 1 : 0)))
        }
        yield* TestClock.adjust("1 minute")
      }
      // One in each lane at once, and 1.9375 a second if all five lanes are full all the time.
      expect(looked).toBeLessThanOrEqual(5 + 1.9375 * 120)
      const before = looked
      for (let minute = 0; minute < 2; minute += 1) {
        for (let index = 0; index < 60; index += 1) {
          yield* Effect.fork(Effect.map(guess(scattered(index)), (isLooked) => (looked += isLooked ? 1 : 0)))
        }
        yield* TestClock.adjust("1 minute")
      }
      expect(looked - before).toBeLessThanOrEqual(1.9375 * 120)
    }).pipe(Effect.provide(turns))
  )

  it.effect("refuses the lowest priorities when too many wait, and those that waited too long", () =>
    Effect.gen(function* () {
      const { run } = yield* Turns
      const held = yield* Deferred.make<void>()
      const first = yield* Effect.fork(run(line, networksOf("198.51.100.1"), Deferred.await(held)))
      yield* TestClock.adjust("1 second")
      const same = yield* Effect.fork(Effect.flip(run(line, networksOf("192.0.2.1"), Effect.void)))
      const crowd = yield* Effect.forEach(Array.from({ length: maxWaiting }), () =>
        Effect.fork(Effect.flip(run(line, networksOf("192.0.2.1"), Effect.void)))
      )
      yield* TestClock.adjust("1 second")
      const refused = yield* Effect.forEach([same, ...crowd], Fiber.poll)
      expect(refused.filter(({ _tag }) => _tag === "Some")).toHaveLength(1)
      // Of one address, it is the oldest.
      expect(refused[0]?._tag).toBe("Some")
      yield* TestClock.adjust(turnPatience)
      const failures = yield* Effect.forEach([same, ...crowd], Fiber.join)
      for (const failure of failures) {
        expect(failure._tag).toBe("TooManyAttempts")
        expect(failure.retryAfterSeconds).toBeGreaterThan(0)
      }
      yield* Deferred.succeed(held, undefined)
      yield* Fiber.join(first)
    }).pipe(Effect.provide(turns))
  )

  it.effect("continues when a client leaves, waiting or in its turn", () =>
    Effect.gen(function* () {
      const { run } = yield* Turns
      const hanging = yield* Effect.fork(run(line, networksOf("192.0.2.1"), Effect.never))
      yield* TestClock.adjust("1 second")
      const waiting = yield* Effect.fork(run(line, networksOf("198.51.100.1"), Effect.never))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(waiting)
      yield* Fiber.interrupt(hanging)
      const owner = yield* Effect.fork(rightGuess("203.0.113.9"))
      expect(yield* passing(owner)).toBeLessThanOrEqual(1)
    }).pipe(Effect.provide(turns))
  )

  it.effect("a success removes the attempts from the account of the address", () =>
    Effect.gen(function* () {
      for (let round = 0; round < 10; round += 1) {
        const wrong = yield* Effect.fork(guess("192.0.2.1"))
        yield* passing(wrong)
        const right = yield* Effect.fork(rightGuess("192.0.2.1"))
        expect(yield* passing(right)).toBeLessThanOrEqual(8)
      }
    }).pipe(Effect.provide(turns))
  )

  it.effect("delays nobody when switched off", () =>
    Effect.gen(function* () {
      for (let attempt = 0; attempt < 100; attempt += 1) expect(yield* rightGuess("192.0.2.1")).toBe(0)
    }).pipe(Effect.provide(layer.pipe(Layer.provide(layerTest({ rateLimitEnabled: false })))))
  )
})
