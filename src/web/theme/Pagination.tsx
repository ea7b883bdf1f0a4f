import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"

/** Addresses of the neighbouring pages; absent ones are not shown. */
export interface PaginationProps {
  readonly newer?: string | undefined
  readonly older?: string | undefined
}

/** Links to the newer and the older page of a list. */
export const Pagination = ({ newer, older }: PaginationProps): JSX.Element | null =>
  newer === undefined && older === undefined ? null : (
    <nav class="pager" aria-label={texts.theme.frame.pages}>
      {newer !== undefined && (
        <a rel="prev" href={newer}>
          {texts.theme.frame.newer}
        </a>
      )}
      {older !== undefined && (
        <a class="older" rel="next" href={older}>
          {texts.theme.frame.older}
        </a>
      )}
    </nav>
  )
