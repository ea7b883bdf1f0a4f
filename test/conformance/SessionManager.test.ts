import { expect, it } from "@effect/vitest"
import { Duration, Effect, Fiber, Layer, Option, TestClock } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemoryRandom from "../../layers/memory/SecureRandom.js"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import * as MemorySettings from "../../layers/memory/Settings.js"
import { BatchPause } from "../../layers/sql/Batches.js"
import * as SqlSessions from "../../layers/sql/SessionManager.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { testDatabase } from "../TestDatabase.js"
import { conforms } from "./SessionManager.js"

const base = Layer.mergeAll(MemoryLogger.layerSilent, MemoryRandom.layer, MemorySettings.layerTest())

conforms("in memory", Layer.provide(MemorySessions.layer, base))
conforms("over SQLite in thread", SqlSessions.layer.pipe(Layer.provide(testDatabase("thread")), Layer.provide(base)))
conforms("over SQLite on workers", SqlSessions.layer.pipe(Layer.provide(testDatabase("worker")), Layer.provide(base)))

it.effect("A command's clean-up leaves the write lock alone between two batches, for a server beside it", () =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    yield* Effect.replicateEffect(sessions.create({ owner: "https://me.example/" }), 1_001)
    yield* TestClock.adjust(Duration.days(31))
    const cleanup = yield* Effect.fork(Effect.provideService(sessions.cleanup, BatchPause, Duration.millis(25)))
    yield* TestClock.adjust(Duration.millis(24))
    expect(Option.isNone(yield* Fiber.poll(cleanup))).toBe(true)
    yield* TestClock.adjust(Duration.millis(1))
    yield* TestClock.adjust(Duration.millis(25))
    expect(yield* Fiber.join(cleanup)).toBe(1_001)
  }).pipe(Effect.provide(SqlSessions.layer.pipe(Layer.provide(testDatabase("thread")), Layer.provide(base))))
)
