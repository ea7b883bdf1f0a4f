import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import * as DatabaseChecks from "../../../layers/health/DatabaseChecks.js"
import { filesystem, judge as roomJudge } from "../../../layers/health/DataDirectoryCheck.js"
import { eventLoop, judge } from "../../../layers/health/EventLoopCheck.js"
import { memory } from "../../../layers/health/MemoryCheck.js"
import { search } from "../../../layers/health/SearchCheck.js"
import { DatabaseUnavailable, PoolExhausted } from "../../../src/errors/Database.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { makeFakePool } from "../../fixtures/FakePool.js"
import { engineWith } from "../../fixtures/FakeSearch.js"

describe("database", () => {
  const setUp = Effect.gen(function* () {
    const fake = yield* makeFakePool
    const check = yield* Effect.provideService(DatabaseChecks.database("sqlite"), SqlPool, fake.pool)
    return { ...fake, check, late: check.late ?? Effect.dieMessage("it knows what to say when it is late") }
  })
  const exhausted = new PoolExhausted({ pool: "reader", size: 2, waiting: 5, timeoutMillis: 2000 })

  it.effect("a readable database is healthy, with the figures of StarPunk (Python)", () =>
    Effect.gen(function* () {
      const { check, setStats } = yield* setUp
      yield* setStats("reader", { active: 1 })
      expect(yield* check.look).toEqual({
        status: "healthy",
        details: { engine: "sqlite", pool_active: 1, pool_size: 2, response_ms: 2 }
      })
    })
  )

  it.effect("busy is degraded, stuck is unhealthy", () =>
    Effect.gen(function* () {
      const { check, late, setPing, setStats } = yield* setUp
      yield* setPing("reader", exhausted)
      expect(yield* check.look).toMatchObject({ status: "unhealthy", reason: "database.pool_exhausted" })
      expect(yield* late).toMatchObject({ status: "unhealthy", reason: "timeout" })
      yield* setPing("reader", Effect.zipRight(setStats("reader", { released: 7 }), exhausted))
      expect(yield* check.look).toMatchObject({ status: "degraded", reason: "database.pool_exhausted" })
      expect(yield* late).toMatchObject({ status: "degraded", reason: "timeout" })
    })
  )

  it.effect("passes on any other failure, for its code to be reported", () =>
    Effect.gen(function* () {
      const { check, setPing } = yield* setUp
      yield* setPing("reader", new DatabaseUnavailable({ driverCode: "SQLITE_IOERR" }))
      expect((yield* Effect.flip(check.look))._tag).toBe("DatabaseUnavailable")
    })
  )
})

describe("pool", () => {
  it.effect("callers rejected since the last check, or waiting at two checks, are degraded", () =>
    Effect.gen(function* () {
      const { pool, setStats } = yield* makeFakePool
      const { look } = yield* Effect.provideService(DatabaseChecks.pool, SqlPool, pool)
      expect((yield* look).status).toBe("healthy")
      yield* setStats("writer", { waiting: 3 })
      expect((yield* look).status).toBe("healthy")
      expect(yield* look).toMatchObject({ status: "degraded", reason: "waiting", details: { writer_waiting: 3 } })
      yield* setStats("writer", { waiting: 0, timeouts: 2 })
      expect(yield* look).toMatchObject({ status: "degraded", reason: "database.pool_exhausted" })
      expect((yield* look).status).toBe("healthy")
    })
  )
})

describe("writer", () => {
  it.effect("waits as long as a write does, so that a foreign lock is reported by its code and not as a timeout", () =>
    Effect.gen(function* () {
      const { pool } = yield* makeFakePool
      const { deadline = 0, interval = "5 seconds" } = yield* Effect.provideService(
        DatabaseChecks.writer,
        SqlPool,
        pool
      )
      expect(Duration.toSeconds(deadline)).toBeGreaterThan(2 + 2)
      expect(Duration.toSeconds(deadline)).toBeLessThan(Duration.toSeconds(interval))
    })
  )

  it.effect("reports how long the lock took", () =>
    Effect.gen(function* () {
      const { pool, setPing } = yield* makeFakePool
      yield* setPing("writer", Effect.succeed(Duration.micros(1500n)))
      const { look } = yield* Effect.provideService(DatabaseChecks.writer, SqlPool, pool)
      expect(yield* look).toEqual({ status: "healthy", details: { response_ms: 1.5 } })
    })
  )
})

describe("search", () => {
  it.effect.each([
    [{}, "healthy", undefined],
    [{ engine: "fallback", reason: "forced" }, "healthy", undefined],
    [{ enabled: false, engine: "fallback", reason: "fts5_missing" }, "healthy", undefined],
    [{ engine: "fallback", reason: "fts5_missing" }, "degraded", "fts5_missing"],
    [{ engine: "fallback", reason: "index_failed" }, "degraded", "index_failed"],
    [{ engine: "fallback", reason: "rebuilding", pending: 9 }, "degraded", "rebuilding"]
  ] as const)("%j is %s", ([engine, status, reason]) =>
    Effect.gen(function* () {
      const { look } = yield* Effect.provide(search, engineWith(engine))
      const observation = yield* look
      expect([observation.status, observation.reason]).toEqual([status, reason])
      expect(observation.details).toMatchObject({ enabled: true, engine: "fts5", ...onlyTold(engine) })
    })
  )

  const onlyTold = ({ reason: _, pending, ...told }: Record<string, unknown>) =>
    pending === undefined ? told : { ...told, pending_posts: pending }
})

describe("filesystem", () => {
  const directory = Effect.acquireRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-filesystem-"))),
    (path) => Effect.promise(() => rm(path, { recursive: true }))
  )

  it.scopedLive("writes, removes what it wrote, and reports the free space", () =>
    Effect.gen(function* () {
      const path = yield* directory
      const { details, status } = yield* filesystem(path).look
      expect(status).not.toBe("unhealthy")
      expect(details.free_bytes).toBeGreaterThan(0)
      expect(yield* Effect.promise(() => readdir(path))).toEqual([])
    })
  )

  it.scopedLive("a missing directory, or something else in its place, fails with the system's code", () =>
    Effect.gen(function* () {
      const path = yield* directory
      const file = join(path, "file")
      yield* Effect.promise(() => writeFile(file, ""))
      const failureAt = (path: string) => Effect.flip(filesystem(path).look)
      expect(yield* failureAt(join(path, "gone"))).toMatchObject({ _tag: "DatabaseUnavailable", driverCode: "ENOENT" })
      expect(yield* failureAt(file)).toMatchObject({ _tag: "DatabaseUnavailable", driverCode: "ENOTDIR" })
    })
  )

  it.each([
    ["plenty", { bavail: 1_000_000, ffree: 1_000_000, files: 2_000_000 }, "healthy", undefined],
    ["no limit on files", { bavail: 1_000_000, ffree: 0, files: 0 }, "healthy", undefined],
    ["255 MiB", { bavail: 65_280, ffree: 1_000_000, files: 2_000_000 }, "degraded", "low_space"],
    ["999 files", { bavail: 1_000_000, ffree: 999, files: 2_000_000 }, "degraded", "low_space"],
    ["15 MiB", { bavail: 3_840, ffree: 1_000_000, files: 2_000_000 }, "unhealthy", "storage.full"],
    ["99 files", { bavail: 1_000_000, ffree: 99, files: 2_000_000 }, "unhealthy", "storage.full"]
  ])("room for %s", (_, room, status, reason) => {
    const observation = roomJudge({ ...room, bsize: 4_096 })
    expect([observation.status, observation.reason]).toEqual([status, reason])
  })
})

describe("memory", () => {
  it.effect("above the threshold is degraded, never unhealthy", () =>
    Effect.gen(function* () {
      expect(yield* memory(1_000_000).look).toMatchObject({ status: "healthy", details: { threshold_mb: 1_000_000 } })
      const over = yield* memory(1).look
      expect(over).toMatchObject({ status: "degraded", reason: "over_threshold" })
      expect(over.details.usage_mb).toBeGreaterThan(1)
    })
  )
})

describe("event loop", () => {
  it("a stall is degraded; five seconds and more in three checks in a row are unhealthy", () => {
    const look = judge()
    const statuses = [0, 1_500, 6_000, 6_000, 10, 6_000, 6_000, 6_000, 0].map((longest) => look(longest).status)
    expect(statuses).toEqual([
      "healthy",
      "degraded",
      "degraded",
      "degraded",
      "healthy",
      "degraded",
      "degraded",
      "unhealthy",
      "healthy"
    ])
  })

  it.scopedLive("a blocked loop is detected once", () =>
    Effect.gen(function* () {
      const { look } = yield* eventLoop
      const tick = Effect.async<void>((resume) => {
        setTimeout(() => resume(Effect.void), 150)
      })
      yield* tick
      yield* look
      yield* tick
      yield* Effect.sync(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_300))
      yield* tick
      expect(yield* look).toMatchObject({ status: "degraded", reason: "slow" })
    })
  )
})
