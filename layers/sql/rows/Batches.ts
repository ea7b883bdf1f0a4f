import { Context, Duration, Effect } from "effect"

/**
 * Rows that one transaction of a cleanup removes: few enough not to delay other writes. Sessions are stored in random
 * order, so each row touches up to three pages.
 */
export const cleanupBatch = 100

/**
 * Pause between two batches of a long job. Zero in a server, whose other writes queue for the same writer. A command
 * beside a server has to pause: SQLite gives the lock to nobody in particular, waiting processes retry about every 25
 * ms, and one that retries at once would nearly always get it.
 */
export class BatchPause extends Context.Reference<BatchPause>()("starpunk/layers/BatchPause", {
  defaultValue: () => Duration.zero
}) {}

/** The pause of a command: SQLite's busy handler retries at most every 25 ms while it has waited for less than 125. */
export const besideServer = Duration.millis(25)

/** Pauses, so that other processes can get the write lock. */
export const giveWay: Effect.Effect<void> = Effect.flatMap(BatchPause, (pause) =>
  Duration.greaterThan(pause, Duration.zero) ? Effect.sleep(pause) : Effect.void
)

/** Removes batches until one is not full. Returns the number of removed rows. */
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
