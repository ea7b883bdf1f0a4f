import { Effect } from "effect"
import { BoundedMap } from "../../domain/BoundedMap.js"

/** The last save of a form. */
export interface SavedForm {
  readonly id: number
  /** `updatedAt` of the post after the form's last save. */
  readonly updatedAt: number
}

/** Number of forms that are remembered; the oldest is dropped first. */
const remembered = 500

/**
 * Remembers which posts open forms have saved, by the forms' keys, so that a form that is sent twice (a double click, a
 * lost response, the back button) neither creates a second post nor conflicts with itself. A restart clears it; then a
 * repeated new form finds its draft by slug, and a repeated edit shows both versions.
 */
export type RecentForms = BoundedMap<string, SavedForm>

export const recentForms: Effect.Effect<RecentForms> = Effect.sync(() => new BoundedMap(remembered))
