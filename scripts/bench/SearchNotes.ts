import { Effect } from "effect"
import { parse } from "../../src/domain/search/SearchQuery.js"
import { SearchEngine } from "../../src/services/SearchEngine.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { percentile } from "./Figure.js"

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
export const fill = Effect.fnUntraced(function* (stored: number, upTo: number) {
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
        const documents = rows.map(({ id }) => ({ post_id: id, title: "", body: ` ${noteText(id)} `, tags: "" }))
        for (let part = 0; part < documents.length; part += 100) {
          yield* sql`INSERT INTO search_documents ${sql.insert(documents.slice(part, part + 100))}`
        }
      })
    )
  }
})

export const awaitEngine = Effect.gen(function* () {
  const engine = yield* SearchEngine
  while (["starting", "rebuilding"].includes((yield* engine.status).reason ?? "")) yield* Effect.sleep("50 millis")
})

/** Wall milliseconds of each search, and mean CPU milliseconds of one (main thread and workers). */
export const measure = (text: string, repetitions: number) =>
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

export const queries = {
  "common word": word(1),
  "middling word": word(300),
  "rare word": word(15_000),
  "two common words": `${word(1)} ${word(2)}`
}
