import { Effect, Layer } from "effect"
import { SearchEngine, type SearchStatus } from "../../../src/services/SearchEngine.js"

/** An engine of which only the status is asked: FTS5 in full health, but for what a test says. */
export const engineWith = (status: Partial<SearchStatus>): Layer.Layer<SearchEngine> =>
  Layer.succeed(SearchEngine, {
    search: () => Effect.dieMessage("health does not search"),
    status: Effect.succeed<SearchStatus>({ enabled: true, engine: "fts5", pending: 0, since: 0, ...status }),
    reindex: Effect.dieMessage("health does not write")
  })
