import { Effect } from "effect"
import { isReduced, SearchEngine } from "../../src/services/SearchEngine.js"
import { type Check, degraded, healthy } from "./Check.js"

/**
 * Reports the search engine in use. A fallback is `degraded`, unless a setting forces it or no engine is chosen yet.
 */
export const search: Effect.Effect<Check, never, SearchEngine> = Effect.map(SearchEngine, (service) => ({
  name: "search",
  look: Effect.map(service.status, (status) => {
    const { enabled, engine, pending, reason } = status
    const details = { engine, enabled, pending_posts: pending }
    return reason !== undefined && isReduced(status) ? degraded(reason, details) : healthy(details)
  })
}))
