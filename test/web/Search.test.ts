import { describe, expect, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as MemorySearch from "../../layers/memory/SearchEngine.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as Search from "../../src/web/search/Routes.js"
import { corpus } from "../fixtures/Corpus.js"
import { ask, testServer } from "../fixtures/TestServer.js"

const server = (engine: "fts5" | "fallback") =>
  testServer(serve(Search.routes).pipe(Layer.provide(MemorySearch.layer(corpus, engine))))

const browser = { headers: { accept: "text/html" } }
const page = (query: string) => ask(`/search${query}`, browser)
const api = (query: string) =>
  Effect.map(ask(`/api/search${query}`), (answer) => ({ ...answer, json: JSON.parse(answer.body) }))

/** Each is refused with a code and a sentence, by page and API alike. */
const refused: ReadonlyArray<readonly [query: string, sentence: string]> = [
  [`?q=${"a".repeat(257)}`, "256 characters"],
  [`?q=${"a%20".repeat(17)}`, "16 words"],
  ["?q=-fox", "exclusions"],
  ["?q=%25", "at least one word"],
  ["?q=before:yesterday", "YYYY-MM-DD"]
]

describe("search over HTTP", () => {
  layer(server("fts5"), { excludeTestServices: true })("with the full-text index", (it) => {
    it.effect("the page without a query is the form and its help", () =>
      Effect.gen(function* () {
        for (const query of ["", "?q=", "?q=%20%20"]) {
          const { body, status } = yield* page(query)
          expect(status).toBe(200)
          expect(body).toContain('name="q"')
          expect(body).toContain("tag:travel")
        }
      })
    )

    it.effect("results highlight the matches, and keep the query in the field", () =>
      Effect.gen(function* () {
        const { body, headers, status } = yield* page("?q=%22modern+art%22")
        expect(status).toBe(200)
        expect(headers.get("x-search-engine")).toBe("fts5")
        expect(body).toContain("<mark>Modern art</mark> is hard to like.")
        expect(body).toContain('href="/notes/n4"')
        expect(body).toContain('value="&quot;modern art&quot;"')
        expect(body).not.toContain("reduced")
      })
    )

    it.effect("the text of a note is text in the results, never markup", () =>
      Effect.gen(function* () {
        const { body } = yield* page("?q=onerror")
        expect(body).toContain("&lt;img src=x <mark>onerror</mark>=&quot;alert(1)&quot;> &amp;")
        expect(body).not.toContain("<img")
        const { json } = yield* api("?q=onerror")
        expect(json.results[0].snippet).toContain("&lt;img src=x <mark>onerror</mark>=")
      })
    )

    it.effect("a query is text in the page, never markup", () =>
      Effect.gen(function* () {
        const { body } = yield* page(`?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
        expect(body).not.toContain("<script")
      })
    )

    it.effect("pages link to the previous and next page", () =>
      Effect.gen(function* () {
        const first = yield* page("?q=common")
        expect(first.body).toContain("30 posts")
        expect(first.body).toContain('rel="next" href="/search?q=common&amp;page=2"')
        expect(first.body).not.toContain('rel="prev"')
        const second = yield* page("?q=common&page=2")
        expect(second.body).toContain('rel="prev" href="/search?q=common&amp;page=1"')
        expect(second.body).not.toContain('rel="next"')
        expect(second.body.match(/<li><(?:h2|p) dir="auto">/g)).toHaveLength(10)
      })
    )

    it.effect.each(refused)("%s is refused with advice", ([query, sentence]) =>
      Effect.gen(function* () {
        const html = yield* page(query)
        expect(html.status).toBe(400)
        expect(html.body).toContain(sentence)
        expect(html.body).toContain('name="q"')
        const { json, status } = yield* api(query)
        expect(status).toBe(400)
        expect(json.code).toBe("search.query_invalid")
        expect(json.detail).toContain(sentence)
      })
    )

    it.effect("the API returns what programs need", () =>
      Effect.gen(function* () {
        const { headers, json, status } = yield* api("?q=art+tag:museum")
        expect(status).toBe(200)
        expect(headers.get("content-type")).toBe("application/json; charset=utf-8")
        expect(headers.get("x-search-engine")).toBe("fts5")
        expect(json).toEqual({
          query: "art tag:museum",
          count: 1,
          total: 1,
          total_is_exact: true,
          engine: "fts5",
          reduced: false,
          results: [
            {
              url: "https://me.example/notes/n4",
              slug: "n4",
              title: null,
              published: "1970-01-05T00:00:00.000Z",
              snippet: "Modern <mark>art</mark> is hard to like.",
              tags: ["museum", "art"]
            }
          ]
        })
      })
    )

    it.effect("the API pages by limit and offset, and refuses invalid ones", () =>
      Effect.gen(function* () {
        const slugs = (query: string) =>
          Effect.map(api(query), ({ json }) => json.results.map(({ slug }: { slug: string }) => slug))
        expect(yield* slugs("?q=common")).toHaveLength(20)
        expect(yield* slugs("?q=common&limit=2&offset=1")).toEqual(["n128", "n127"])
        expect(yield* slugs("?q=common&limit=100&offset=1000")).toEqual([])
        for (const bad of [
          "limit=0",
          "limit=101",
          "limit=-1",
          "limit=x",
          "limit=1.5",
          "offset=-1",
          "limit=1&limit=2"
        ]) {
          expect((yield* api(`?q=common&${bad}`)).status).toBe(400)
        }
        expect((yield* api("")).json.code).toBe("search.query_invalid")
      })
    )

    it.effect("the same response is not sent twice to a client that has it", () =>
      Effect.gen(function* () {
        const etag = (yield* ask("/api/search?q=fox")).headers.get("etag") ?? ""
        const again = yield* ask("/api/search?q=fox", { headers: { "if-none-match": etag } })
        expect(again.status).toBe(304)
      })
    )

    it.effect("a query of 60 kB, a NUL and invalid escapes get 4xx", () =>
      Effect.gen(function* () {
        for (const query of [`?q=${"a".repeat(60_000)}`, `?q=${"a".repeat(9_000)}`, "?q=%00"]) {
          const { status } = yield* ask(`/api/search${query}`)
          expect(status).toBeGreaterThanOrEqual(400)
          expect(status).toBeLessThan(500)
        }
        expect((yield* api("?q=%ff%fe+fox")).status).toBe(200)
      })
    )
  })

  layer(server("fallback"), { excludeTestServices: true })("fallback, without the full-text index", (it) => {
    it.effect("page, header and API say that results are reduced", () =>
      Effect.gen(function* () {
        const html = yield* page("?q=fox")
        expect(html.headers.get("x-search-engine")).toBe("fallback")
        expect(html.body).toContain("ranking is unavailable")
        expect(html.body).toContain("quick brown <mark>fox</mark>")
        const { headers, json } = yield* api("?q=fox")
        expect(headers.get("x-search-engine")).toBe("fallback")
        expect(json).toMatchObject({ engine: "fallback", reduced: true, count: 1 })
      })
    )
  })
})
