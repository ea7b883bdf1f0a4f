import { describe, expect, layer as withLayer } from "@effect/vitest"
import { Clock, Effect, type Layer } from "effect"
import type { Post } from "../../../src/domain/posts/Post.js"
import { parse } from "../../../src/domain/search/SearchQuery.js"
import { SearchEngine, type SearchPage } from "../../../src/services/SearchEngine.js"
import { corpus, day, today } from "../../fixtures/Corpus.js"

const all: SearchPage = { offset: 0, limit: 100 }

/** A fixed clock. Advancing the TestClock by years would run every timer of the pool for that time. */
const at = (instant: number) =>
  Effect.withClock(
    Object.assign(Clock.make(), {
      currentTimeMillis: Effect.succeed(instant),
      unsafeCurrentTimeMillis: () => instant
    })
  )

/** Searches the corpus as a visitor, at its `today`. */
const results = (text: string, page = all, instant = today) =>
  Effect.flatMap(SearchEngine, (engine) =>
    Effect.flatMap(parse(text), (query) => engine.search(query, page)).pipe(at(instant))
  )

/** Ids of the found posts, in ascending order. */
const found = (text: string) =>
  Effect.map(results(text), ({ hits }) => hits.map(({ postId }) => postId).sort((a, b) => a - b))

const cases: ReadonlyArray<readonly [query: string, ids: ReadonlyArray<number>]> = [
  // words in any order, anywhere in a word, in any case
  ["quick brown", [1, 2]],
  ["brown QUICK", [1, 2]],
  ["hello", [2]],
  ["friend", [2]],
  ["art", [3, 4, 5, 26]],
  ["ainti", [3]],
  // one or two letters match whole words only
  ["is", [4]],
  ["ar", []],
  // phrases
  ['"quick brown"', [1]],
  ["“quick brown”", [1]],
  ["«brown bear»", [2]],
  ['"art"', [4, 5, 26]],
  ['"quick brown', [1]],
  ['"brown quick"', []],
  // exclusion matches whole words
  ["quick -bear", [1]],
  ["art -party", [4, 5, 26]],
  ["party -art", [3]],
  ['quick -"brown bear"', [1]],
  // no character is a wildcard or an operator
  ["100%", [6]],
  ["%100", [6]],
  ["under_score", [7]],
  ["under_", [7]],
  ["back\\slash", [8]],
  ["C:\\dir", [8]],
  ["C++", [8, 9]],
  ["a.b", [9, 20]],
  ["O'Reilly", [9]],
  ["O’Reil", [9]],
  ["AND", [2, 9, 10, 18, 20, 28]],
  ["NEAR(a", [20]],
  ["title:foo", [20]],
  ["zap*", [20]],
  ["{x}", [16, 20, 29]],
  ['""" fox', [1]],
  ["fo\u0000x", []],
  ["fox\u0000", [1]],
  // accents, case and compatibility forms, both ways
  ["école", [10, 11, 19]],
  ["ECOLE", [10, 11, 19]],
  ["e\u0301cole", [10, 11, 19]],
  ["strasse", [10]],
  ["straße", [10]],
  ["aeroskobing", [10]],
  ["naive cafe", [11]],
  ["елка", [17]],
  ["МИР", [17]],
  ["οδυσσευς", [18]],
  ["fine", [28]],
  // scripts without spaces
  ["東京", [12]],
  ["東", [12, 13]],
  ["京", [12, 13]],
  ["東の", [13]],
  ["行きました", [12]],
  ["写真", [27]],
  ["학교", [14]],
  ["학", [14]],
  ["하", []],
  ["ชาว", [28]],
  ["🎉", [15]],
  ["👩🏽‍🚀", [15]],
  // versions (P7)
  ["1.25.3", [30]],
  ["v1.25.3", [30]],
  ["1.25", [30]],
  ["1.25.4", []],
  // filters
  ["tag:museum", [4]],
  ["tag:#Museum art", [4]],
  ['tag:"Two Words"', [19]],
  ["tag:two", []],
  ["tag:école", [19]],
  ["museum", [4]],
  ["art -tag:museum", [3, 5, 26]],
  ["before:1970-01-04", [1, 2]],
  ["quick after:1970-01-03", [2]],
  ["after:1970-01-09 before:1970-01-11", [8, 9]],
  ["-before:1970-01-09 before:1970-01-11", [8, 9]],
  ["before:1970", []],
  // hidden posts
  ["secret", []],
  ["due", [26]]
]

/**
 * Contract of `SearchEngine`: every engine finds the same in the same posts; its layer is built over the given posts.
 */
export const conforms = <E>(name: string, over: (posts: ReadonlyArray<Post>) => Layer.Layer<SearchEngine, E>) =>
  describe(`SearchEngine: ${name}`, () => {
    withLayer(over(corpus))("over the corpus", (it) => {
      it.effect.each(cases)("finds %j", ([query, ids]) =>
        Effect.gen(function* () {
          expect(yield* found(query)).toEqual(ids)
        })
      )

      it.effect("pages through all matches, each once, and counts them all", () =>
        Effect.gen(function* () {
          const pages = yield* Effect.forEach([0, 7, 14, 21, 28, 35], (offset) =>
            results("common word", { offset, limit: 7 })
          )
          expect(pages.map(({ hits }) => hits.length)).toEqual([7, 7, 7, 7, 2, 0])
          expect(pages.every(({ total, totalIsExact }) => total === 30 && totalIsExact)).toBe(true)
          const ids = pages.flatMap(({ hits }) => hits.map(({ postId }) => postId))
          expect(ids).toEqual(Array.from({ length: 30 }, (_, i) => 129 - i))
        })
      )

      it.effect("a hit has the fields of a list, and its matches", () =>
        Effect.gen(function* () {
          const [hit] = (yield* results('"modern art"')).hits
          expect(hit).toMatchObject({ postId: 4, slug: "n4", tags: ["museum", "art"] })
          expect(hit?.title).toBeUndefined()
          expect(hit?.snippet).toEqual([
            { text: "Modern art", marked: true },
            { text: " is hard to like.", marked: false }
          ])
          const [needle] = (yield* results("needle")).hits
          expect(needle?.snippet.filter(({ marked }) => marked)).toEqual([{ text: "needle", marked: true }])
          expect(needle?.snippet.map(({ text }) => text).join("").length).toBeLessThan(220)
          const [photo] = (yield* results("photo")).hits
          expect(photo).toMatchObject({ title: "A photo 写真", snippet: [] })
        })
      )

      it.effect("scheduled posts are found after their time", () =>
        Effect.gen(function* () {
          expect(yield* found("future")).toEqual([])
          const later = yield* results("future", all, today + day)
          expect(later.hits.map(({ postId }) => postId)).toEqual([25])
        })
      )

      it.effect("names its engine, and whether the search is reduced", () =>
        Effect.gen(function* () {
          const answer = yield* results("fox")
          const status = yield* Effect.flatMap(SearchEngine, (engine) => engine.status)
          expect(answer.engine).toBe(status.engine)
          expect(answer.reduced).toBe(status.engine === "fallback")
          expect(status.reason === undefined).toBe(status.engine !== "fallback")
        })
      )
    })
  })

/** Ranking: whole words, titles and tags first, then the newest. */
export const ranks = <E>(name: string, over: (posts: ReadonlyArray<Post>) => Layer.Layer<SearchEngine, E>) =>
  withLayer(over(corpus))(`SearchEngine: ${name} ranks`, (it) => {
    it.effect("by the place of a term", () =>
      Effect.gen(function* () {
        const { hits } = yield* results("art")
        expect(hits.map(({ postId }) => postId)).toEqual([5, 4, 26, 3])
      })
    )
  })
