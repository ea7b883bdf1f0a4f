import { Effect, Layer } from "effect"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import type { Logger } from "../../../src/services/Logger.js"
import { Renderer } from "../../../src/services/Renderer.js"
import { SearchEngine } from "../../../src/services/SearchEngine.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { searching } from "../../sql/results/Searching.js"
import type { Viewpoint } from "../../sql/search/SearchCondition.js"
import type { SearchIndex } from "../../sql/search/SearchIndex.js"
import { SearchUpkeep } from "../../sql/search/SearchUpkeep.js"
import { isIndexFailure } from "./IndexFailure.js"
import * as SearchFts5 from "./SearchFts5.js"
import * as Index from "./SearchIndex.js"
import * as SearchSwitch from "./SearchSwitch.js"
import * as SearchTable from "./SearchTable.js"
import * as Upkeep from "./SearchUpkeep.js"

const engineLayer = Layer.effect(
  SearchEngine,
  Effect.gen(function* () {
    const engine = yield* SearchSwitch.SearchSwitch
    const upkeep = yield* SearchUpkeep
    const pool = yield* SqlPool
    const renderer = yield* Renderer
    const fixed = yield* Settings
    /** Searches the full-text index; `undefined` if there is none, or it is incomplete or fails. */
    const findByIndex = Effect.fn("SearchEngine.findByIndex")(function* (query: SearchQuery, view: Viewpoint) {
      if ((yield* engine.status).engine !== "fts5") return undefined
      // Read from the database each time, because another process may have queued posts or created a new table.
      const { table, behind } = yield* pool.read(SearchTable.state)
      if (table === undefined || behind) return yield* Effect.as(engine.callForHelp, undefined)
      return yield* pool
        .read((sql) => SearchFts5.find(sql, table, query, view))
        .pipe(Effect.catchIf(isIndexFailure, (error) => Effect.as(engine.indexFailed(table, error), undefined)))
    })

    const search = searching({
      pool,
      renderer,
      settings: fixed,
      status: engine.status,
      find: findByIndex,
      full: "fts5"
    })

    return { search, status: engine.status, reindex: upkeep.reindex }
  })
)

/**
 * Search in SQLite, as `STARPUNK_SEARCH_ENGINE` says: by FTS5 if this SQLite has it and the index is valid, otherwise
 * by the fallback. Includes the maintenance of the index: `SearchIndex` for writers of posts, and `SearchUpkeep`, whose
 * `start` has to be called after migrations.
 */
export const layer: Layer.Layer<
  SearchEngine | SearchIndex | SearchUpkeep,
  never,
  SqlPool | Renderer | Settings | Logger
> = engineLayer.pipe(Layer.provideMerge(Layer.merge(Index.layer, Upkeep.layer)), Layer.provide(SearchSwitch.layer))
