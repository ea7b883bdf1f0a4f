import { Effect } from "effect"
import { BoundedMap } from "../../domain/BoundedMap.js"
import type { SavedForm, SavedForms } from "../../services/SharedForms.js"

/** Number of forms that are remembered; the oldest is dropped first. */
const remembered = 500

/**
 * Remembers which posts open forms have saved, by the forms' keys, so that a form that is sent twice (a double click, a
 * lost response, the back button) neither creates a second post nor conflicts with itself. A restart clears it; then a
 * repeated new form finds its draft by slug, and a repeated edit shows both versions.
 */
export const recentForms: Effect.Effect<SavedForms> = Effect.sync(() => {
  const forms = new BoundedMap<string, SavedForm>(remembered)
  return {
    find: (key) => Effect.sync(() => forms.get(key)),
    keep: (key, saved) => Effect.sync(() => forms.set(key, saved)),
    // The caller saves one form at a time.
    oneAtATime: () => (save) => save
  }
})
