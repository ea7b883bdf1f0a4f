import type { HttpServerResponse } from "@effect/platform"
import { Effect, Either } from "effect"
import { parse } from "../../domain/search/SearchQuery.js"
import { SearchDisabled } from "../../errors/Search.js"
import { SearchEngine } from "../../services/SearchEngine.js"
import { texts } from "../../texts/Texts.js"
import { conditional } from "../http/Conditional.js"
import { searchRequest } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { failureSentences } from "../theme/FailureWords.js"
import { Layout } from "../theme/Layout.js"
import { Notice } from "../theme/Notice.js"
import { pageResponse } from "../theme/Page.js"
import { SearchForm } from "../theme/SearchForm.js"
import { site as currentSite, type Site } from "../theme/Site.js"
import { Grammar } from "./Grammar.js"
import { ResultList } from "./ResultList.js"
import { typedQuery, wholeNumber } from "./SearchParameters.js"

/** Results per page. */
const pageSize = 20

/** Higher than the number of pages that the engine can return. */
const lastPage = 1_000

/**
 * `GET /search?q=&page=`: the form, and the results. Without input it shows the form and its syntax; with invalid input
 * the same with 400 and advice, and the input in the field.
 */
export const searchPage = Routes.use((routes) =>
  Effect.gen(function* () {
    const engine = yield* SearchEngine
    yield* routes.add(
      searchRequest,
      "GET",
      "/search",
      Effect.gen(function* () {
        const site = yield* currentSite
        if (!site.searchEnabled) return yield* new SearchDisabled()
        const typed = (yield* typedQuery).trim()
        if (typed === "") return yield* conditional(formPage(site))
        const parsed = parse(typed)
        if (Either.isLeft(parsed)) {
          const message = `${failureSentences(parsed.left.info)}.`
          return formPage(site, { typed: typed.slice(0, longestEcho), message })
        }
        const query = parsed.right
        const page = yield* wholeNumber("page", { fallback: 1, from: 1, to: lastPage })
        const results = yield* engine.search(query, { offset: (page - 1) * pageSize, limit: pageSize })
        return yield* conditional(
          pageResponse(
            <Layout site={site} path="/search" title={texts.search.titleOf({ query: query.text })}>
              <header class="page-head">
                <h1 class="unseen">{texts.search.title}</h1>
                <SearchForm query={query.text} isMain />
                <Grammar isOpen={results.total === 0} />
              </header>
              {results.reduced && <Notice>{texts.search.reduced}</Notice>}
              <ResultList query={query} results={results} page={page} pageSize={pageSize} site={site} />
            </Layout>,
            { headers: { "x-search-engine": results.engine } }
          )
        )
      })
    )
  })
)

/** Maximum length of an input that is shown again after it was refused as too long. */
const longestEcho = 1_000

const formPage = (
  site: Site,
  refusal?: { readonly typed: string; readonly message: string }
): HttpServerResponse.HttpServerResponse =>
  pageResponse(
    <Layout site={site} path="/search" title={texts.search.title}>
      <header class="page-head">
        <h1 class="unseen">{texts.search.title}</h1>
        {refusal !== undefined && <Notice>{refusal.message}</Notice>}
        <SearchForm {...(refusal === undefined ? {} : { query: refusal.typed })} isMain />
        <Grammar />
      </header>
    </Layout>,
    { status: refusal === undefined ? 200 : 400 }
  )
