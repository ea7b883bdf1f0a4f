import { Effect, Either } from "effect"

/**
 * Runs synchronous work that yields at each of its steps, and lets other fibers run between them, so that a site of any size
 * blocks nothing. `failureOf` converts what the work throws; `perTurn` small steps take about a millisecond.
 */
export const inTurns = <A, E>(
  work: Generator<void, A>,
  failureOf: (error: unknown) => E,
  perTurn = 200
): Effect.Effect<A, E> =>
  Effect.gen(function* () {
    for (;;) {
      for (let step = 0; step < perTurn; step += 1) {
        const { done, value } = yield* Either.try({ try: () => work.next(), catch: failureOf })
        if (done === true) return value
      }
      yield* Effect.yieldNow()
    }
  })
