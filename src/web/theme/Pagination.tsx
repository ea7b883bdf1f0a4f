import type { JSX } from "preact"

/** Addresses of the neighbouring pages; absent ones are not shown. */
export interface PaginationProps {
  readonly newer?: string | undefined
  readonly older?: string | undefined
}

/** Links to the newer and the older page of a list. */
export const Pagination = ({ newer, older }: PaginationProps): JSX.Element | null =>
  newer === undefined && older === undefined ? null : (
    <nav class="pager" aria-label="Pages">
      {newer !== undefined && (
        <a rel="prev" href={newer}>
          Newer posts
        </a>
      )}
      {older !== undefined && (
        <a class="older" rel="next" href={older}>
          Older posts
        </a>
      )}
    </nav>
  )
