import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as Search from "../../../layers/postgres/search/SearchEngine.js"
import { SearchUpkeep } from "../../../layers/sql/search/SearchUpkeep.js"
import type { Post } from "../../../src/domain/posts/Post.js"
import { SearchEngine } from "../../../src/services/SearchEngine.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import { eventually } from "../../fixtures/Eventually.js"
import * as Postgres from "../../fixtures/Postgres.js"
import { store } from "../../fixtures/Sqlite.js"
import { settings } from "../../fixtures/TestServer.js"
import { conforms, ranks } from "../conformance/SearchEngine.js"

type Engine = SettingsValues["search"]["engine"]

const services = (engine: Engine, database: ReturnType<typeof Postgres.database> = Postgres.database()) =>
  Search.layer.pipe(
    Layer.provideMerge(database),
    Layer.provideMerge(
      Layer.merge(
        MemoryLogger.layerCapture,
        Layer.succeed(Settings, { ...settings, search: { enabled: true, engine } })
      )
    )
  )

const begun = Effect.flatMap(SearchUpkeep, ({ start }) => start).pipe(
  Effect.zipRight(
    Effect.flatMap(SearchEngine, ({ status }) =>
      eventually(status, ({ reason }) => reason !== "starting" && reason !== "rebuilding")
    )
  )
)

const over = (engine: Engine) => (posts: ReadonlyArray<Post>) =>
  Layer.effectDiscard(Effect.zipRight(store(posts), begun)).pipe(Layer.provideMerge(services(engine)))

describe.skipIf(Postgres.whyNot !== undefined)("over PostgreSQL", () => {
  conforms("trigrams", over("auto"))
  conforms("fallback over PostgreSQL", over("fallback"))
  ranks("trigrams", over("auto"))

  it.live("a database with the locale C finds everything, and says that it is slow", () =>
    Effect.gen(function* () {
      const status = yield* begun
      expect(status).toMatchObject({ engine: "trigram", reason: "trigram_ctype" })
      const logs = yield* Effect.flatMap(MemoryLogger.CapturedLogs, ({ events }) => events)
      expect(logs).toContainEqual(expect.objectContaining({ level: "WARNING", message: "Search is degraded" }))
    }).pipe(Effect.provide(services("auto", Postgres.database({}, "locale_c"))))
  )

  it.live("a user who may not install the extension gets the fallback", () =>
    Effect.gen(function* () {
      expect(yield* begun).toMatchObject({ engine: "fallback", reason: "trigram_missing" })
    }).pipe(Effect.provide(services("auto", Postgres.database({}, "not_trusted"))))
  )

  it.live("reindexing tells the number of posts", () =>
    Effect.gen(function* () {
      yield* begun
      const pool = yield* SqlPool
      yield* pool.write((sql) => sql`DELETE FROM search_documents`)
      expect(yield* Effect.flatMap(SearchEngine, ({ reindex }) => reindex)).toBe(0)
    }).pipe(Effect.provide(services("auto")))
  )
})
