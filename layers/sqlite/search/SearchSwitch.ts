import { Clock, Context, Effect, Layer, Queue, Ref } from "effect"
import { type Fields, Logger, type NamedLogger } from "../../../src/services/Logger.js"
import type { FallbackReason, SearchStatus } from "../../../src/services/SearchEngine.js"
import { Settings } from "../../../src/settings/Config.js"

/** The state of the search engine, shared by search, writers and maintenance. */
export class SearchSwitch extends Context.Tag("starpunk/layers/SearchSwitch")<
  SearchSwitch,
  {
    readonly status: Effect.Effect<SearchStatus>
    /** Switches to FTS5, or to the fallback with a reason. A change is logged once, with advice. */
    readonly turn: (to: "fts5" | FallbackReason, fields?: Fields) => Effect.Effect<void>
    /** Reports a failing table: switches to the fallback and signals the maintenance. `error` is for the log. */
    readonly indexFailed: (table: string, error: unknown) => Effect.Effect<void>
    /** The table that failed last, if one did. */
    readonly distrusted: Effect.Effect<string | undefined>
    /** Signals the maintenance that posts are queued. */
    readonly callForHelp: Effect.Effect<void>
    /** Waits for a signal. */
    readonly called: Effect.Effect<void>
    /** Sets the number of queued posts. */
    readonly count: (pending: number) => Effect.Effect<void>
  }
>() {}

/** The initial state: the fallback answers until an engine is chosen. */
export const layer: Layer.Layer<SearchSwitch, never, Settings | Logger> = Layer.effect(
  SearchSwitch,
  Effect.gen(function* () {
    const { search } = yield* Settings
    const log = (yield* Logger).named("starpunk.search")
    const calls = yield* Queue.sliding<void>(1)
    const distrusted = yield* Ref.make<string | undefined>(undefined)
    const callForHelp = Effect.asVoid(Queue.offer(calls, undefined))
    const state = yield* Ref.make<SearchStatus>({
      enabled: search.enabled,
      engine: "fallback",
      reason: "starting",
      pending: 0,
      since: yield* Clock.currentTimeMillis
    })

    const turn: SearchSwitch["Type"]["turn"] = Effect.fn("SearchSwitch.turn")(function* (to, fields = {}) {
      const since = yield* Clock.currentTimeMillis
      const changed = yield* Ref.modify(state, (before): readonly [boolean, SearchStatus] => {
        if ((before.reason ?? before.engine) === to) return [false, before]
        const { enabled, pending } = before
        return to === "fts5"
          ? [true, { enabled, pending, since, engine: "fts5" }]
          : [true, { enabled, pending, since, engine: "fallback", reason: to }]
      })
      if (changed) yield* announce(log, to, fields)
    })

    return {
      status: Ref.get(state),
      turn,
      indexFailed: (table, error) =>
        Ref.set(distrusted, table).pipe(
          Effect.zipRight(turn("index_failed", { index: table, error })),
          Effect.zipRight(callForHelp)
        ),
      distrusted: Ref.get(distrusted),
      callForHelp,
      called: Queue.take(calls),
      count: (pending) => Ref.update(state, (before) => ({ ...before, pending }))
    }
  })
)

const fts5Documentation = "https://www.sqlite.org/fts5.html#compiling_and_using_fts5"

const announce = (log: NamedLogger, to: "fts5" | FallbackReason, fields: Fields): Effect.Effect<void> => {
  switch (to) {
    case "fts5":
      return log.info("Search uses the full-text index", { engine: "fts5", ...fields })
    case "rebuilding":
      return log.info("Search is degraded until its index is complete", {
        engine: "fallback",
        reason: to,
        ...fields
      })
    case "forced":
      return log.info("Search uses the fallback, as set in STARPUNK_SEARCH_ENGINE", {
        engine: "fallback",
        reason: to,
        ...fields
      })
    case "fts5_missing":
      return log.warning("Search is degraded: this SQLite has no FTS5", {
        engine: "fallback",
        reason: to,
        suggestion:
          "Unset STARPUNK_SQLITE_BINDING to use the included SQLite, or rebuild yours with -DSQLITE_ENABLE_FTS5. New posts are indexed at the next start with FTS5.",
        documentation: fts5Documentation,
        ...fields
      })
    case "index_failed":
      return log.warning("Search is degraded: the full-text index failed and will be rebuilt", {
        engine: "fallback",
        reason: to,
        suggestion: "If this happens again, check the disk of the database.",
        documentation: fts5Documentation,
        ...fields
      })
    case "starting":
    // Only PostgreSQL has trigrams that can be missing.
    case "trigram_missing":
    case "trigram_ctype":
      return Effect.void
  }
}
