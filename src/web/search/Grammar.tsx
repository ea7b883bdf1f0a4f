import type { JSX } from "preact"

/** Examples of the search syntax, folded unless `isOpen`. */
export const Grammar = ({ isOpen = false }: { readonly isOpen?: boolean }): JSX.Element => (
  <details open={isOpen}>
    <summary>Search tips</summary>
    <ul class="tips">
      <li>
        <code>quick fox</code> posts with both words, in any order; case and accents are ignored
      </li>
      <li>
        <code>"quick fox"</code> exact phrase
      </li>
      <li>
        <code>fox -dog</code> posts with the first word and without the second
      </li>
      <li>
        <code>tag:travel</code> posts with this tag
      </li>
      <li>
        <code>after:2024 before:2024-07-01</code> date range, in years, months or days
      </li>
    </ul>
  </details>
)
