import { Clock, Duration, Effect, Layer, Option } from "effect"
import { backupFailures } from "../metrics/Site.js"
import { BackupDirectory, type KeptDirectory } from "../services/BackupDirectory.js"
import { annotateJob } from "../services/Correlation.js"
import { Lifecycle } from "../services/Lifecycle.js"
import { Logger } from "../services/Logger.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { Settings } from "../settings/Config.js"

/** Wait after a failed run, if it is shorter than the interval. */
const retryAfter = Duration.minutes(10)

/** Time until the next backup is due, counted from the newest one, so that a restart neither makes nor skips one. */
const untilDue = (directory: KeptDirectory, interval: Duration.Duration) =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const latest = yield* directory.latest
    return Option.match(latest, {
      onNone: () => Duration.zero,
      // A clock that was set back must not delay the next one by years.
      onSome: (made) => Duration.min(interval, Duration.millis(made + Duration.toMillis(interval) - now))
    })
  })

/** Makes a backup at every interval while the server runs, if a directory for backups is set. */
export const layer: Layer.Layer<never, never, BackupDirectory | Lifecycle | Logger | SecureRandom | Settings> =
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const directory = yield* BackupDirectory
      if (Option.isNone(directory)) return
      const lifecycle = yield* Lifecycle
      const { interval } = (yield* Settings).backup
      const log = (yield* Logger).named("starpunk.backup")

      const run = Effect.gen(function* () {
        const [took, { removed, report }] = yield* Effect.timed(directory.value.add)
        yield* log.info("Backup made", {
          file: report.path,
          bytes: report.bytes,
          posts: report.manifest.posts,
          media: report.manifest.media,
          removed: removed.length,
          duration_ms: Math.round(Duration.toMillis(took))
        })
      })

      const round = Effect.gen(function* () {
        yield* Effect.sleep(yield* untilDue(directory.value, interval))
        yield* run
      }).pipe(
        Effect.tapError(() => Effect.sync(() => backupFailures.add({}))),
        Effect.catchAll((error) =>
          log
            .error("Backup failed; it will be retried", { error })
            .pipe(Effect.zipRight(Effect.sleep(Duration.min(interval, retryAfter))))
        ),
        annotateJob("backup")
      )

      yield* Effect.forkScoped(Effect.zipRight(lifecycle.reached("ready"), Effect.forever(round)))
    })
  )
