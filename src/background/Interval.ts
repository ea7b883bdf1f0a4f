import { type Duration, Effect, Schedule, type Scope } from "effect"
import type { Failure } from "../errors/Failure.js"
import { annotateJob } from "../services/Correlation.js"
import { Instances } from "../services/Instances.js"
import { Logger } from "../services/Logger.js"
import type { SecureRandom } from "../services/SecureRandom.js"

/** A job that runs at intervals. */
export interface Job {
  /** `job` in the lines that it logs. */
  readonly name: string
  /** `logger` in the line of a failing run. */
  readonly logger: string
  /** The message that a failing run logs. */
  readonly failed: string
  /** Wait after a run, jittered. */
  readonly interval: Duration.DurationInput
  /** Whether the first run is at once, and not after the first interval. */
  readonly atOnce: boolean
  /** Whether the job is done in every instance of the site, for itself, and not in the one that leads. */
  readonly everywhere?: boolean
}

/** Runs a job at intervals while the scope is open. A failing run is logged; the next one catches up. */
export const atIntervals = <R>(
  { atOnce, everywhere, failed, interval, logger, name }: Job,
  work: Effect.Effect<unknown, Failure, R>
): Effect.Effect<void, never, R | Logger | SecureRandom | Scope.Scope> =>
  Effect.gen(function* () {
    const log = (yield* Logger).named(logger)
    const { whileLeading } = yield* Instances
    const run = work.pipe(
      Effect.catchAll((error) => log.warning(failed, { error })),
      annotateJob(name)
    )
    const round = everywhere === true ? run : whileLeading(run)
    const spaced = Schedule.jittered(Schedule.spaced(interval))
    yield* Effect.forkScoped(atOnce ? Effect.repeat(round, spaced) : Effect.schedule(round, spaced))
  })
