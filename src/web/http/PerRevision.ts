import { Effect } from "effect"
import { RequestContext } from "./RequestContext.js"

/**
 * Caches the result of an effect for requests with the same revision of the content (`ContentRevision`): the pages that
 * are rendered after a change read it once, not once per page. Use it only for what the revision covers. The result was
 * read after the revision, so no page is older than its revision. Requests without a revision run the effect
 * themselves.
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
