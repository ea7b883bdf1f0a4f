import type { JSX } from "preact"

/** Addresses of the neighbouring pages; absent ones are not shown. */
export interface PaginationProps {
  readonly newer?: string | undefined
  readonly older?: string | undefined
}

/** Links to the newer and the older page of a list. */
export const Pagination = ({ newer, older }: PaginationProps): JSX.Element | null =>
  newer === undefined && older === undefined ? null : (
    <nav class="pagination" aria-label="Pages">
      {newer !== undefined && (
        <a rel="prev" href={newer}>
          <span aria-hidden="true">←</span> Newer
        </a>
      )}
      {older !== undefined && (
        <a rel="next" href={older}>
          Older <span aria-hidden="true">→</span>
        </a>
      )}
    </nav>
  )
