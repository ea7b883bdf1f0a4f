import { Context, Duration, Effect } from "effect"

/** Rows removed in one transaction of a clean-up: few enough to hold up no other write. Sessions lie in no order: each row is a page or three. */
export const cleanupBatch = 100

/**
 * How long work in batches leaves the write lock alone between two of them. Nothing in a server, whose other writes stand
 * in the same line and have their turn. A command beside a server has to leave room: SQLite hands the lock to nobody, it
 * lets whoever waits look again every 25 ms or so, and one who comes back at once has it nearly always.
 */
export class BatchPause extends Context.Reference<BatchPause>()("starpunk/layers/BatchPause", {
  defaultValue: () => Duration.zero
}) {}

/** The pause of a command: SQLite's busy handler looks again after 25 ms at most while it has waited for less than 125. */
export const besideServer = Duration.millis(25)

/** Lets those have their turn who wait for the write lock in other processes. */
export const giveWay: Effect.Effect<void> = Effect.flatMap(BatchPause, (pause) =>
  Duration.greaterThan(pause, Duration.zero) ? Effect.sleep(pause) : Effect.void
)

/** Removes batch after batch until one is not full; answers how many rows went. */
export const removeAll = <E, R>(
  removeBatch: (limit: number) => Effect.Effect<ReadonlyArray<unknown>, E, R>
): Effect.Effect<number, E, R> =>
  Effect.gen(function* () {
    let total = 0
    while (true) {
      const removed = (yield* removeBatch(cleanupBatch)).length
      total += removed
      if (removed < cleanupBatch) return total
      yield* giveWay
    }
  })
