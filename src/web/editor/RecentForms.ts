import { Effect } from "effect"

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
export const recentForms = Effect.sync(() => {
  const forms = new Map<string, SavedForm>()
  return {
    get: (key: string): SavedForm | undefined => forms.get(key),
    set: (key: string, saved: SavedForm): void => {
      forms.delete(key)
      forms.set(key, saved)
      const [oldest] = forms.keys()
      if (forms.size > remembered && oldest !== undefined) forms.delete(oldest)
    }
  }
})

export type RecentForms = Effect.Effect.Success<typeof recentForms>
