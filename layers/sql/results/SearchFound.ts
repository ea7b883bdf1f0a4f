import { mostCandidates } from "../search/SearchCondition.js"

/** Matching posts, in the order in which they are shown. */
export interface Found {
  readonly ids: ReadonlyArray<number>
  /** False if there may be more. */
  readonly complete: boolean
}

/** Removes the extra candidate, the oldest, which only shows that there are more. */
export const foundFrom = (ids: ReadonlyArray<number>): Found => {
  if (ids.length <= mostCandidates) return { ids, complete: true }
  const oldest = Math.min(...ids)
  return { ids: ids.filter((id) => id !== oldest), complete: false }
}
