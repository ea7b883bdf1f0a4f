import { Duration, Effect, Layer, Ref } from "effect"
import type { DatabaseFailure } from "../../../src/errors/failure/Database.js"
import { type LaneName, type LaneStats, SqlPool } from "../../../src/services/SqlPool.js"

/** A lane that nobody has used yet. */
export const idleLane: LaneStats = {
  acquired: 0,
  released: 0,
  created: 1,
  wait_time_total: 0,
  active: 0,
  pool_size: 2,
  available: 2,
  waiting: 0,
  timeouts: 0,
  invalidated: 0
}

/** A pool of which only `ping` and `stats` are asked; a test sets what they answer. */
export const makeFakePool = Effect.gen(function* () {
  const stats = yield* Ref.make<Readonly<Record<LaneName, LaneStats>>>({ reader: idleLane, writer: idleLane })
  const pings = yield* Ref.make<Readonly<Record<LaneName, Effect.Effect<Duration.Duration, DatabaseFailure>>>>({
    reader: Effect.succeed(Duration.millis(2)),
    writer: Effect.succeed(Duration.millis(3))
  })
  const unused = () => Effect.dieMessage("health runs no statements of its own")
  return {
    pool: SqlPool.of({
      read: unused,
      write: unused,
      stats: Ref.get(stats),
      ping: (lane) => Effect.flatMap(Ref.get(pings), (pings) => pings[lane])
    }),
    setStats: (lane: LaneName, next: Partial<LaneStats>) =>
      Ref.update(stats, (stats) => ({ ...stats, [lane]: { ...stats[lane], ...next } })),
    setPing: (lane: LaneName, ping: Effect.Effect<Duration.Duration, DatabaseFailure>) =>
      Ref.update(pings, (pings) => ({ ...pings, [lane]: ping }))
  }
})

/** A pool that is well and idle. */
export const layer: Layer.Layer<SqlPool> = Layer.effect(
  SqlPool,
  Effect.map(makeFakePool, ({ pool }) => pool)
)
