import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Layer, TestClock } from "effect"
import * as OwnAttempts from "../../../layers/limits/Attempts.js"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import * as SharedAttempts from "../../../layers/sql/stores/SharedAttempts.js"
import { type Allowance, Attempts } from "../../../src/services/Attempts.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import * as Postgres from "../../fixtures/Postgres.js"

const secret = (key: string): Allowance => ({
  kind: "passphrase by address",
  guards: "secret",
  key,
  burst: 3,
  every: Duration.seconds(10)
})

const database = Postgres.database().pipe(Layer.provideMerge(layerSilent), Layer.orDie)

/** The counts of one instance; both of a test use one database. */
const instance = Effect.map(
  Layer.build(
    Layer.fresh(SharedAttempts.layer).pipe(Layer.provide(Layer.fresh(OwnAttempts.layer)), Layer.provide(layerTest()))
  ),
  (context) => Effect.provide(Attempts, context)
).pipe(Effect.flatten)

const wait = (attempts: Attempts["Type"], allowance: Allowance) =>
  Effect.match(attempts.take(allowance), {
    onFailure: ({ retryAfterSeconds }) => retryAfterSeconds,
    onSuccess: () => 0
  })

describe.skipIf(Postgres.whyNot !== undefined)("over PostgreSQL", () => {
  const test = <E>(title: string, body: Effect.Effect<unknown, E, SqlPool>) =>
    it.scoped(title, () => Effect.provide(body, database))

  test(
    "instances count guesses together",
    Effect.gen(function* () {
      const [one, other] = [yield* instance, yield* instance]
      for (const each of [one, other, one]) expect(yield* wait(each, secret("a"))).toBe(0)
      expect(yield* wait(one, secret("a"))).toBe(10)
      expect(yield* wait(other, secret("a"))).toBe(10)
      expect(yield* wait(other, secret("b"))).toBe(0)
      yield* TestClock.adjust("10 seconds")
      expect(yield* wait(other, secret("a"))).toBe(0)
      expect(yield* wait(one, secret("a"))).toBe(10)
    }).pipe(Effect.scoped)
  )

  test(
    "a success at one restores the allowance at the others",
    Effect.gen(function* () {
      const [one, other] = [yield* instance, yield* instance]
      for (const each of [one, other, one]) expect(yield* wait(each, secret("a"))).toBe(0)
      yield* other.forget(secret("a"))
      expect(yield* wait(one, secret("a"))).toBe(0)
    }).pipe(Effect.scoped)
  )

  test(
    "guesses at the same time take no more than the allowance",
    Effect.gen(function* () {
      const instances = [yield* instance, yield* instance, yield* instance]
      const waits = yield* Effect.forEach(
        Array.from({ length: 30 }, (_, place) => place),
        (place) => Effect.flatMap(Effect.fromNullable(instances[place % 3]), (each) => wait(each, secret("a"))),
        { concurrency: "unbounded" }
      )
      expect(waits.filter((seconds) => seconds === 0)).toHaveLength(3)
    }).pipe(Effect.scoped)
  )

  test(
    "other limits are counted by each instance, without the database",
    Effect.gen(function* () {
      const [one, other] = [yield* instance, yield* instance]
      const { guards: _, ...load } = secret("a")
      for (const each of [one, one, one, other, other, other]) expect(yield* wait(each, load)).toBe(0)
      expect(yield* wait(one, load)).toBe(10)
      const pool = yield* SqlPool
      expect(yield* pool.read((sql) => sql`SELECT 1 FROM shared_attempts`)).toEqual([])
    }).pipe(Effect.scoped)
  )

  test(
    "an instance counts alone while the database does not answer",
    Effect.gen(function* () {
      const one = yield* instance
      const pool = yield* SqlPool
      yield* pool.write((sql) => sql`ALTER TABLE shared_attempts RENAME TO gone`)
      for (let attempt = 0; attempt < 3; attempt++) expect(yield* wait(one, secret("a"))).toBe(0)
      expect(yield* wait(one, secret("a"))).toBe(10)
    }).pipe(Effect.scoped)
  )
})
