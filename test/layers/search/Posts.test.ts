import { join } from "node:path"
import { expect, it } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import type { NewPost } from "../../../src/domain/posts/Post.js"
import { parse } from "../../../src/domain/search/SearchQuery.js"
import { Posts } from "../../../src/services/Posts.js"
import { SearchEngine } from "../../../src/services/SearchEngine.js"
import { settled, started, temporaryDirectory } from "../../fixtures/Sqlite.js"

const note = (content: string, category: ReadonlyArray<string> = []): NewPost => ({
  type: "h-entry",
  properties: { content: [content], category },
  status: "published",
  visibility: "public"
})

const found = (text: string) =>
  Effect.gen(function* () {
    const engine = yield* SearchEngine
    const results = yield* engine.search(Either.getOrThrow(parse(text)), { offset: 0, limit: 100 })
    return results.hits.map(({ slug }) => slug)
  })

it.scopedLive.each(["fts5", "fallback"] as const)("search by %s finds every change of a post at once", (engine) =>
  Effect.gen(function* () {
    const directory = yield* temporaryDirectory
    yield* Effect.gen(function* () {
      yield* settled
      const posts = yield* Posts
      const { id, slug } = yield* posts.create(note("A heron by the lake", ["Birds"]))
      expect(yield* found("heron")).toEqual([slug])
      yield* posts.update(id, () => Either.right(note("An egret by the lake", ["Waders"])))
      expect(yield* found("heron")).toEqual([])
      expect(yield* found("tag:birds lake")).toEqual([])
      expect(yield* found("tag:waders egret")).toEqual([slug])
      yield* posts.delete(id)
      expect(yield* found("egret")).toEqual([])
      yield* posts.update(id, () => Either.right(note("A stork by the lake")))
      expect(yield* found("lake")).toEqual([])
      yield* posts.restore(id)
      expect(yield* found("stork")).toEqual([slug])
      yield* posts.update(id, () => Either.right({ ...note("A stork by the lake"), visibility: "private" }))
      expect(yield* found("stork")).toEqual([])
    }).pipe(
      Effect.provide(SqlPosts.layer.pipe(Layer.provideMerge(started({ database: join(directory, "s.db"), engine }))))
    )
  })
)
