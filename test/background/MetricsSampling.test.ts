import { expect, it } from "@effect/vitest"
import { Context, Duration, Effect, Layer, Option, Ref, TestClock } from "effect"
import * as MemoryActivity from "../../layers/memory/Activity.js"
import { layer as layerScripted } from "../../layers/memory/HealthChecker.js"
import { layerCapture } from "../../layers/memory/Logger.js"
import * as MemoryMachine from "../../layers/memory/Machine.js"
import * as SecureRandom from "../../layers/memory/SecureRandom.js"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import { layerTest } from "../../layers/memory/Settings.js"
import * as MemoryHistory from "../../layers/metrics/MetricsHistory.js"
import * as NodeLifecycle from "../../layers/process/Lifecycle.js"
import * as MetricsSampling from "../../src/background/MetricsSampling.js"
import { BackupNotRead } from "../../src/errors/Backup.js"
import { MetricsHistory } from "../../src/metrics/MetricsHistory.js"
import * as Process from "../../src/metrics/Process.js"
import * as Site from "../../src/metrics/Site.js"
import { BackupDirectory } from "../../src/services/BackupDirectory.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { Machine } from "../../src/services/Machine.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as FakePool from "../fixtures/FakePool.js"
import { engineWith } from "../fixtures/FakeSearch.js"
import * as MediaShelf from "../fixtures/MediaShelf.js"
import { unread } from "../fixtures/UnreadBackups.js"

const valueOf = ({ series: [first] }: typeof Site.sessions | typeof Process.eventLoopDelayMax) => first?.value

/** A ready site with its metrics sampled; `delay` is the event loop delay since the last sample. */
const sampled = Effect.gen(function* () {
  const delay = yield* Ref.make(0)
  const looks = yield* Ref.make(0)
  const backups = yield* Ref.make<Option.Option<number>>(Option.none())
  const broken = yield* Ref.make(false)
  const machine = Layer.map(MemoryMachine.layer, (context) =>
    Context.make(Machine, {
      ...Context.get(context, Machine),
      takeEventLoopDelay: Effect.map(Ref.getAndSet(delay, 0), (max) => ({ max, p99: max / 2, p50: 0 }))
    })
  )
  const directory = {
    latest: Effect.zipRight(
      Ref.update(looks, (count) => count + 1),
      Effect.if(Ref.get(broken), {
        onTrue: () => new BackupNotRead({ path: "b", reason: "denied", detail: "EACCES" }),
        onFalse: () => Ref.get(backups)
      })
    ),
    add: Effect.dieMessage("nobody makes one here"),
    ...unread
  }
  const context = yield* Layer.build(
    MetricsSampling.layer.pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          MemoryHistory.layer,
          MediaShelf.layer,
          MemorySessions.layer,
          MemoryActivity.layer,
          machine,
          FakePool.layer,
          engineWith({}),
          layerScripted,
          Layer.succeed(BackupDirectory, Option.some(directory))
        )
      ),
      Layer.provideMerge(Layer.mergeAll(layerTest(), layerCapture, SecureRandom.layer, NodeLifecycle.layer))
    )
  )
  yield* Context.get(context, Lifecycle).advance("ready")
  yield* TestClock.adjust("1 second")
  return {
    delay,
    looks: Ref.get(looks),
    backups,
    broken,
    history: Context.get(context, MetricsHistory),
    sessions: Context.get(context, SessionManager)
  }
})

it.scoped(
  "samples metrics every ten seconds and the disk every minute, and adds them to the history a minute later",
  () =>
    Effect.gen(function* () {
      const { history, looks, sessions } = yield* sampled
      expect(history.points("hour")).toEqual([])
      expect(yield* looks).toBe(1)
      expect(valueOf(Site.sessions)).toBe(0)
      yield* sessions.create({ owner: "https://me.example/" })
      yield* TestClock.adjust("10 seconds")
      expect(history.points("hour")).toMatchObject([
        { at: 10_000, residentBytes: 120_000_000, freeBytes: 21_000_000_000 }
      ])
      expect(valueOf(Site.sessions)).toBe(0)
      yield* TestClock.adjust("50 seconds")
      expect(history.points("hour")).toHaveLength(6)
      expect(history.points("day")).toHaveLength(1)
      expect(yield* looks).toBe(2)
      expect(valueOf(Site.sessions)).toBe(1)
    })
)

it.scoped("reports a pause of the process for a minute, however often it is scraped meanwhile", () =>
  Effect.gen(function* () {
    const { delay } = yield* sampled
    yield* Ref.set(delay, 3)
    yield* TestClock.adjust("10 seconds")
    expect(valueOf(Process.eventLoopDelayMax)).toBe(3)
    yield* TestClock.adjust("50 seconds")
    expect(valueOf(Process.eventLoopDelayMax)).toBe(3)
    yield* TestClock.adjust("10 seconds")
    expect(valueOf(Process.eventLoopDelayMax)).toBe(0)
  })
)

it.scoped("keeps the last backup age while the backup directory is unreadable, and updates it at the next check", () =>
  Effect.gen(function* () {
    const { backups, broken } = yield* sampled
    const newest = () => Site.backupLastSuccess.series[0]?.value
    expect(newest()).toBe(0)
    yield* Ref.set(backups, Option.some(60_000))
    yield* TestClock.adjust(Duration.minutes(1))
    expect(newest()).toBe(60)
    yield* Ref.set(backups, Option.some(120_000))
    yield* Ref.set(broken, true)
    yield* TestClock.adjust(Duration.minutes(1))
    expect(newest()).toBe(60)
    yield* Ref.set(broken, false)
    yield* TestClock.adjust(Duration.minutes(1))
    expect(newest()).toBe(120)
  })
)
