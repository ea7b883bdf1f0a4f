import { expect, it } from "@effect/vitest"
import { Clock, Duration, Effect, Layer } from "effect"
import { CapturedLogs, layerCapture } from "../../../layers/memory/Logger.js"
import * as MemoryRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlActivity from "../../../layers/sql/stores/Activity.js"
import * as SqlitePool from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { Activity } from "../../../src/services/Activity.js"
import { databasePath, foreignLock, fromOutside } from "../../fixtures/Database.js"

const layerOn = (path: string) =>
  SqlActivity.layer.pipe(
    Layer.provide(
      Layer.effectDiscard(migrate).pipe(
        Layer.provideMerge(
          SqlitePool.layerThread({ path, busyTimeout: Duration.millis(10), acquireTimeout: Duration.millis(200) })
        )
      )
    ),
    Layer.provideMerge(layerCapture),
    Layer.provide(MemoryRandom.layer)
  )

const record = (asked: string) =>
  Effect.gen(function* () {
    const activity = yield* Activity
    const at = yield* Clock.currentTimeMillis
    yield* activity.record({
      at,
      requestId: "0123456789abcdef",
      endpoint: "/micropub",
      method: "POST",
      asked,
      status: 201,
      address: "192.0.2.7"
    })
  })

const stored = (path: string) =>
  fromOutside(path, (database) => database.prepare("SELECT asked FROM activity ORDER BY id").pluck().all())

it.scopedLive("events are saved in the background, and the rest at shutdown", () =>
  Effect.gen(function* () {
    const path = yield* databasePath
    yield* Effect.gen(function* () {
      yield* record("first")
      yield* Effect.repeat(stored(path), { until: (rows) => rows.length === 1 })
      yield* record("last")
    }).pipe(Effect.provide(layerOn(path)))
    expect(yield* stored(path)).toEqual(["first", "last"])
  })
)

it.scopedLive("a locked database delays no caller; queued events are written later, the rest is counted", () =>
  Effect.gen(function* () {
    const path = yield* databasePath
    yield* Effect.gen(function* () {
      const activity = yield* Activity
      const unlock = yield* foreignLock(path)
      const before = yield* Clock.currentTimeMillis
      for (let index = 0; index < SqlActivity.maxPending + 44; index += 1) yield* record(String(index))
      expect((yield* Clock.currentTimeMillis) - before).toBeLessThan(100)
      expect((yield* activity.list({ limit: 10 })).events).toEqual([])
      expect(yield* activity.lost).toBe(44)
      yield* unlock
      const { events } = yield* activity.list({ limit: 1 })
      expect(events[0]?.asked).toBe(String(SqlActivity.maxPending - 1))
      expect(yield* stored(path)).toHaveLength(SqlActivity.maxPending)
      const { events: lines } = yield* CapturedLogs
      const told = (yield* lines).filter(({ logger }) => logger === "starpunk.activity")
      expect(told.map(({ level, message }) => [level, message])).toEqual([
        ["WARNING", "Activity of clients not recorded"],
        ["INFO", "Activity of clients is recorded again"]
      ])
      expect(told[1]?.fields).toMatchObject({ lost: 44 })
    }).pipe(Effect.provide(layerOn(path)))
  })
)

it.scopedLive("a failing table loses the events, and nothing else", () =>
  Effect.gen(function* () {
    const path = yield* databasePath
    yield* Effect.gen(function* () {
      const activity = yield* Activity
      yield* activity.list({ limit: 1 })
      yield* fromOutside(path, (database) => database.exec("ALTER TABLE activity RENAME TO elsewhere"))
      yield* record("lost")
      expect(yield* Effect.flip(activity.list({ limit: 1 }))).toMatchObject({ _tag: "QueryFailed" })
      expect(yield* activity.lost).toBe(1)
      yield* fromOutside(path, (database) => database.exec("ALTER TABLE elsewhere RENAME TO activity"))
      yield* record("kept")
      expect((yield* activity.list({ limit: 10 })).events).toMatchObject([{ asked: "kept" }])
    }).pipe(Effect.provide(layerOn(path)))
  })
)
