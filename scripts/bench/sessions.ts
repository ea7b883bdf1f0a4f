import { rm } from "node:fs/promises"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Effect, Layer, ManagedRuntime } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemorySettings from "../../layers/memory/Settings.js"
import * as SecureRandom from "../../layers/process/SecureRandom.js"
import * as SessionManager from "../../layers/sql/stores/SessionManager.js"
import * as SqlitePool from "../../layers/sqlite/pool/SqlPool.js"
import * as DatabaseVersion from "../../layers/sqlite/revision/DatabaseVersion.js"
import { SessionManager as Sessions } from "../../src/services/SessionManager.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { type Figure, median, reaching, spreadOf } from "./Figure.js"
import { addExpiredSessions, dataDirectory, settingsOf, succeed } from "./LargeSite.js"
import { scaled, usually } from "./Scale.js"

const rounds = usually(9, 2)
const checks = usually(3_000, 200)

/** CPU microseconds of one of `count` repetitions, all threads of this process. */
const costOf = async (count: number, work: () => Promise<void> | void): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { system, user } = process.cpuUsage(before)
  return (system + user) / count
}

/**
 * The check of a session cookie (as the server does it, on a worker thread) against a prepared read of the same row by
 * better-sqlite3 in this thread, and against a read of one row through the same pool, which is what a worker thread costs.
 */
export const sessions = async (): Promise<ReadonlyArray<Figure>> => {
  const dataPath = await dataDirectory()
  const path = join(dataPath, "starpunk.db")
  await succeed(["sessions", "cleanup"], settingsOf(dataPath))
  addExpiredSessions(dataPath, scaled(10_000))
  const database = new Database(path)
  const rows = database
    .prepare<[], { readonly hash: Buffer }>("SELECT token_hash AS hash FROM sessions LIMIT 1000")
    .all()
  const point = database.prepare("SELECT * FROM sessions WHERE token_hash = ?")
  const layer = SessionManager.layer.pipe(
    Layer.provide(DatabaseVersion.layerWith(path)),
    Layer.provideMerge(SqlitePool.layerWorker({ path })),
    Layer.provide(Layer.mergeAll(MemoryLogger.layerSilent, MemorySettings.layerTest(), SecureRandom.layer))
  )
  const runtime = ManagedRuntime.make(layer)
  try {
    const check = await runtime.runPromise(
      Effect.gen(function* () {
        const manager = yield* Sessions
        const token = yield* manager.create({ owner: "https://me.example/" })
        return manager.validate(token)
      })
    )
    const read = Effect.flatMap(SqlPool, (pool) => pool.read((sql) => sql`SELECT id FROM sessions LIMIT 1`))
    const repeat = (effect: Effect.Effect<unknown, unknown, SqlPool>) => () =>
      runtime.runPromise(Effect.asVoid(Effect.repeatN(effect, checks - 1)))
    const ours: Array<number> = []
    const bare: Array<number> = []
    const pooled: Array<number> = []
    for (let round = 0; round <= rounds; round++) {
      const costs = [
        await costOf(checks, repeat(check)),
        // Many more of them, because the clock of the CPU is coarse.
        await costOf(checks * 10, () => {
          for (let count = 0; count < checks * 10; count++) point.get(rows[count % rows.length]?.hash)
        }),
        await costOf(checks, repeat(read))
      ] as const
      // The first round warms up.
      if (round === 0) continue
      ours.push(costs[0])
      bare.push(costs[1])
      pooled.push(costs[2])
    }
    const ofPool = ours.map((cost, round) => cost / (pooled[round] ?? Number.NaN))
    return [
      reaching(
        "session",
        ours.map((cost, round) => cost / (bare[round] ?? Number.NaN)),
        `${median(ours).toFixed(1)} µs, bare ${median(bare).toFixed(1)} µs; a row through the same pool ${median(pooled).toFixed(1)} µs, the check ${median(ofPool).toFixed(2)} times that`,
        [
          { name: "session check", ...spreadOf(ours) },
          { name: "row through the pool", ...spreadOf(pooled) },
          { name: "row, bare better-sqlite3", ...spreadOf(bare) }
        ]
      )
    ]
  } finally {
    database.close()
    await runtime.dispose()
    await rm(dataPath, { recursive: true, force: true })
  }
}
