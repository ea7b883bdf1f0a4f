import { Clock, Effect, Layer, Ref, Schedule } from "effect"
import { documentVersion } from "../../../src/domain/search/SearchDocument.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { Logger } from "../../../src/services/Logger.js"
import { Renderer } from "../../../src/services/Renderer.js"
import { type FallbackReason, SearchEngine, type SearchStatus } from "../../../src/services/SearchEngine.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { searching } from "../../sql/results/Searching.js"
import * as SearchDocuments from "../../sql/search/SearchDocuments.js"
import type { SearchIndex } from "../../sql/search/SearchIndex.js"
import { SearchUpkeep } from "../../sql/search/SearchUpkeep.js"
import * as Index from "./SearchIndex.js"
import * as SearchTrigrams from "./SearchTrigrams.js"

/** How long a search may take before the fallback answers, which works in slices. */
const patience = "2 seconds"

/** Short waits at first, at most a minute later. */
const pace = Schedule.exponential("100 millis").pipe(Schedule.union(Schedule.spaced("1 minute")))

const advice: Readonly<Partial<Record<FallbackReason, string>>> = {
  trigram_missing:
    "Let the owner of the database run `CREATE EXTENSION pg_trgm`, after installing the contributed modules of PostgreSQL if they are missing. Then restart the server.",
  trigram_ctype:
    "Words with letters outside of ASCII are found slowly, because the database has the locale C. Move the site to a database that was created with LC_CTYPE C.UTF-8."
}

/**
 * Search in PostgreSQL: by trigrams if the extension `pg_trgm` is there, otherwise by the fallback. Includes
 * `SearchIndex` for writers of posts, and `SearchUpkeep`, whose `start` has to be called after migrations.
 */
export const layer: Layer.Layer<
  SearchEngine | SearchIndex | SearchUpkeep,
  never,
  SqlPool | Renderer | Settings | Logger
> = Layer.scopedContext(
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const renderer = yield* Renderer
    const settings = yield* Settings
    const log = (yield* Logger).named("starpunk.search")
    const { enabled, engine } = settings.search
    const started = yield* Effect.makeLatch(false)
    const chosen = yield* Effect.makeLatch(!enabled)
    const oneAtATime = (yield* Effect.makeSemaphore(1)).withPermits(1)
    const since = yield* Clock.currentTimeMillis
    const state = yield* Ref.make<SearchStatus>({ enabled, engine: "fallback", reason: "starting", pending: 0, since })

    const turn = (engine: SearchStatus["engine"], reason?: FallbackReason) =>
      Effect.gen(function* () {
        const since = yield* Clock.currentTimeMillis
        const before = yield* Ref.getAndSet(state, {
          enabled,
          engine,
          pending: 0,
          since,
          ...(reason !== undefined && { reason })
        })
        if (before.engine === engine && before.reason === reason) return
        const suggestion = reason === undefined ? undefined : advice[reason]
        if (suggestion === undefined) return yield* log.info("Search engine chosen", { engine, reason })
        yield* log.warning("Search is degraded", { engine, reason, suggestion })
      })

    /** Installs and creates what is missing. Whether the index can be used. */
    const prepared: Effect.Effect<boolean, DatabaseFailure> = Effect.gen(function* () {
      if (!(yield* pool.read(SearchTrigrams.state)).isInstalled) {
        const installed = yield* Effect.either(pool.writeAlone(SearchTrigrams.install))
        if (installed._tag === "Left") {
          if (installed.left._tag !== "QueryFailed" && installed.left._tag !== "DatabaseUnavailable")
            return yield* installed.left
          yield* log.debug("The extension pg_trgm was not installed", { error: installed.left })
          return false
        }
      }
      if ((yield* pool.read(SearchTrigrams.state)).isCreated) return true
      yield* turn("fallback", "rebuilding")
      yield* chosen.open
      yield* pool.writeAlone(SearchTrigrams.create)
      return true
    })

    const bringUp = Effect.gen(function* () {
      if ((yield* pool.read(SearchDocuments.storedVersion)) !== documentVersion)
        yield* SearchDocuments.redo(pool, renderer)
      if (engine === "fallback") return yield* turn("fallback", "forced")
      if (!(yield* prepared)) return yield* turn("fallback", "trigram_missing")
      const isWhole = yield* pool.read(SearchTrigrams.hasAllLetters)
      yield* isWhole ? turn("trigram") : turn("trigram", "trigram_ctype")
    }).pipe(Effect.withSpan("SearchUpkeep.bringUp"))

    if (enabled) {
      yield* started.await.pipe(
        Effect.zipRight(
          oneAtATime(bringUp).pipe(
            Effect.ensuring(chosen.open),
            Effect.tapError((error) => log.warning("Search index not updated; it will be retried", { error })),
            Effect.retry(pace)
          )
        ),
        Effect.forkScoped
      )
    }

    const upkeep: SearchUpkeep["Type"] = {
      start: Effect.zipRight(started.open, Effect.ignore(Effect.timeout(chosen.await, "2 seconds"))),
      reindex: oneAtATime(
        Effect.gen(function* () {
          const count = yield* SearchDocuments.redo(pool, renderer)
          if ((yield* pool.read(SearchTrigrams.state)).isCreated) yield* pool.writeAlone(SearchTrigrams.rebuild)
          yield* bringUp
          return count
        })
      )
    }

    const status = Ref.get(state)
    const search = searching({
      pool,
      renderer,
      settings,
      status,
      full: "trigram",
      find: Effect.fn("SearchEngine.findByIndex")(function* (query, view) {
        if ((yield* status).engine !== "trigram") return undefined
        return yield* Effect.timeoutTo(
          pool.read((sql) => SearchTrigrams.find(sql, query, view)),
          { duration: patience, onSuccess: (found) => found, onTimeout: () => undefined }
        )
      })
    })

    return Layer.mergeAll(
      Layer.succeed(SearchEngine, { search, status, reindex: upkeep.reindex }),
      Layer.succeed(SearchUpkeep, upkeep),
      Index.layer
    )
  }).pipe(Effect.flatMap(Layer.build))
)
