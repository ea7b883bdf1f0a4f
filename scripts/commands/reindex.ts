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
      onProgress({ step: "Making the search index anew", done: 0, total: 0 })
      return search.reindex
    })
    const { engine } = yield* search.status
    yield* answer(json, { posts, engine }, () =>
      engine === "fts5"
        ? `The search index was made anew from ${posts} posts.`
        : `What search reads was made anew from ${posts} posts. There is no full-text index: the fallback is in use.`
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Makes the search index anew from the posts, in batches beside a running server"))
