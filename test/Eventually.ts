import { Effect } from "effect"

const immediate = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

/** Asks again, letting I/O and worker messages through, until `check` holds. The clock of a test does not move. */
export const eventually = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  check: (value: A) => boolean
): Effect.Effect<A, E, R> =>
  Effect.flatMap(effect, (value) =>
    check(value) ? Effect.succeed(value) : Effect.zipRight(immediate, eventually(effect, check))
  )
