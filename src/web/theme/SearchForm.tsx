import type { JSX } from "preact"
import { maxQueryLength } from "../../domain/search/SearchQuery.js"
import { texts } from "../../texts/Texts.js"

/** Properties of the search form. */
export interface SearchFormProps {
  /** The current query. */
  readonly query?: string
  /** Whether the page is about searching: a larger field, and the caret in it if there is no query. */
  readonly isMain?: boolean
}

/** The search form. Works without scripts: a plain GET of `/search?q=`. */
export const SearchForm = ({ isMain = false, query }: SearchFormProps): JSX.Element => (
  <search>
    <form class={isMain ? "field big" : "field"} action="/search" method="get">
      <label class="unseen" for="q">
        {texts.theme.search.label}
      </label>
      <input
        id="q"
        name="q"
        type="search"
        value={query ?? ""}
        placeholder={texts.theme.search.label}
        maxlength={maxQueryLength}
        required
        autocomplete="off"
        autofocus={isMain && query === undefined}
        dir="auto"
      />
      <button type="submit" class="btn primary">
        {texts.theme.search.button}
      </button>
    </form>
  </search>
)
