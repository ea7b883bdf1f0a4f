import { describe, expect, layer } from "@effect/vitest"
import { Clock, Context, Effect, Either, FastCheck, Layer } from "effect"
import * as Memory from "../../../layers/memory/SearchEngine.js"
import { parse, type SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import { SearchEngine } from "../../../src/services/SearchEngine.js"
import { corpus, today } from "../../fixtures/Corpus.js"
import { runs } from "../../fixtures/Runs.js"
import { over } from "../../fixtures/Sqlite.js"

/** Without the long post, whose repeated rendering would take most of the time. */
const posts = corpus.filter(({ properties }) => String(properties.content).length < 1_000)

type Engine = SearchEngine["Type"]

/** The three engines, each over its own copy of the corpus. */
class Engines extends Context.Tag("test/Engines")<
  Engines,
  { readonly fts5: Engine; readonly fallback: Engine; readonly memory: Engine }
>() {}

const built = <E>(engine: Layer.Layer<SearchEngine, E>) =>
  Effect.map(Layer.build(engine), (context) => Context.get(context, SearchEngine))

const engines = Layer.scoped(
  Engines,
  Effect.all({
    fts5: built(over("fts5")(posts)),
    fallback: built(over("fallback")(posts)),
    memory: built(Memory.layer(posts))
  })
)

const standingClock = Object.assign(Clock.make(), {
  currentTimeMillis: Effect.succeed(today),
  unsafeCurrentTimeMillis: () => today
})

/** Words of the corpus and parts of them, operators, and input that confuses parsers. */
const vocabulary = posts.flatMap(({ properties }) =>
  String(properties.content?.[0])
    .slice(0, 200)
    .split(/(?<=\W)/u)
)
const piece = FastCheck.oneof(
  { weight: 4, arbitrary: FastCheck.constantFrom(...vocabulary) },
  {
    weight: 2,
    arbitrary: FastCheck.tuple(FastCheck.constantFrom(...vocabulary), FastCheck.nat(5), FastCheck.nat(5)).map(
      ([word, from, length]) => word.slice(from, from + length + 1)
    )
  },
  {
    weight: 2,
    arbitrary: FastCheck.constantFrom(
      '"',
      " -",
      " tag:",
      " tag:art",
      " before:1970-01-10 ",
      " AND ",
      "*",
      "%",
      "_",
      "\\",
      "\u0000",
      "'",
      ")",
      "^",
      "🎉"
    )
  },
  { weight: 1, arbitrary: FastCheck.string({ unit: "binary", maxLength: 5 }) },
  { weight: 1, arbitrary: FastCheck.string({ unit: "grapheme", maxLength: 5 }) }
)
const typed = FastCheck.array(FastCheck.tuple(piece, FastCheck.constantFrom("", " ", " ")), {
  minLength: 1,
  maxLength: 5
}).map((pieces) => pieces.flat().join(""))

/** Results with at most this many hits are compared in detail, since rendering takes most of the time. */
const limit = 5

/** A failing engine fails the test: only the parser may refuse a query. */
const answerOf = (engine: Engine, query: SearchQuery) =>
  Effect.map(engine.search(query, { offset: 0, limit }), ({ hits, total }) => ({
    total,
    ids: hits.map(({ postId }) => postId)
  }))

const ascending = (ids: ReadonlyArray<number>) => ids.toSorted((a, b) => a - b)

const count = runs(2_000, 10_000)

describe("the engines agree", () => {
  layer(engines)("on any query", (it) => {
    it.effect(
      `${count} random queries find the same posts in each engine, ranked alike if ranked, and never fail`,
      () =>
        Effect.gen(function* () {
          const { fallback, fts5, memory } = yield* Engines
          let answered = 0
          let fruitful = 0
          for (const text of FastCheck.sample(typed, { numRuns: count, seed: 81 })) {
            const parsed = parse(text)
            if (Either.isLeft(parsed)) continue
            const expected = yield* answerOf(memory, parsed.right)
            expect(yield* answerOf(fts5, parsed.right), JSON.stringify(text)).toEqual(expected)
            const reduced = yield* answerOf(fallback, parsed.right)
            expect(reduced.total, JSON.stringify(text)).toBe(expected.total)
            if (reduced.total <= limit) expect(ascending(reduced.ids)).toEqual(ascending(expected.ids))
            answered++
            if (expected.total > 0) fruitful++
          }
          // Otherwise the queries would be too trivial.
          expect(answered).toBeGreaterThan(count / 2)
          expect(fruitful).toBeGreaterThan(count / 5)
        }).pipe(Effect.withClock(standingClock)),
      240_000
    )
  })
})
