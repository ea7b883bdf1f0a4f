import type { JSX } from "preact"
import type { SnippetPart } from "../../domain/search/Snippet.js"
import { renderMarkup } from "../theme/LongTexts.js"

/** A snippet with matches in `<mark>`. Rendering escapes its text. */
export const MarkedSnippet = ({ parts }: { readonly parts: ReadonlyArray<SnippetPart> }): JSX.Element => (
  <>{parts.map(({ marked, text }) => (marked ? <mark>{text}</mark> : text))}</>
)

/** The snippet as HTML: escaped text, and `<mark>` as the only element. */
export const snippetHtml = (parts: ReadonlyArray<SnippetPart>): string => renderMarkup(<MarkedSnippet parts={parts} />)
