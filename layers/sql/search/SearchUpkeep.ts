import { Context, type Effect } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"

/** Chooses the engine, and keeps the full-text index complete and valid automatically. */
export class SearchUpkeep extends Context.Tag("starpunk/layers/SearchUpkeep")<
  SearchUpkeep,
  {
    /**
     * Starts the maintenance and waits until it has chosen an engine, but at most two seconds: an unreadable database
     * must not delay the start. Call it after migrations; until an engine is chosen, the fallback answers.
     */
    readonly start: Effect.Effect<void>
    /** Rebuilds every document and the whole index. Returns the number of posts. */
    readonly reindex: Effect.Effect<number, DatabaseFailure>
  }
>() {}
