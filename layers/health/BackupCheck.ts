import { Clock, Duration, Effect, Option } from "effect"
import type { KeptDirectory } from "../../src/services/BackupDirectory.js"
import { type Check, degraded, healthy } from "./Check.js"

/**
 * How old the newest backup is. Older than two intervals is `degraded`: one run may fail and be made up for. Where there
 * is none yet, the two intervals count from the start of the process. A directory that cannot be read is degraded too.
 */
export const backup = (directory: KeptDirectory, interval: Duration.Duration): Effect.Effect<Check> =>
  Effect.map(Clock.currentTimeMillis, (startedAt) => ({
    name: "backup",
    interval: "15 seconds",
    look: Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const latest = yield* directory.latest
      const ageMillis = now - Option.getOrElse(latest, () => startedAt)
      const details = Option.isSome(latest) ? { age_seconds: Math.round(ageMillis / 1000) } : {}
      if (ageMillis <= 2 * Duration.toMillis(interval)) return healthy(details)
      return degraded(Option.isSome(latest) ? "backup_overdue" : "backup_missing", details)
    }).pipe(Effect.catchTag("BackupNotRead", () => Effect.succeed(degraded("backup.not_read"))))
  }))
