import { Clock, Duration, Effect, Layer, Schedule } from "effect"
import { readEverySeconds } from "../metrics/History.js"
import { MetricsHistory } from "../metrics/MetricsHistory.js"
import * as Process from "../metrics/Process.js"
import * as Reading from "../metrics/Reading.js"
import * as Refresh from "../metrics/Refresh.js"
import { Lifecycle } from "../services/Lifecycle.js"
import { type EventLoopDelay, Machine, type ProcessUse } from "../services/Machine.js"

/** Number of readings that the delay gauges cover: a minute. */
const delaysKept = 6

/**
 * Sets metrics that cover an interval. They are not set by a scrape, which may come at any time and would cut the
 * interval short.
 */
const eventLoop = Effect.map(Machine, (machine) => {
  const delays: Array<EventLoopDelay> = []
  let before: Pick<ProcessUse, "activeSeconds" | "idleSeconds"> = { activeSeconds: 0, idleSeconds: 0 }
  return Effect.gen(function* () {
    const delay = yield* machine.takeEventLoopDelay
    delays.push(delay)
    if (delays.length > delaysKept) delays.shift()
    Process.eventLoopDelayMax.set({}, Math.max(...delays.map(({ max }) => max)))
    Process.eventLoopDelayP99.set({}, Math.max(...delays.map(({ p99 }) => p99)))
    Process.eventLoopDelayP50.set({}, delay.p50)
    const { activeSeconds, idleSeconds } = yield* machine.process
    const active = activeSeconds - before.activeSeconds
    const all = active + idleSeconds - before.idleSeconds
    before = { activeSeconds, idleSeconds }
    if (all > 0) Process.eventLoopUtilization.set({}, active / all)
  })
})

/**
 * Adds a reading of all instruments to the history every ten seconds, and updates the sizes of the database and the
 * disk once a minute, while the server runs. If a value cannot be read, its last value stays; health checks report the
 * problem.
 */
export const layer = Layer.scopedDiscard(
  Effect.gen(function* () {
    const history = yield* MetricsHistory
    const lifecycle = yield* Lifecycle
    const memory = yield* Refresh.fromMemory
    const storage = yield* Refresh.fromStorage
    const loop = yield* eventLoop

    const read = Effect.gen(function* () {
      yield* loop
      yield* memory
      history.add(yield* Clock.currentTimeMillis, Reading.take())
    })
    const ready = lifecycle.reached("ready")
    yield* Effect.forkScoped(Effect.zipRight(ready, Effect.repeat(storage, Schedule.spaced(Duration.minutes(1)))))
    yield* Effect.forkScoped(Effect.repeat(read, Schedule.fixed(Duration.seconds(readEverySeconds))))
  })
)
