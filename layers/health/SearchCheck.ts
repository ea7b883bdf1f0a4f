import { Effect } from "effect"
import { SearchEngine } from "../../src/services/SearchEngine.js"
import { type Check, degraded, healthy } from "./Check.js"

/** Which engine answers. A fallback that the owner asked for is healthy, one that had to be taken is `degraded`. */
export const search: Effect.Effect<Check, never, SearchEngine> = Effect.map(SearchEngine, (engine) => ({
  name: "search",
  look: Effect.map(engine.status, ({ enabled, engine, pending, reason }) => {
    const details = { engine, enabled, pending_posts: pending }
    const reduced = enabled && reason !== undefined && reason !== "forced"
    return reduced ? degraded(reason, details) : healthy(details)
  })
}))
