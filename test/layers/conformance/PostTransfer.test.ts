import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import { SearchUpkeep } from "../../../layers/sql/search/SearchUpkeep.js"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import * as SqlPostTransfer from "../../../layers/sql/stores/PostTransfer.js"
import * as Search from "../../../layers/sqlite/search/SearchEngine.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { parse } from "../../../src/domain/search/SearchQuery.js"
import { Posts } from "../../../src/services/Posts.js"
import { PostTransfer } from "../../../src/services/PostTransfer.js"
import { SearchEngine } from "../../../src/services/SearchEngine.js"
import { Settings } from "../../../src/settings/Config.js"
import { settings } from "../../fixtures/TestServer.js"
import { conforms } from "./PostTransfer.js"

const site = Layer.merge(SqlPostTransfer.layer, SqlPosts.layer).pipe(
  Layer.provideMerge(Search.layer),
  Layer.provide(TestDatabase.database()),
  Layer.provide(Layer.merge(MemoryLogger.layerSilent, Layer.succeed(Settings, settings))),
  Layer.orDie
)

conforms("in SQL, in thread", site)

it.live("imported posts are in lists, under their tags, behind their old slugs, and in the search index", () =>
  Effect.gen(function* () {
    yield* Effect.flatMap(SearchUpkeep, ({ start }) => start)
    const transfer = yield* PostTransfer
    const posts = yield* Posts
    const search = yield* SearchEngine
    const arriving = (slug: string, deleted = false) => ({
      publishedIsGuess: false,
      post: {
        slug: Slug.make(slug),
        type: "h-entry",
        properties: { content: ["A kingfisher by the river"], category: ["Birds"] },
        status: "published" as const,
        visibility: "public" as const,
        publishedAt: 5,
        createdAt: 5,
        updatedAt: 5,
        ...(deleted ? { deletedAt: 6 } : {}),
        formerSlugs: [{ slug: Slug.make(`old-${slug}`), replacedAt: 5 }]
      }
    })
    yield* transfer.arrive([arriving("bird"), arriving("gone", true)])
    expect((yield* posts.listPublic({ limit: 10, tag: "birds" })).posts.map(({ slug }) => slug)).toEqual(["bird"])
    expect((yield* posts.bySlug(Slug.make("old-bird"))).pipe((found) => found)).toMatchObject({
      value: { slug: "bird" }
    })
    expect(yield* posts.tags).toMatchObject([{ tag: "birds", label: "Birds", count: 1 }])
    const found = yield* search.search(yield* parse("kingfisher"), { offset: 0, limit: 10 })
    expect(found).toMatchObject({ total: 1, engine: "fts5" })
  }).pipe(Effect.provide(site))
)
