import { Clock, Duration, Effect, Layer, Option, Random } from "effect"
import { readRelease } from "../domain/updates/Release.js"
import { Logger } from "../services/Logger.js"
import { SafeHttp } from "../services/SafeHttp.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { SiteSettings } from "../services/SiteSettings.js"
import { UpdateChecks } from "../services/UpdateChecks.js"
import { Settings } from "../settings/Config.js"
import { atIntervals } from "./Interval.js"

/** Milliseconds to the next check: about a day, and not at the same time of the day for every site. */
const pause = Effect.map(
  Random.nextIntBetween(0, Duration.toMillis("4 hours")),
  (more) => Duration.toMillis("22 hours") + more
)

/** Bytes of the file: it has two short members. */
const maxBytes = 65_536

/**
 * Asks once a day for the newest release, if the owner has turned it on. Sends nothing about the site: not its address, and not
 * the version that runs. A failure is kept for the owner's pages, and tried again on the next day.
 */
export const layer: Layer.Layer<
  never,
  never,
  UpdateChecks | SiteSettings | Settings | SafeHttp | Logger | SecureRandom
> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const { updateUrl } = yield* Settings
    if (Option.isNone(updateUrl)) return
    const checks = yield* UpdateChecks
    const siteSettings = yield* SiteSettings
    const http = yield* SafeHttp
    const log = (yield* Logger).named("starpunk.updates")

    const request = {
      url: updateUrl.value,
      headers: { "user-agent": "StarPunk", accept: "application/json" },
      maxBytes,
      timeout: Duration.seconds(10)
    }
    const ask = Effect.suspend(() => http.request(request)).pipe(
      Effect.flatMap(({ status, text }) => (status === 200 ? readRelease(text) : Effect.fail("unreadable" as const))),
      Effect.tapError((error) => log.info("Newest release not read", { error })),
      Effect.option
    )

    const round = Effect.gen(function* () {
      const { values } = yield* siteSettings.current
      if (!values.care.checkUpdates) return
      const now = Math.floor(yield* Clock.currentTimeMillis)
      const last = yield* checks.last
      // A clock that was ahead when the last check was made must not delay the next one for years.
      const isEarly = Option.exists(last, ({ checkedAt, nextAt }) => now < nextAt && now >= checkedAt)
      if (isEarly) return
      const nextAt = now + (yield* pause)
      yield* checks.keep({ checkedAt: now, nextAt, release: yield* ask })
    })

    yield* atIntervals(
      {
        name: "update_check",
        logger: "starpunk.updates",
        failed: "State of the update check not kept",
        interval: "10 minutes",
        atOnce: false
      },
      round
    )
  })
)
