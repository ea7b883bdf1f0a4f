import { Duration, Effect, Layer, Schedule } from "effect"
import { annotateJob } from "../../../src/services/Correlation.js"
import { Logger } from "../../../src/services/Logger.js"
import type { SecureRandom } from "../../../src/services/SecureRandom.js"
import { Settings } from "../../../src/settings/Config.js"
import { WriteAheadLog } from "../pool/WriteAheadLog.js"

/** Interval of checks of the log; jittered. */
const checkpointEvery = Duration.seconds(30)

/** Interval of updates of the query planner's statistics. */
const optimizeEvery = Duration.hours(6)

/** Lengths of the log, in pages of 4 KiB, at which maintenance acts. */
export interface LogLimits {
  /**
   * Above this, a checkpoint waits for readers. 16 MiB by default: SQLite itself restarts the log at 4 MiB, unless
   * there is always a reader.
   */
  readonly restartAbovePages: number
  /** Above this, the reader that prevents a restart of the log is reported. 64 MiB by default. */
  readonly warnAbovePages: number
}

const defaultLimits: LogLimits = { restartAbovePages: 4_096, warnAbovePages: 16_384 }

/** Maximum delay of writers while a checkpoint waits for readers. */
const patience = Duration.millis(250)

/**
 * Checkpoints the write-ahead log even if there is always a reader, which SQLite's own checkpoints cannot do, and
 * updates the query planner's statistics. If another program makes the checkpoints, it only reports a long log. A
 * failing run is logged; the next one catches up.
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
        yield* log.warning("No program checkpoints the write-ahead log", {
          log_pages: pages,
          suggestion: "Start the program that replicates the log, or set STARPUNK_DB_CHECKPOINTS=own"
        })
      })

      const fold = Effect.gen(function* () {
        const passive = yield* wal.checkpoint("PASSIVE", Duration.zero)
        if (passive.pages <= restartAbovePages) return
        // Read before the attempt, because a current reader is the one that prevents it.
        const reader = yield* wal.oldestReader
        const beside = yield* wal.readersBeside
        const restart = yield* wal.checkpoint("RESTART", patience)
        if (!restart.busy || restart.pages <= warnAbovePages) return
        yield* log.warning("The write-ahead log cannot be restarted", {
          log_pages: restart.pages,
          copied_pages: restart.copied,
          ...reader,
          ...(beside.length > 0 ? { held_by_processes: beside } : {})
        })
      })

      const checkpoint = (checkpoints === "own" ? fold : watch).pipe(
        Effect.catchAll((error) => log.warning("The write-ahead log was not checkpointed", { error })),
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

/** Maintenance as the settings ask for it, with default limits. */
export const layer: Layer.Layer<never, never, WriteAheadLog | Logger | SecureRandom | Settings> = Layer.unwrapEffect(
  Effect.map(Settings, ({ database: { checkpoints } }) => layerWith({ ...defaultLimits, checkpoints }))
)
