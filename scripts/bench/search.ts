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
import { parse } from "../../src/domain/search/SearchQuery.js"
import { SearchEngine } from "../../src/services/SearchEngine.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { type Figure, percentile, reaching } from "./Figure.js"
import { scaled, usually } from "./Scale.js"

const notes = scaled(100_000)
const fewNotes = scaled(10_000)
const batch = 500

/** Letters about as often as in English text. */
const letters = "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddllllcccuuummmwwffggyyppbbvk"

/**
 * A generated word for each frequency rank, the same in every run; frequent words are shorter, as in natural languages.
 */
const word = (rank: number): string => {
  let state = rank * 2_654_435_761
  let text = ""
  for (let place = 0; place < 3 + Math.log10(rank) * 2; place++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    text += letters[Math.floor((state / 2 ** 32) * letters.length)]
  }
  return text
}

const vocabulary = Array.from({ length: 20_000 }, (_, i) => word(i + 1))

/**
 * A generated text of 40 words, the same in every run; word frequencies follow Zipf's law (the n-th word has 1/n of the
 * first one's frequency).
 */
const noteText = (id: number): string =>
  Array.from({ length: 40 }, (_, place) => {
    const chance = ((id * 7919 + place * 104_729) % 1_000_003) / 1_000_003
    return vocabulary[Math.floor(20_000 ** chance) - 1]
  }).join(" ")

/** Stores the notes after `stored`, up to `upTo`. */
const fill = Effect.fnUntraced(function* (stored: number, upTo: number) {
  const pool = yield* SqlPool
  for (let from = stored + 1; from <= upTo; from += batch) {
    const rows = Array.from({ length: Math.min(batch, upTo - from + 1) }, (_, i) => {
      const id = from + i
      const at = id * 60_000
      return {
        id,
        slug: `n${id}`,
        type: "h-entry",
        properties: JSON.stringify({ content: [noteText(id)] }),
        status: "published",
        visibility: "public",
        published_at: at,
        created_at: at,
        updated_at: at
      }
    })
    yield* pool.write((sql) =>
      Effect.gen(function* () {
        for (let part = 0; part < rows.length; part += 100) {
          yield* sql`INSERT INTO posts ${sql.insert(rows.slice(part, part + 100))}`
        }
        yield* sql`INSERT INTO search_documents (post_id, title, body, tags)
          SELECT id, '', ' ' || (properties ->> '$.content[0]') || ' ', '' FROM posts
          WHERE id BETWEEN ${from} AND ${from + batch - 1}`
      })
    )
  }
})

const awaitEngine = Effect.gen(function* () {
  const engine = yield* SearchEngine
  while (["starting", "rebuilding"].includes((yield* engine.status).reason ?? "")) yield* Effect.sleep("50 millis")
})

/** Wall milliseconds of each search, and mean CPU milliseconds of one (main thread and workers). */
const measure = (text: string, repetitions: number) =>
  Effect.gen(function* () {
    const engine = yield* SearchEngine
    const query = yield* parse(text)
    const search = engine.search(query, { offset: 0, limit: 20 })
    const { total, totalIsExact } = yield* search
    const before = process.cpuUsage()
    const walls: Array<number> = []
    for (let count = 0; count < repetitions; count++) {
      const start = performance.now()
      yield* search
      walls.push(performance.now() - start)
    }
    const { system, user } = process.cpuUsage(before)
    const found = totalIsExact ? `${total} found` : `over ${total} found`
    return {
      cpu: (user + system) / 1_000 / repetitions,
      millis: walls,
      p50: percentile(walls, 0.5),
      p95: percentile(walls, 0.95),
      found
    }
  })

const queries = {
  "common word": word(1),
  "middling word": word(300),
  "rare word": word(15_000),
  "two common words": `${word(1)} ${word(2)}`
}

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
