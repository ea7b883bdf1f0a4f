import { Effect } from "effect"
import { isReduced, SearchEngine } from "../../src/services/SearchEngine.js"
import { type Check, degraded, healthy } from "./Check.js"

/**
 * Which engine answers. A fallback that had to be taken is `degraded`; one that the owner asked for, or that answers for
 * the moment until an engine is chosen at start, is not.
 */
export const search: Effect.Effect<Check, never, SearchEngine> = Effect.map(SearchEngine, (engine) => ({
  name: "search",
  look: Effect.map(engine.status, (status) => {
    const { enabled, engine, pending, reason } = status
    const details = { engine, enabled, pending_posts: pending }
    return reason !== undefined && isReduced(status) ? degraded(reason, details) : healthy(details)
  })
}))
