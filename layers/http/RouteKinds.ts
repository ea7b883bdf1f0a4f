import { Layer } from "effect"
import { memoized } from "../../src/domain/Memo.js"
import { type RouteKind, RouteKinds } from "../../src/services/RouteKinds.js"

/** The kinds of one server's routes. Targets repeat, so their kinds are remembered. */
export const layer: Layer.Layer<never> = Layer.sync(RouteKinds, () => {
  let kindOf: (target: string) => RouteKind = () => "other"
  return {
    of: (target) => kindOf(target),
    learn: (known) => {
      kindOf = memoized(known)
    }
  }
})
