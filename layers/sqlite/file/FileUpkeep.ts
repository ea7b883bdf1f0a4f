import { Duration, Effect, Layer, Schedule } from "effect"
import { annotateJob } from "../../../src/services/Correlation.js"
import { Logger } from "../../../src/services/Logger.js"
import type { SecureRandom } from "../../../src/services/SecureRandom.js"
import { Settings } from "../../../src/settings/Config.js"
import { WriteAheadLog } from "../pool/WriteAheadLog.js"

/** How often the log is looked at; jittered. */
const checkpointEvery = Duration.seconds(30)

/** How often the planner's statistics are brought up to date. */
const optimizeEvery = Duration.hours(6)

/** When something is done about the log's length, in pages of 4 KiB. */
export interface LogLimits {
  /** Above this readers are waited for. 16 MiB by default: SQLite itself begins anew at 4 MiB, unless somebody reads all the time. */
  readonly restartAbovePages: number
  /** Above this whoever keeps the log from being begun anew is named. 64 MiB by default. */
  readonly warnAbovePages: number
}

const defaultLimits: LogLimits = { restartAbovePages: 4_096, warnAbovePages: 16_384 }

/** How long writers may be held up by waiting for readers. */
const patience = Duration.millis(250)

/**
 * Keeps the write-ahead log short under readers that never pause, which SQLite's own checkpoints do not manage, and the
 * query planner's statistics fresh. Where checkpoints are another program's, it only says when the log grows long. A failing round is logged and made up for by the next.
 */
export const layerWith = ({
  checkpoints = "own",
  restartAbovePages,
  warnAbovePages
}: LogLimits & { readonly checkpoints?: "own" | "external" }): Layer.Layer<
  never,
  never,
  WriteAheadLog | Logger | SecureRandom
> =>
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const wal = yield* WriteAheadLog
      const log = (yield* Logger).named("starpunk.database")

      const watch = Effect.gen(function* () {
        const { pages } = yield* wal.checkpoint("NOOP", Duration.zero)
        if (pages <= warnAbovePages) return
        yield* log.warning("Nobody folds the write-ahead log into the database", {
          log_pages: pages,
          suggestion: "Start the program that replicates it, or set STARPUNK_DB_CHECKPOINTS=own"
        })
      })

      const fold = Effect.gen(function* () {
        const passive = yield* wal.checkpoint("PASSIVE", Duration.zero)
        if (passive.pages <= restartAbovePages) return
        // Before the attempt: whoever reads now is who stands in its way.
        const reader = yield* wal.oldestReader
        const beside = yield* wal.readersBeside
        const restart = yield* wal.checkpoint("RESTART", patience)
        if (!restart.busy || restart.pages <= warnAbovePages) return
        yield* log.warning("The write-ahead log cannot be begun anew", {
          log_pages: restart.pages,
          copied_pages: restart.copied,
          ...reader,
          ...(beside.length > 0 ? { held_by_processes: beside } : {})
        })
      })

      const checkpoint = (checkpoints === "own" ? fold : watch).pipe(
        Effect.catchAll((error) => log.warning("The write-ahead log was not folded into the database", { error })),
        annotateJob("checkpoint")
      )

      const optimize = wal.optimize.pipe(
        Effect.catchAll((error) => log.warning("The query planner's statistics were not refreshed", { error })),
        annotateJob("optimize")
      )

      const every = (interval: Duration.Duration) => Schedule.jittered(Schedule.spaced(interval))
      yield* Effect.forkScoped(Effect.schedule(checkpoint, every(checkpointEvery)))
      yield* Effect.forkScoped(Effect.schedule(optimize, every(optimizeEvery)))
    })
  )

/** The upkeep that the settings ask for, with the limits that fit a blog. */
export const layer: Layer.Layer<never, never, WriteAheadLog | Logger | SecureRandom | Settings> = Layer.unwrapEffect(
  Effect.map(Settings, ({ database: { checkpoints } }) => layerWith({ ...defaultLimits, checkpoints }))
)
