import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { formatInstant } from "../../domain/Instant.js"
import { formatRfc3339 } from "../../domain/Moment.js"
import { parse, type SearchQuery } from "../../domain/search/SearchQuery.js"
import { SearchEngine, type SearchResults } from "../../services/SearchEngine.js"
import { conditional } from "../http/Conditional.js"
import { searchRequest } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { site as currentSite, type Site } from "../theme/Site.js"
import { snippetHtml } from "./MarkedSnippet.js"
import { typedQuery, wholeNumber } from "./SearchParameters.js"

/** Only the newest thousand matches are paged; an offset far beyond them is an error. */
const furthestOffset = 1_000_000

/** `GET /api/search?q=&limit=&offset=`: search results as JSON. */
export const api = Routes.use((routes) =>
  Effect.gen(function* () {
    const engine = yield* SearchEngine
    yield* routes.add(
      searchRequest,
      "GET",
      "/api/search",
      Effect.gen(function* () {
        const query = yield* parse(yield* typedQuery)
        const limit = yield* wholeNumber("limit", { fallback: 20, from: 1, to: 100 })
        const offset = yield* wholeNumber("offset", { fallback: 0, from: 0, to: furthestOffset })
        const results = yield* engine.search(query, { offset, limit })
        const body = JSON.stringify(document(yield* currentSite, query, results))
        return yield* conditional(
          HttpServerResponse.text(body, {
            contentType: "application/json; charset=utf-8",
            headers: { "x-search-engine": results.engine }
          })
        )
      })
    )
  })
)

const document = (site: Site, query: SearchQuery, results: SearchResults) => ({
  query: query.text,
  count: results.hits.length,
  total: results.total,
  total_is_exact: results.totalIsExact,
  engine: results.engine,
  reduced: results.reduced,
  results: results.hits.map(({ path, publishedAt, publishedOffset: offset, slug, snippet, tags, title }) => ({
    url: `${site.url}${path}`,
    slug,
    title: title ?? null,
    published: formatRfc3339(publishedAt, offset ?? site.zone.offsetAt(publishedAt)) ?? formatInstant(publishedAt),
    snippet: snippetHtml(snippet),
    tags
  }))
})
