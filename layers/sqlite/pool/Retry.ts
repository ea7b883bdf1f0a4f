import { Duration, Effect, Schedule } from "effect"
import { DatabaseUnavailable } from "../../../src/errors/failure/Database.js"

/** How long after a failure the same is asked again, and how long after the next two: 40 and 80 ms, spread at random. */
const firstPause = Duration.millis(30)
const pauses = Schedule.exponential("40 millis").pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(2)))

/** Whether the disk, or the connection's thread, failed under a statement: the same one may do on a fresh connection. */
export const brokeUnder = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable && /^(SQLITE_IOERR|WORKER_ENDED)/.test(error.driverCode)

/** Asks again for as long as `may` holds, a few times at most. What succeeds at once costs nothing. */
export const again = <A, E, R>(once: Effect.Effect<A, E, R>, may: (error: E) => boolean): Effect.Effect<A, E, R> =>
  Effect.catchAll(once, (error) =>
    may(error) ? Effect.retry(Effect.delay(once, firstPause), Schedule.whileInput(pauses, may)) : Effect.fail(error)
  )
