import { expect, it } from "@effect/vitest"
import { Duration, Effect, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemoryRandom from "../../../layers/memory/SecureRandom.js"
import * as MemorySessions from "../../../layers/memory/SessionManager.js"
import * as MemorySettings from "../../../layers/memory/Settings.js"
import { BatchPause } from "../../../layers/sql/rows/Batches.js"
import * as SqlSessions from "../../../layers/sql/stores/SessionManager.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { conforms } from "./SessionManager.js"

const base = Layer.mergeAll(MemoryLogger.layerSilent, MemoryRandom.layer, MemorySettings.layerTest())

conforms("in memory", Layer.provide(MemorySessions.layer, base))
conforms("over SQLite in thread", SqlSessions.layer.pipe(Layer.provide(TestDatabase.database()), Layer.provide(base)))

it.effect("A command's clean-up releases the write lock between batches, for a running server", () =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    yield* Effect.replicateEffect(sessions.create({ owner: "https://me.example/" }), 1_001)
    yield* TestClock.adjust(Duration.days(31))
    const cleanup = yield* Effect.fork(Effect.provideService(sessions.cleanup, BatchPause, Duration.millis(25)))
    yield* TestClock.adjust(Duration.millis(24))
    expect(Option.isNone(yield* Fiber.poll(cleanup))).toBe(true)
    yield* TestClock.adjust(Duration.millis(1))
    while (Option.isNone(yield* Fiber.poll(cleanup))) yield* TestClock.adjust(Duration.millis(25))
    expect(yield* Fiber.join(cleanup)).toBe(1_001)
  }).pipe(Effect.provide(SqlSessions.layer.pipe(Layer.provide(TestDatabase.database()), Layer.provide(base))))
)

it.effect("SessionManager in SQL: stores no token, and its data opens no session", () =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const token = yield* sessions.create({ owner: "https://me.example/" })
    const pool = yield* SqlPool
    const [row = {}] = yield* pool.read((sql) => sql`SELECT * FROM sessions`)
    const forms = Object.values(row).flatMap((value) =>
      value instanceof Uint8Array
        ? (["base64url", "base64", "hex"] as const).map((form) => Buffer.from(value).toString(form))
        : [String(value)]
    )
    expect(forms).not.toContain(Redacted.value(token))
    for (const stolen of forms) {
      const failure = yield* Effect.flip(sessions.validate(Redacted.make(stolen)))
      expect(failure).toMatchObject({ _tag: "SessionExpired", reason: "unknown" })
    }
  }).pipe(Effect.provide(SqlSessions.layer.pipe(Layer.provideMerge(TestDatabase.database()), Layer.provide(base))))
)
