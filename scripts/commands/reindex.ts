import { Command } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { SearchEngine } from "../../src/services/SearchEngine.js"
import { answer, json } from "../Answer.js"
import { withProgress } from "../Progress.js"

/** `starpunk reindex`. */
export const reindex = Command.make("reindex", { json }, ({ json }) =>
  Effect.gen(function* () {
    const search = yield* SearchEngine
    const posts = yield* withProgress((onProgress) => {
      onProgress({ step: "Rebuilding the search index", done: 0, total: 0 })
      return search.reindex
    })
    const { engine } = yield* search.status
    yield* answer(json, { posts, engine }, () =>
      engine === "fts5"
        ? `Rebuilt the search index from ${posts} posts.`
        : `Rebuilt the search data from ${posts} posts. There is no full-text index: search uses the fallback.`
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Rebuilds the search index from the posts in batches; works while the server runs"))
