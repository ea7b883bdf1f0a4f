import { expect, it } from "@effect/vitest"
import { Clock, Duration, Effect, Layer, Option, Ref, TestClock } from "effect"
import { backup as backupCheck } from "../../layers/health/BackupCheck.js"
import { CapturedLogs, layerCapture } from "../../layers/memory/Logger.js"
import * as SecureRandom from "../../layers/memory/SecureRandom.js"
import { layerTest } from "../../layers/memory/Settings.js"
import * as NodeLifecycle from "../../layers/process/Lifecycle.js"
import * as Backups from "../../src/background/Backups.js"
import { BackupNotRead, BackupNotWritten } from "../../src/errors/Backup.js"
import { BackupDirectory, type KeptDirectory } from "../../src/services/BackupDirectory.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { unread } from "../fixtures/UnreadBackups.js"

const interval = Duration.hours(1)
const full = new BackupNotWritten({ path: "b.tar", reason: "full", detail: "ENOSPC" })

/** A directory in memory: when each backup was made, and whether the next one can be. */
const directory = Effect.gen(function* () {
  const made = yield* Ref.make<ReadonlyArray<number>>([])
  const broken = yield* Ref.make(false)
  const kept: KeptDirectory = {
    ...unread,
    latest: Effect.map(Ref.get(made), (times) => Option.fromNullable(times.at(-1))),
    add: Effect.gen(function* () {
      if (yield* Ref.get(broken)) return yield* full
      const now = yield* Clock.currentTimeMillis
      yield* Ref.update(made, (times) => [...times, now])
      const manifest = { format: 1, program: "1", schema: 1, createdAt: now, posts: 0, media: 0, members: [] } as const
      return { report: { path: "b.tar", bytes: 1, manifest, skipped: [] }, removed: [] }
    })
  }
  return { made, broken, kept, count: Effect.map(Ref.get(made), (times) => times.length) }
})

const running = (kept: KeptDirectory) =>
  Layer.build(
    Backups.layer.pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          Layer.succeed(BackupDirectory, Option.some(kept)),
          NodeLifecycle.layer,
          layerCapture,
          SecureRandom.layer,
          layerTest({ backup: { directory: Option.some("b"), interval, keep: 7 } })
        )
      )
    )
  )

const started = (kept: KeptDirectory) =>
  Effect.tap(running(kept), (context) =>
    Effect.provide(
      Effect.flatMap(Lifecycle, (lifecycle) => lifecycle.advance("ready")),
      context
    )
  )

it.scoped("makes a backup at once if there is none, then at every interval", () =>
  Effect.gen(function* () {
    const { count, kept } = yield* directory
    yield* started(kept)
    yield* TestClock.adjust("1 second")
    expect(yield* count).toBe(1)
    yield* TestClock.adjust("59 minutes")
    expect(yield* count).toBe(1)
    yield* TestClock.adjust("1 minute")
    expect(yield* count).toBe(2)
    yield* TestClock.adjust("10 hours")
    expect(yield* count).toBe(12)
  })
)

it.scoped("a restart neither makes nor skips a backup", () =>
  Effect.gen(function* () {
    const { count, kept, made } = yield* directory
    yield* Ref.set(made, [0])
    yield* TestClock.adjust("50 minutes")
    yield* started(kept)
    yield* TestClock.adjust("9 minutes")
    expect(yield* count).toBe(1)
    yield* TestClock.adjust("1 minute")
    expect(yield* count).toBe(2)
  })
)

it.scoped("makes no backup before the site is ready, and does not wait years after the clock was set back", () =>
  Effect.gen(function* () {
    const { count, kept, made } = yield* directory
    yield* Ref.set(made, [Duration.toMillis("3650 days")])
    const context = yield* running(kept)
    yield* TestClock.adjust("5 hours")
    expect(yield* count).toBe(1)
    yield* Effect.provide(
      Effect.flatMap(Lifecycle, (lifecycle) => lifecycle.advance("ready")),
      context
    )
    yield* TestClock.adjust("1 hour")
    expect(yield* count).toBe(2)
  })
)

it.scoped("logs a failed backup as an error and retries it soon", () =>
  Effect.gen(function* () {
    const { broken, count, kept } = yield* directory
    yield* Ref.set(broken, true)
    const context = yield* started(kept)
    yield* TestClock.adjust("25 minutes")
    const { events } = yield* Effect.provide(CapturedLogs, context)
    const errors = (yield* events).filter(({ level }) => level === "ERROR")
    expect(errors).toHaveLength(3)
    expect(errors[0]?.fields).toMatchObject({ job: "backup", error: full })
    yield* Ref.set(broken, false)
    yield* TestClock.adjust("5 minutes")
    expect(yield* count).toBe(1)
  })
)

it.effect(
  "the health check is degraded by a backup older than two intervals, by none for as long, and by an unreachable directory",
  () =>
    Effect.gen(function* () {
      const { kept, made } = yield* directory
      yield* TestClock.setTime(Duration.toMillis("10 hours"))
      const { look } = yield* backupCheck(kept, interval)
      expect(yield* look).toMatchObject({ status: "healthy" })
      yield* TestClock.adjust("121 minutes")
      expect(yield* look).toMatchObject({ status: "degraded", reason: "backup_missing" })
      yield* Ref.set(made, [yield* Clock.currentTimeMillis])
      expect(yield* look).toMatchObject({ status: "healthy", details: { age_seconds: 0 } })
      yield* TestClock.adjust("121 minutes")
      expect(yield* look).toMatchObject({ status: "degraded", reason: "backup_overdue" })
      const unreachable = new BackupNotRead({ path: "b", reason: "denied", detail: "EACCES" })
      const blind = yield* backupCheck({ ...kept, latest: unreachable }, interval)
      expect(yield* blind.look).toMatchObject({ status: "degraded", reason: "backup.not_read" })
    })
)
