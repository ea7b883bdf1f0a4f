import type { JSX } from "preact"
import { maxQueryLength } from "../../domain/search/SearchQuery.js"

/** The search form; `query` is the current query. Works without scripts: a plain GET of `/search?q=`. */
export const SearchForm = ({ query }: { readonly query?: string }): JSX.Element => (
  <search>
    <form class="search-form" action="/search" method="get">
      <label for="q">Search this site</label>
      <input
        id="q"
        name="q"
        type="search"
        value={query ?? ""}
        maxlength={maxQueryLength}
        required
        autocomplete="off"
        dir="auto"
      />
      <button type="submit">Search</button>
    </form>
  </search>
)
