import { Clock, Duration, Effect, Option } from "effect"
import type { KeptDirectory } from "../../src/services/BackupDirectory.js"
import { type Check, degraded, healthy } from "./Check.js"

/**
 * Checks the age of the newest backup. Older than two intervals is `degraded`, because a single run may fail. Without a
 * backup, the two intervals count from the start of the process. An unreadable directory is degraded too.
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
