import { Clock, Duration, Effect, Layer, Schedule } from "effect"
import { CitedPages, type UnreadCitations } from "../services/CitedPages.js"
import { annotateJob } from "../services/Correlation.js"
import { Instances } from "../services/Instances.js"
import { Lifecycle } from "../services/Lifecycle.js"
import { Logger } from "../services/Logger.js"
import { PageReader } from "../services/PageReader.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { Settings } from "../settings/Config.js"

/** Interval of the search for posts with unread pages. One read of an index that is nearly always empty. */
const interval = Duration.seconds(5)

/** Time before each further attempt. */
const waits = [Duration.minutes(10), Duration.hours(6)]

/**
 * Reads the pages that published posts cite, once, so that readers see what an answer or a like is about. A page that
 * cannot be read now is tried two more times.
 */
export const layer: Layer.Layer<never, never, CitedPages | PageReader | Lifecycle | Logger | SecureRandom | Settings> =
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const citedPages = yield* CitedPages
      const reader = yield* PageReader
      const lifecycle = yield* Lifecycle
      const { whileLeading } = yield* Instances
      const log = (yield* Logger).named("starpunk.citations")
      const { readCitedPages } = yield* Settings
      if (!readCitedPages) return

      const read = Effect.fnUntraced(function* (unread: UnreadCitations) {
        const open = unread.addresses.filter((address) => !unread.pages.some((page) => page.address === address))
        const outcomes = yield* Effect.forEach(open, reader.read)
        const pages = [
          ...unread.pages,
          ...outcomes.flatMap((outcome) => (outcome.state === "read" ? [outcome.page] : []))
        ]
        const wait = outcomes.some(({ state }) => state === "unavailable") ? waits[unread.attempts] : undefined
        const retryAt = wait === undefined ? undefined : (yield* Clock.currentTimeMillis) + Duration.toMillis(wait)
        yield* citedPages.keep(unread, pages, retryAt)
        yield* log.info("Cited pages read", { post: unread.post, pages: pages.length, of: unread.addresses.length })
      })

      const round = Effect.flatMap(citedPages.due, (due) =>
        Effect.forEach(due, read, { concurrency: 2, discard: true })
      ).pipe(
        Effect.catchAll((error) => log.warning("Cited pages not kept", { error })),
        annotateJob("cited_pages")
      )
      yield* lifecycle
        .reached("ready")
        .pipe(Effect.zipRight(Effect.repeat(whileLeading(round), Schedule.spaced(interval))), Effect.forkScoped)
    })
  )
