import { Effect, Layer } from "effect"
import { timeZone } from "../domain/TimeZone.js"
import { viewDayAt } from "../domain/views/ViewDay.js"
import { Logger } from "../services/Logger.js"
import { type DayOfPost, PostViews } from "../services/PostViews.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { SiteSettings } from "../services/SiteSettings.js"
import { type CountedViews, ViewCounter } from "../services/ViewCounter.js"
import { chosenSite } from "../settings/ChosenSite.js"
import { Settings } from "../settings/Config.js"
import { atIntervals } from "./Interval.js"

/** Adds up views by post and day. */
const byDay = (views: ReadonlyArray<CountedViews>, zoneName: string): ReadonlyArray<DayOfPost> => {
  const zone = timeZone(zoneName)
  const days = new Map<string, DayOfPost>()
  for (const { count, post, since } of views) {
    const day = viewDayAt(since, zone)
    const key = `${post} ${day}`
    days.set(key, { post, day, count: count + (days.get(key)?.count ?? 0) })
  }
  return [...days.values()]
}

/**
 * Stores the views that were counted, at intervals and when the server stops. A crash loses those of the last interval. What
 * cannot be stored is counted on, and stored later.
 */
export const layer: Layer.Layer<never, never, PostViews | SiteSettings | Settings | Logger | SecureRandom> =
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const counter = yield* ViewCounter
      const views = yield* PostViews
      const siteSettings = yield* SiteSettings
      const settings = yield* Settings
      const log = (yield* Logger).named("starpunk.views")

      const store = Effect.suspend(() => {
        const taken = counter.take()
        if (taken.length === 0) return Effect.void
        return Effect.flatMap(siteSettings.current, ({ values }) =>
          views.add(byDay(taken, chosenSite(settings, values).timeZone.text))
        ).pipe(Effect.onError(() => Effect.sync(() => counter.putBack(taken))))
      })

      yield* Effect.addFinalizer(() =>
        Effect.catchAll(store, (error) => log.warning("Views of the last seconds not stored", { error }))
      )
      yield* atIntervals(
        {
          name: "view_storage",
          logger: "starpunk.views",
          failed: "Views not stored",
          interval: "30 seconds",
          atOnce: false,
          everywhere: true
        },
        store
      )
    })
  )
