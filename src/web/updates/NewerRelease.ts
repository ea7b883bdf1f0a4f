import { Effect, Option } from "effect"
import { isNewer, type Release } from "../../domain/updates/Release.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { SiteSettings } from "../../services/SiteSettings.js"
import { UpdateChecks } from "../../services/UpdateChecks.js"
import { version } from "../../version.js"

/** The newest release, if the owner wants to know and it is newer than the running version. */
export const newerRelease: Effect.Effect<
  Effect.Effect<Option.Option<Release>, DatabaseFailure>,
  never,
  SiteSettings | UpdateChecks
> = Effect.gen(function* () {
  const settings = yield* SiteSettings
  const checks = yield* UpdateChecks
  return Effect.gen(function* () {
    const { values } = yield* settings.current
    if (!values.care.checkUpdates) return Option.none()
    return Option.filter(
      Option.flatMap(yield* checks.last, ({ release }) => release),
      (release) => isNewer(release, version)
    )
  })
})
