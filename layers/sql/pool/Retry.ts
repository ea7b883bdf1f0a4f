import { Duration, Effect, Schedule } from "effect"

/** Wait before the first retry, and before the next two: 40 and 80 ms, jittered. */
const firstPause = Duration.millis(30)
const pauses = Schedule.exponential("40 millis").pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(2)))

/** Retries up to three times while `may` returns true. Costs nothing if the first attempt succeeds. */
export const again = <A, E, R>(once: Effect.Effect<A, E, R>, may: (error: E) => boolean): Effect.Effect<A, E, R> =>
  Effect.catchAll(once, (error) =>
    may(error) ? Effect.retry(Effect.delay(once, firstPause), Schedule.whileInput(pauses, may)) : Effect.fail(error)
  )
