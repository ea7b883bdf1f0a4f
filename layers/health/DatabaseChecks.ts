import { Duration, Effect } from "effect"
import { type PoolName, type PoolStats, SqlPool } from "../../src/services/SqlPool.js"
import { type Check, degraded, healthy, type Observation, unhealthy } from "./Check.js"

const milliseconds = (duration: Duration.Duration): number => Math.round(Duration.toMillis(duration) * 1000) / 1000

/**
 * Reads a page through a reader. A pool without a free connection until the deadline is `degraded` if connections are
 * still returned (it is busy), and `unhealthy` if none is (it is stuck).
 */
export const database = (engine: "sqlite" | "postgresql"): Effect.Effect<Check, never, SqlPool> =>
  Effect.map(SqlPool, (pool) => {
    const reader = Effect.map(pool.stats, ({ reader }) => reader)
    let releasedBefore = 0
    const remember = Effect.map(reader, ({ released }) => {
      releasedBefore = released
    })
    const details = ({ active, pool_size }: PoolStats) => ({ engine, pool_active: active, pool_size })
    const withoutConnection = (reason: string): Effect.Effect<Observation> =>
      Effect.map(reader, (stats) =>
        stats.released > releasedBefore ? degraded(reason, details(stats)) : unhealthy(reason, details(stats))
      )
    return {
      name: "database",
      // Balancers send no requests until it is healthy again.
      whileUnhealthy: "1 second",
      look: remember.pipe(
        Effect.zipRight(pool.ping("reader")),
        Effect.zipWith(reader, (took, stats) => healthy({ ...details(stats), response_ms: milliseconds(took) })),
        Effect.catchTag("PoolExhausted", () => withoutConnection("database.pool_exhausted"))
      ),
      late: withoutConnection("timeout")
    }
  })

/**
 * Takes and releases the write lock: fails if another process holds it, on a full disk, and on a read-only file. It
 * waits as long as a write does by default (2 seconds in the queue and 2 for the lock), so that it reports the same
 * code as writes; readers of the health report do not wait for it.
 */
export const writer: Effect.Effect<Check, never, SqlPool> = Effect.map(SqlPool, (pool) => ({
  name: "writer",
  deadline: "4500 millis",
  look: Effect.map(pool.ping("writer"), (took) => healthy({ response_ms: milliseconds(took) }))
}))

/**
 * Reports callers that were refused since the last run, and callers waiting in two consecutive runs. Reads memory only.
 */
export const pool: Effect.Effect<Check, never, SqlPool> = Effect.map(SqlPool, (pool) => {
  const before: Record<PoolName, { timeouts: number; waiting: number }> = {
    reader: { timeouts: 0, waiting: 0 },
    writer: { timeouts: 0, waiting: 0 }
  }
  return {
    name: "pool",
    look: Effect.map(pool.stats, (stats) => {
      const names = ["reader", "writer"] as const
      const timeouts = names.some((name) => stats[name].timeouts > before[name].timeouts)
      const waiting = names.some((name) => stats[name].waiting > 0 && before[name].waiting > 0)
      for (const name of names) before[name] = { timeouts: stats[name].timeouts, waiting: stats[name].waiting }
      const details = {
        reader_active: stats.reader.active,
        reader_waiting: stats.reader.waiting,
        reader_timeouts: stats.reader.timeouts,
        writer_active: stats.writer.active,
        writer_waiting: stats.writer.waiting,
        writer_timeouts: stats.writer.timeouts
      }
      if (timeouts) return degraded("database.pool_exhausted", details)
      return waiting ? degraded("waiting", details) : healthy(details)
    })
  }
})
