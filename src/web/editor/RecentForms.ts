import { Effect } from "effect"

/** What a form has saved so far. */
export interface SavedForm {
  readonly id: number
  /** The state of the post that the form's last save left. */
  readonly updatedAt: number
}

/** Forms that are remembered; the oldest is forgotten first. */
const remembered = 500

/**
 * Which posts the forms that are open have saved, by the forms' keys: so that a form that is sent twice (a double click,
 * an answer that was lost, a step back in the browser) neither makes a second post nor is in conflict with itself. A
 * restart forgets it; then the first leaves a draft to be found by its slug, and the second shows both versions.
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

/** What `recentForms` makes. */
export type RecentForms = Effect.Effect.Success<typeof recentForms>
