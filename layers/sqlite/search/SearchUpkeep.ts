import { Effect, Layer, Schedule } from "effect"
import { documentVersion } from "../../../src/domain/search/SearchDocument.js"
import { Logger } from "../../../src/services/Logger.js"
import { Renderer } from "../../../src/services/Renderer.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { giveWay } from "../../sql/rows/Batches.js"
import * as SearchDocuments from "../../sql/search/SearchDocuments.js"
import { SearchUpkeep } from "../../sql/search/SearchUpkeep.js"
import { isIndexFailure } from "./IndexFailure.js"
import { SearchSwitch } from "./SearchSwitch.js"
import * as SearchTable from "./SearchTable.js"

/** Posts per write transaction: about 10 ms on the writer, between which other writes run. */
const batchSize = 100

/** Short waits at first, at most a minute later, so that an index that keeps failing does not use up the machine. */
const pace = Schedule.exponential("100 millis").pipe(
  Schedule.union(Schedule.spaced("1 minute")),
  Schedule.resetAfter("1 hour")
)

/** The maintenance loop, which ends with the layer's scope. */
export const layer: Layer.Layer<SearchUpkeep, never, SearchSwitch | SqlPool | Renderer | Settings | Logger> =
  Layer.scoped(
    SearchUpkeep,
    Effect.gen(function* () {
      const engine = yield* SearchSwitch
      const pool = yield* SqlPool
      const renderer = yield* Renderer
      const { search } = yield* Settings
      const log = (yield* Logger).named("starpunk.search")
      const oneAtATime = (yield* Effect.makeSemaphore(1)).withPermits(1)
      const started = yield* Effect.makeLatch(false)
      const chosen = yield* Effect.makeLatch(!search.enabled)

      const countPending = Effect.flatMap(pool.read(SearchTable.pending), engine.count)

      /** The reason not to use FTS5; `undefined` if FTS5 is used. */
      const reasonAgainst = Effect.fn("SearchUpkeep.reasonAgainst")(function* () {
        if (search.engine === "fallback") return "forced"
        return (yield* pool.read(SearchTable.isAvailable)) ? undefined : "fts5_missing"
      })

      /** The table in use if it is trusted, with missing posts queued; otherwise a new one. */
      const validTable = Effect.fn("SearchUpkeep.validTable")(function* () {
        const table = yield* pool.read(SearchTable.current)
        if (table === undefined || table === (yield* engine.distrusted))
          return yield* pool.writeAlone(SearchTable.succeed)
        return yield* pool
          .read((sql) => SearchTable.strays(sql, table))
          .pipe(
            Effect.tap((strays) =>
              strays.length === 0 ? Effect.void : pool.writeAlone((sql) => SearchTable.enqueue(sql, strays))
            ),
            Effect.as(table),
            Effect.catchIf(isIndexFailure, (error) =>
              Effect.zipRight(engine.indexFailed(table, error), pool.writeAlone(SearchTable.succeed))
            )
          )
      })

      const fillFromLine = Effect.fn("SearchUpkeep.fillFromLine")(function* (table: string) {
        while ((yield* pool.writeAlone((sql) => SearchTable.fill(sql, table, batchSize))) > 0) {
          yield* engine.turn("rebuilding")
          yield* chosen.open
          yield* countPending
          yield* giveWay
        }
      })

      const dropAbandoned = Effect.fn("SearchUpkeep.dropAbandoned")(function* () {
        for (const table of yield* pool.read(SearchTable.abandoned)) {
          yield* pool
            .writeAlone((sql) => SearchTable.drop(sql, table))
            .pipe(Effect.catchAll((error) => log.debug("Old search index not dropped", { table, error })))
        }
      })

      const bringUp = Effect.fn("SearchUpkeep.bringUp")(function* () {
        if ((yield* pool.read(SearchDocuments.storedVersion)) !== documentVersion)
          yield* SearchDocuments.redo(pool, renderer, SearchTable.enqueueAll)
        yield* countPending
        const reason = yield* reasonAgainst()
        if (reason !== undefined) return yield* engine.turn(reason)
        const table = yield* validTable()
        yield* fillFromLine(table).pipe(
          Effect.catchIf(isIndexFailure, (error) =>
            engine.indexFailed(table, error).pipe(Effect.zipRight(Effect.fail(error)))
          )
        )
        yield* dropAbandoned()
        yield* engine.turn("fts5")
      })

      const keepUp = oneAtATime(bringUp()).pipe(
        Effect.ensuring(chosen.open),
        Effect.tapError((error) => log.warning("Search index not updated; it will be retried", { error })),
        Effect.retry(pace),
        Effect.zipRight(engine.called)
      )

      if (search.enabled) {
        yield* started.await.pipe(Effect.zipRight(Effect.repeat(keepUp, pace)), Effect.forkScoped)
      }

      return {
        start: Effect.zipRight(started.open, Effect.ignore(Effect.timeout(chosen.await, "2 seconds"))),
        reindex: oneAtATime(
          Effect.gen(function* () {
            const count = yield* SearchDocuments.redo(pool, renderer, SearchTable.enqueueAll)
            if ((yield* reasonAgainst()) === undefined) yield* pool.writeAlone(SearchTable.succeed)
            yield* bringUp()
            return count
          })
        )
      }
    })
  )
