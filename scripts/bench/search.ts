import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer, ManagedRuntime } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemoryRenderer from "../../layers/memory/Renderer.js"
import * as MemorySettings from "../../layers/memory/Settings.js"
import { SearchUpkeep } from "../../layers/sql/search/SearchUpkeep.js"
import * as SqlitePool from "../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../layers/sqlite/schema/Migrator.js"
import * as Search from "../../layers/sqlite/search/SearchEngine.js"
import type { SearchEngine } from "../../src/services/SearchEngine.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { type Figure, reaching } from "./Figure.js"
import { scaled, usually } from "./Scale.js"
import { awaitEngine, fill, measure, queries } from "./SearchNotes.js"

const notes = scaled(100_000)
const fewNotes = scaled(10_000)

/** Milliseconds of the searches for one word. */
interface Walls {
  readonly millis: ReadonlyArray<number>
  readonly p95: number
  readonly found: string
}

/** Figure of the table for the searches of one word. */
const ofTable = (goal: "searchRare" | "searchCommon", walls: Walls | undefined): Figure =>
  reaching(goal, walls?.millis ?? [], `${notes} notes, ${walls?.found}; p95 ${walls?.p95.toFixed(1)} ms`)

const targets = { fts5: { p95: 50 }, fallback: { p95: 400 } } as const

/**
 * Searches by both engines on worker threads: the index over 100,000 notes; the fallback, which reads all notes, over 10,000
 * as in the table, and over 100,000, where it may take twice its target.
 */
export const search = async (): Promise<ReadonlyArray<Figure>> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-bench-"))
  const path = join(directory, "starpunk.db")
  const run = async <A>(engine: "fts5" | "fallback", body: Effect.Effect<A, unknown, SqlPool | SearchEngine>) => {
    const layer = Layer.effectDiscard(
      Effect.zipRight(
        migrate,
        Effect.flatMap(SearchUpkeep, ({ start }) => start)
      )
    ).pipe(
      Layer.provideMerge(Search.layer),
      Layer.provide(MemoryRenderer.layer),
      Layer.provideMerge(
        SqlitePool.layerWorker({ path, synchronous: "normal", acquireTimeout: "1 minute", writeTimeout: "1 minute" })
      ),
      Layer.provideMerge(
        Layer.merge(MemoryLogger.layerSilent, MemorySettings.layerTest({ search: { enabled: true, engine } }))
      )
    )
    const runtime = ManagedRuntime.make(layer)
    try {
      return await runtime.runPromise(body)
    } finally {
      await runtime.dispose()
    }
  }
  const figuresOf = (engine: "fts5" | "fallback", notes: number, repetitions: number) =>
    Effect.gen(function* () {
      yield* awaitEngine
      const figures: Array<Figure> = []
      const cpus: Record<string, number> = {}
      const walls: Record<string, Walls> = {}
      for (const [kind, text] of Object.entries(queries)) {
        const { cpu, found, millis, p50, p95 } = yield* measure(text, repetitions)
        cpus[kind] = cpu
        walls[kind] = { millis, p95, found }
        figures.push({
          name: `${engine}, ${kind}, ${notes} notes (${found})`,
          figure: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, CPU ${cpu.toFixed(1)} ms`,
          target: `p95 ≤ ${targets[engine].p95} ms`,
          ok: p95 <= targets[engine].p95
        })
      }
      return { figures, walls, ratio: (cpus["common word"] ?? Number.NaN) / (cpus["rare word"] ?? Number.NaN) }
    })
  try {
    await run("fallback", fill(0, fewNotes))
    const few = await run("fallback", figuresOf("fallback", fewNotes, usually(40, 3)))
    await run("fallback", fill(fewNotes, notes))
    const fallback = await run("fallback", figuresOf("fallback", notes, usually(10, 3)))
    const fts5 = await run("fts5", figuresOf("fts5", notes, usually(100, 3)))
    const bounded: Figure = {
      name: "fts5, a common word against a rare one, CPU",
      figure: `${fts5.ratio.toFixed(1)} ×`,
      target: "≤ 4 ×",
      ok: fts5.ratio <= 4
    }
    const [slowest, wall] = Object.entries(few.walls).reduce((one, other) => (other[1].p95 > one[1].p95 ? other : one))
    const ofFallback = reaching("searchFallback", [wall.p95], `${fewNotes} notes, ${slowest} (${wall.found})`)
    return [
      ofTable("searchRare", fts5.walls["rare word"]),
      ofTable("searchCommon", fts5.walls["common word"]),
      ofFallback,
      ...fts5.figures,
      bounded,
      ...fallback.figures
    ]
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
