import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { Rich } from "../theme/Rich.js"

/** Examples of the search syntax, folded unless `isOpen`. */
export const Grammar = ({ isOpen = false }: { readonly isOpen?: boolean }): JSX.Element => (
  <details open={isOpen}>
    <summary>{texts.search.tips}</summary>
    <ul class="tips">
      {Object.entries(texts.search.grammar).map(([name, text]) => (
        <li key={name}>
          <Rich text={text} />
        </li>
      ))}
    </ul>
  </details>
)
