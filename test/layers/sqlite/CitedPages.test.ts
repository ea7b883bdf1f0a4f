import { describe, expect, it } from "@effect/vitest"
import { Clock, Effect, Either, Layer, Option, Ref, TestClock } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as PageParser from "../../../layers/memory/PageParser.js"
import * as SafeHttp from "../../../layers/memory/SafeHttp.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as PageReader from "../../../layers/outbound/PageReader.js"
import * as Lifecycle from "../../../layers/process/Lifecycle.js"
import * as CitedPages from "../../../layers/sql/stores/CitedPages.js"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import * as SqliteSearch from "../../../layers/sqlite/search/SearchEngine.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import * as Reading from "../../../src/background/CitedPages.js"
import type { NewPost } from "../../../src/domain/posts/Post.js"
import { OutboundFailed, type OutboundFailure, OutboundRefused } from "../../../src/errors/Outbound.js"
import { Lifecycle as LifecycleService } from "../../../src/services/Lifecycle.js"
import { Posts } from "../../../src/services/Posts.js"
import type { OutboundResponse } from "../../../src/services/SafeHttp.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { eventually } from "../../fixtures/Eventually.js"
import { settings } from "../../fixtures/TestServer.js"

const entry = `<!doctype html><title>Site</title><article class="h-entry"><h1 class="p-name">On bread</h1>
  <a class="p-author h-card" href="https://ann.example/">Ann</a><div class="e-content"><p>Flour, water and time.</p></div></article>`

const answers = (url: string, seen: number): Effect.Effect<OutboundResponse, OutboundFailure> => {
  const { hostname, pathname } = new URL(url)
  if (hostname === "private.example") return new OutboundRefused({ host: hostname, reason: "address" })
  if (pathname === "/late" && seen === 1) return new OutboundFailed({ host: hostname, reason: "timeout" })
  if (pathname === "/down") return new OutboundFailed({ host: hostname, reason: "connection" })
  return Effect.succeed(SafeHttp.answering({ url }, entry, pathname === "/gone" ? { status: 410 } : {}))
}

const site = (asked: Ref.Ref<ReadonlyArray<string>>, overrides: Partial<typeof settings> = {}) =>
  Reading.layer.pipe(
    Layer.provideMerge(
      Layer.mergeAll(SqlPosts.layer, CitedPages.layer, PageReader.layer.pipe(Layer.provide(PageParser.layer)))
    ),
    Layer.provideMerge(SqliteSearch.layer),
    Layer.provideMerge(TestDatabase.database()),
    Layer.provide(
      SafeHttp.layerOf(({ url }) =>
        Effect.flatMap(
          Ref.modify(asked, (urls) => [urls.filter((other) => other === url).length + 1, [...urls, url]]),
          (seen) => answers(url, seen)
        )
      )
    ),
    Layer.provideMerge(
      Layer.tap(Lifecycle.layer, (context) =>
        LifecycleService.pipe(
          Effect.flatMap(({ advance }) => advance("ready")),
          Effect.provide(context)
        )
      )
    ),
    Layer.provide(Layer.merge(MemoryLogger.layerSilent, MemorySecureRandom.layer)),
    Layer.provide(Layer.succeed(Settings, { ...settings, ...overrides }))
  )

const like = (url: string, more: Partial<NewPost> = {}): NewPost => ({
  type: "h-entry",
  properties: { "like-of": [url] },
  status: "published",
  visibility: "public",
  ...more
})

const withSite = <A, E>(
  use: (asked: Effect.Effect<ReadonlyArray<string>>) => Effect.Effect<A, E, Posts | SqlPool>,
  overrides: Partial<typeof settings> = {}
) =>
  Effect.flatMap(Ref.make<ReadonlyArray<string>>([]), (asked) =>
    use(Ref.get(asked)).pipe(Effect.provide(site(asked, overrides)))
  )

const pagesOf = (id: number) =>
  Effect.flatMap(Posts, (posts) =>
    Effect.map(posts.byId(id), (post) => (Option.isNone(post) ? [] : (post.value.citedPages ?? [])))
  )

const bread = {
  name: "On bread",
  author: { name: "Ann", url: "https://ann.example/" },
  excerpt: "Flour, water and time."
}

describe("pages that posts cite", () => {
  it.scoped("are read once, soon after the post is published, and kept with it", () =>
    withSite((asked) =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const { id } = yield* posts.create(like("https://other.example/bread"))
        yield* TestClock.adjust("5 seconds")
        yield* eventually(pagesOf(id), (pages) => pages.length === 1)
        expect(yield* pagesOf(id)).toEqual([{ address: "https://other.example/bread", ...bread }])
        yield* posts.update(id, (post) =>
          Either.right({ ...post, properties: { ...post.properties, content: ["Yes"] } })
        )
        yield* TestClock.adjust("20 seconds")
        expect(yield* pagesOf(id)).toHaveLength(1)
        expect(yield* asked).toEqual(["https://other.example/bread"])
      })
    )
  )

  it.scoped("are read again if the post cites another page, and never kept for the wrong one", () =>
    withSite(() =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const { id } = yield* posts.create(like("https://other.example/bread"))
        yield* TestClock.adjust("5 seconds")
        yield* eventually(pagesOf(id), (pages) => pages.length === 1)
        yield* posts.update(id, (post) => Either.right({ ...post, ...like("https://other.example/cake") }))
        expect(yield* pagesOf(id)).toEqual([])
        yield* TestClock.adjust("5 seconds")
        yield* eventually(pagesOf(id), ([page]) => page?.address === "https://other.example/cake")
        yield* posts.update(id, (post) => Either.right({ ...post, properties: { content: ["Nothing cited"] } }))
        expect(yield* pagesOf(id)).toEqual([])
      })
    )
  )

  it.scoped("are not read for drafts, private or scheduled posts, nor when the owner does not want it", () =>
    Effect.gen(function* () {
      yield* withSite((asked) =>
        Effect.gen(function* () {
          const posts = yield* Posts
          yield* posts.create(like("https://other.example/draft", { status: "draft" }))
          yield* posts.create(like("https://other.example/private", { visibility: "private" }))
          yield* posts.create(like("https://other.example/later", { publishedAt: 60_000 }))
          yield* posts.create(like("/own"))
          const { id } = yield* posts.create(like("https://other.example/public", { visibility: "unlisted" }))
          yield* TestClock.adjust("20 seconds")
          yield* eventually(pagesOf(id), (pages) => pages.length === 1)
          expect(yield* asked).toEqual(["https://other.example/public"])
          yield* TestClock.adjust("45 seconds")
          yield* eventually(asked, (urls) => urls.includes("https://other.example/later"))
        })
      )
      yield* withSite(
        (asked) =>
          Effect.gen(function* () {
            yield* Effect.flatMap(Posts, ({ create }) => create(like("https://other.example/bread")))
            yield* TestClock.adjust("20 seconds")
            expect(yield* asked).toEqual([])
          }),
        { readCitedPages: false }
      )
    })
  )

  it.scoped("that do not answer are tried two more times, and refused or missing ones are not", () =>
    withSite((asked) =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const pool = yield* SqlPool
        const due = Effect.map(
          pool.read((sql) => sql<{ due: number }>`SELECT due_at AS due FROM cited_pages WHERE due_at IS NOT NULL`),
          (rows) => rows.map((row) => row.due)
        )
        const waited = Effect.zipWith(due, Clock.currentTimeMillis, ([at = 0], now) => at - now)
        /** Lets the wait for the next attempt pass, without the rounds within it. */
        const passed = pool.write((sql) => sql`UPDATE cited_pages SET due_at = 0 WHERE due_at IS NOT NULL`)
        const round = TestClock.adjust("5 seconds")
        const tried = (count: number) => eventually(asked, (urls) => urls.length === count)

        const late = yield* posts.create(like("https://other.example/late"))
        yield* round
        yield* eventually(due, ([at = 0]) => at > 60_000)
        expect(yield* waited).toBeOneOf([595_000, 600_000])
        yield* round
        yield* passed
        yield* round
        yield* eventually(pagesOf(late.id), (pages) => pages.length === 1)
        expect(yield* asked).toHaveLength(2)

        yield* posts.create(like("https://private.example/"))
        yield* posts.create(like("https://other.example/gone"))
        yield* round
        yield* tried(4)
        yield* eventually(due, (times) => times.length === 0)

        yield* posts.create(like("https://other.example/down"))
        yield* round
        for (const [count, wait] of [
          [5, 600_000],
          [6, 6 * 3_600_000]
        ] as const) {
          yield* tried(count)
          yield* eventually(due, ([at = 0]) => at > 60_000)
          expect(yield* waited).toBeOneOf([wait - 5_000, wait])
          yield* passed
          yield* round
        }
        yield* tried(7)
        yield* eventually(due, (times) => times.length === 0)
      })
    )
  )
})
