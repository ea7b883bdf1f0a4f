import { Effect } from "effect"
import { RequestContext } from "./RequestContext.js"

/**
 * Remembers what an effect found, for requests that have read the same revision of the content (`ContentRevision`):
 * the pages that are rendered after a change read it once, and not each of them. Only for what the revision covers. What
 * is remembered was read after the revision, so no page is older than what its visitor could know of. Requests without
 * a revision read it themselves.
 */
export const perRevision = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | RequestContext> => {
  let known: { readonly revision: string; readonly value: A } | undefined
  return Effect.flatMap(RequestContext, ({ revision }) => {
    if (revision === undefined) return effect
    return known?.revision === revision
      ? Effect.succeed(known.value)
      : Effect.map(effect, (value) => {
          known = { revision, value }
          return value
        })
  })
}
