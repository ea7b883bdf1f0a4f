import { Effect } from "effect"
import type { CallerQueue, Waiter } from "./CallerQueue.js"

/** Ends the waits of callers. */
export interface Patience {
  /** Starts to watch callers with this patience, if none was watched. Call it when a caller has been queued. */
  readonly watch: (millis: number) => Effect.Effect<void>
}

/**
 * Refuses callers that have waited as long as they may, until the scope ends. One fiber watches all callers with the
 * same patience: a timer and two fibers for each caller would cost more than a short statement.
 */
export const make = Effect.fnUntraced(function* (options: {
  readonly line: CallerQueue
  /** Current time in monotonic milliseconds. */
  readonly now: () => number
  readonly refuse: (waiter: Waiter) => void
}) {
  const { line, now, refuse } = options
  const scope = yield* Effect.scope
  const watched = new Map<number, Effect.Latch>()

  const watchAll = (millis: number, isAwaited: Effect.Latch) =>
    Effect.gen(function* () {
      yield* isAwaited.await
      const [first] = line.withPatience(millis)
      if (first === undefined) return yield* isAwaited.close
      yield* Effect.sleep(Math.max(first.holder.since + millis - now(), 0))
      for (const waiter of line.withPatience(millis)) {
        if (now() - waiter.holder.since >= millis) refuse(waiter)
      }
    }).pipe(Effect.forever, Effect.interruptible)

  const watch = (millis: number) => {
    const latch = watched.get(millis)
    if (latch !== undefined) {
      latch.unsafeOpen()
      return Effect.void
    }
    const opened = Effect.unsafeMakeLatch(true)
    watched.set(millis, opened)
    return Effect.asVoid(Effect.forkIn(watchAll(millis, opened), scope))
  }

  return { watch } satisfies Patience
})
