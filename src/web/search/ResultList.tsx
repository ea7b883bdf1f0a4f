import type { JSX } from "preact"
import type { SearchHit } from "../../domain/search/SearchHit.js"
import type { SearchQuery } from "../../domain/search/SearchQuery.js"
import type { SearchResults } from "../../services/SearchEngine.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "../theme/Site.js"
import { Time } from "../theme/Time.js"
import { MarkedSnippet } from "./MarkedSnippet.js"

interface ResultListProps {
  readonly query: SearchQuery
  readonly results: SearchResults
  /** From 1. */
  readonly page: number
  readonly pageSize: number
  readonly site: Site
}

/** The number of results, one page of them, and links to the neighbouring pages. */
export const ResultList = ({ page, pageSize, query, results, site }: ResultListProps): JSX.Element => {
  const address = (number: number) => `/search?${new URLSearchParams({ q: query.text, page: String(number) })}`
  const hasNext = page * pageSize < results.total
  if (results.total === 0) return <NothingFound />
  return (
    <>
      <p class="meta" role="status">
        {counted(results)}
      </p>
      <ol class="results">
        {results.hits.map((hit) => (
          <Result key={hit.postId} hit={hit} site={site} />
        ))}
      </ol>
      {(page > 1 || hasNext) && (
        <nav class="pager" aria-label={texts.theme.frame.pages}>
          {page > 1 && (
            <a rel="prev" href={address(page - 1)}>
              {texts.search.previous}
            </a>
          )}
          {hasNext && (
            <a class="older" rel="next" href={address(page + 1)}>
              {texts.search.next}
            </a>
          )}
        </nav>
      )}
    </>
  )
}

const NothingFound = (): JSX.Element => <p role="status">{texts.search.nothing}</p>

const counted = ({ total, totalIsExact }: SearchResults): string =>
  totalIsExact ? texts.search.found(total) : texts.search.moreThan(total)

const Result = ({ hit, site }: { readonly hit: SearchHit; readonly site: Site }): JSX.Element => {
  const { path } = hit
  return (
    <li>
      {hit.title !== undefined && (
        <h2 dir="auto">
          <a href={path}>
            <MarkedSnippet parts={hit.markedTitle ?? [{ text: hit.title, marked: false }]} />
          </a>
        </h2>
      )}
      <p dir="auto">
        <MarkedSnippet parts={hit.snippet} />
      </p>
      <p class="meta">
        <a href={path}>
          <Time at={hit.publishedAt} offset={hit.publishedOffset} site={site} form="day" />
        </a>
      </p>
    </li>
  )
}
