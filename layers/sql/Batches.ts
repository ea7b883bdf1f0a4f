import { Effect } from "effect"

/** Rows removed in one transaction of a clean-up: few enough to hold up no other write. */
export const cleanupBatch = 500

/** Removes batch after batch until one is not full; answers how many rows went. */
export const removeAll = <E, R>(
  removeBatch: (limit: number) => Effect.Effect<ReadonlyArray<unknown>, E, R>
): Effect.Effect<number, E, R> =>
  Effect.gen(function* () {
    let total = 0
    let removed = cleanupBatch
    while (removed === cleanupBatch) {
      removed = (yield* removeBatch(cleanupBatch)).length
      total += removed
    }
    return total
  })
