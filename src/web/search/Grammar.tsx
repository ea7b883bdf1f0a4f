import type { JSX } from "preact"

/** Examples of the search syntax. */
export const Grammar = (): JSX.Element => (
  <dl class="search-grammar">
    <dt>
      <code>quick fox</code>
    </dt>
    <dd>posts with both words, in any order; case and accents are ignored</dd>
    <dt>
      <code>"quick fox"</code>
    </dt>
    <dd>exact phrase</dd>
    <dt>
      <code>fox -dog</code>
    </dt>
    <dd>posts with the first word and without the second</dd>
    <dt>
      <code>tag:travel</code>
    </dt>
    <dd>posts with this tag</dd>
    <dt>
      <code>after:2024 before:2024-07-01</code>
    </dt>
    <dd>date range, in years, months or days</dd>
  </dl>
)
