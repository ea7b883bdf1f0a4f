import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Duration, Effect, Fiber, type Layer } from "effect"
import { layerSilent } from "../../layers/memory/Logger.js"
import { layerThread, layerWorker, type PoolOptions } from "../../layers/sqlite/pool/SqlPool.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import type { Logger } from "../../src/services/Logger.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { type Figure, percentile } from "./Figure.js"

type Make = (options: PoolOptions) => Layer.Layer<SqlPool, DatabaseOpenFailed, Logger>

const notes = 100_000

/** Notes of about 700 bytes. */
const fill = Effect.flatMap(SqlPool, (pool) =>
  pool.write((sql) =>
    Effect.zipRight(
      sql`CREATE TABLE notes (id INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT`,
      sql`WITH RECURSIVE ids (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM ids LIMIT ${notes})
        INSERT INTO notes SELECT id, hex(randomblob(350)) FROM ids`
    )
  )
)

/** The worst search without FTS5: reads every note and finds nothing. */
const scan = Effect.flatMap(SqlPool, (pool) =>
  pool.read((sql) => sql`SELECT id FROM notes WHERE content LIKE ${"%not to be found%"}`)
)

const point = (id: number) =>
  Effect.flatMap(SqlPool, (pool) => pool.read((sql) => sql`SELECT * FROM notes WHERE id = ${id}`))

/**
 * Latencies in milliseconds of reads at a fixed rate, each measured from the time at which it was due, so that a
 * blocked event loop delays all of them.
 */
const openLoop = (perSecond: number, seconds: number) =>
  Effect.gen(function* () {
    const latencies: Array<number> = []
    const start = performance.now()
    const reads: Array<Fiber.Fiber<void, unknown>> = []
    for (let index = 0; index < perSecond * seconds; index++) {
      const due = start + (index * 1000) / perSecond
      const early = due - performance.now()
      if (early > 0) yield* Effect.sleep(Duration.millis(early))
      const read = Effect.map(point(1 + ((index * 7919) % notes)), () => {
        latencies.push(performance.now() - due)
      })
      reads.push(yield* Effect.fork(read))
    }
    yield* Effect.forEach(reads, Fiber.join, { discard: true })
    return latencies
  })

const p99 = (seconds: number) => Effect.map(openLoop(300, seconds), (latencies) => percentile(latencies, 0.99))

/** One turn of the event loop. */
const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

const mixedSeconds = 6

/** p99 of 300 reads a second while scans run one after another, with `pause` between them. */
const mixed = (pause: Effect.Effect<void>) =>
  Effect.suspend(() => {
    const end = performance.now() + mixedSeconds * 1000
    const scans = Effect.repeat(Effect.zipRight(scan, pause), { while: () => performance.now() < end })
    return Effect.map(Effect.all([p99(mixedSeconds), scans], { concurrency: 2 }), ([latency]) => latency)
  })

const quietThenMixed = Effect.gen(function* () {
  yield* p99(1)
  return { quiet: yield* p99(mixedSeconds), mixed: yield* mixed(Effect.void) }
})

/**
 * p99 with connections in the main thread, once with scans in a loop, which block the event loop, and once with a turn
 * of the event loop after each scan.
 */
const mixedInThread = Effect.gen(function* () {
  return { looping: yield* mixed(Effect.void), givingWay: yield* mixed(Effect.asVoid(turn)) }
})

/** Twenty workers that each acquire a connection a hundred times, as in the pool test of StarPunk (Python). */
const twentyWorkers = Effect.gen(function* () {
  const pool = yield* SqlPool
  const before = (yield* pool.stats).reader
  const workers = Effect.forEach(
    Array.from({ length: 20 }),
    () => Effect.replicateEffect(Effect.either(Effect.asVoid(pool.read((sql) => sql`SELECT 1`))), 100),
    { concurrency: "unbounded" }
  )
  const [elapsed, results] = yield* Effect.timed(workers)
  const after = (yield* pool.stats).reader
  return {
    acquired: after.acquired - before.acquired,
    released: after.released - before.released,
    failed: results.flat().filter(({ _tag }) => _tag === "Left").length,
    perSecond: 2000 / Duration.toSeconds(elapsed)
  }
})

const residentMegabytes = () => process.memoryUsage.rss() / 1024 / 1024

/** Resident memory per additional reader in MiB, each with its cache filled by a scan. */
const memoryOfReaders = (path: string) =>
  Effect.gen(function* () {
    const busy = (readers: number) =>
      Effect.gen(function* () {
        yield* Effect.replicateEffect(scan, readers * 2, { concurrency: readers, discard: true })
        const pool = yield* SqlPool
        return { opened: (yield* pool.stats).reader.created, resident: residentMegabytes() }
      }).pipe(Effect.provide(layerWorker({ path, readers, acquireTimeout: "1 minute", writeTimeout: "1 minute" })))
    const one = yield* busy(1)
    const five = yield* busy(5)
    return (five.resident - one.resident) / (five.opened - one.opened)
  })

const inDirectory = <A, E>(use: (path: string) => Effect.Effect<A, E, Logger>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-bench-"))),
    (folder) => use(join(folder, "starpunk.db")),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  )

const milliseconds = (value: number) => `${value.toFixed(1)} ms`

const against = (worker: number, thread: number) =>
  `${milliseconds(worker)} / ${milliseconds(thread)} = 1/${(thread / worker).toFixed(0)}`

const measure = inDirectory((path) =>
  Effect.gen(function* () {
    const on = <A, E>(make: Make, body: Effect.Effect<A, E, SqlPool>) =>
      Effect.provide(
        body,
        make({ path, readers: 2, acquireTimeout: "1 minute", writeTimeout: "1 minute", maxWaiting: 10_000 })
      )
    yield* on(layerWorker, fill)
    // Memory is measured first, while the process is small.
    const memory = yield* memoryOfReaders(path)
    const worker = yield* on(layerWorker, quietThenMixed)
    const thread = yield* on(layerThread, mixedInThread)
    const load = yield* on(layerWorker, twentyWorkers)
    const figures: ReadonlyArray<Figure> = [
      {
        name: "300 reads/s beside a looping scan of 100,000 notes, p99 against quiet",
        figure: `${milliseconds(worker.mixed)} / ${milliseconds(worker.quiet)} = ${(worker.mixed / worker.quiet).toFixed(1)} ×`,
        target: "≤ 5 × (ambition 3 ×)",
        ok: worker.mixed <= 5 * worker.quiet
      },
      {
        name: "the same p99 against connections in the main thread",
        figure: `${against(worker.mixed, thread.looping)}; were the scan to give way after each round, ${against(worker.mixed, thread.givingWay)}`,
        target: "≤ 1/20",
        ok: worker.mixed <= thread.looping / 20
      },
      {
        name: "20 workers × 100 acquisitions",
        figure: `${load.acquired} acquired, ${load.released} released, ${load.failed} failed (${load.perSecond.toFixed(0)}/s)`,
        target: "2000, 2000, 0",
        ok: load.acquired === 2000 && load.released === 2000 && load.failed === 0
      },
      {
        name: "memory for each further reader, its cache filled",
        figure: `${memory.toFixed(1)} MB`,
        target: "≤ 20 MB",
        ok: memory <= 20
      }
    ]
    return figures
  })
)

/** Measures the pool's targets for latency, throughput and memory. */
export const pool = (): Promise<ReadonlyArray<Figure>> => Effect.runPromise(Effect.provide(measure, layerSilent))
