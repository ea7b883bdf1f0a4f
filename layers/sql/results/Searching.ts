import { Clock, Effect } from "effect"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import { utc } from "../../../src/domain/TimeZone.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { SearchDisabled } from "../../../src/errors/Search.js"
import type { Renderer } from "../../../src/services/Renderer.js"
import type { EngineName, SearchEngine, SearchStatus } from "../../../src/services/SearchEngine.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import type { Viewpoint } from "../search/SearchCondition.js"
import { siteZone } from "../stores/SiteSettings.js"
import * as SearchFallback from "./SearchFallback.js"
import type { Found } from "./SearchFound.js"
import { hitsOf } from "./SearchHits.js"

/** What a search needs: the database, and an index with its name. */
export interface Searched {
  readonly pool: SqlPool["Type"]
  readonly renderer: Renderer["Type"]
  readonly settings: SettingsValues
  readonly status: Effect.Effect<SearchStatus>
  /** Searches the index; `undefined` if there is none, or it is incomplete or fails. */
  readonly find: (query: SearchQuery, view: Viewpoint) => Effect.Effect<Found | undefined, DatabaseFailure>
  readonly full: EngineName
}

/** Search by an index, or by the fallback where there is none. */
export const searching = ({
  find,
  full,
  pool,
  renderer,
  settings,
  status
}: Searched): SearchEngine["Type"]["search"] => {
  /** Only dates without an offset depend on the time zone. */
  const zoneFor = ({ after, before }: SearchQuery) =>
    after === undefined && before === undefined ? Effect.succeed(utc) : siteZone(pool, settings)

  return Effect.fn("SearchEngine.search")(function* (query, page) {
    if (!settings.search.enabled) return yield* new SearchDisabled()
    const view = { now: yield* Clock.currentTimeMillis, zone: yield* zoneFor(query) }
    // Without a term there is nothing to look up or rank: the filters alone are evaluated.
    const byTerms = query.required.length > 0
    const indexed = byTerms ? yield* find(query, view) : undefined
    const { ids, complete } = indexed ?? (yield* SearchFallback.find(pool, query, view))
    const reduced = byTerms ? indexed === undefined : (yield* status).engine === "fallback"
    const shown = ids.slice(page.offset, page.offset + page.limit)
    return {
      hits: yield* hitsOf(pool, renderer, shown, query, view),
      total: ids.length,
      totalIsExact: complete,
      engine: reduced ? "fallback" : full,
      reduced
    }
  })
}
