import { Clock, Effect, Layer, Runtime, Schema } from "effect"
import { ContentRevision } from "../../../src/services/ContentRevision.js"
import { annotateJob } from "../../../src/services/Correlation.js"
import type { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRow } from "../rows/Rows.js"

/** How long a request waits for the revision before its page is rendered without the cache. */
const patience = "250 millis"

/** Changes so far, and the publication of the latest post that is due. */
const stateFrom = decodeRow(Schema.Struct({ changes: Schema.Int, latest: Schema.NullOr(Schema.Int) }))

/**
 * Reads the revision through the pool, since a connection in the main thread would stop the process while the disk hangs.
 * One read serves all requests that came before it began; those that come meanwhile wait for the next one.
 */
export const layer: Layer.Layer<ContentRevision, never, SqlPool | SecureRandom> = Layer.scoped(
  ContentRevision,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const scope = yield* Effect.scope
    const runFork = Runtime.runFork(yield* Effect.runtime<SecureRandom>())
    let waiting: Array<(revision: string | undefined) => void> = []
    let isReading = false

    const revision = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const rows = yield* pool.read(
        (sql) => sql`SELECT (SELECT count FROM content_revision) AS changes,
          (SELECT published_at FROM posts WHERE deleted_at IS NULL AND published_at <= ${now}
            ORDER BY published_at DESC LIMIT 1) AS latest`
      )
      const { changes, latest } = yield* stateFrom(rows)
      return `${changes}-${latest ?? 0}`
    })

    const begin = (): void => {
      const served = waiting
      waiting = []
      runFork(
        revision.pipe(
          Effect.timeout(patience),
          Effect.catchAllCause(() => Effect.succeed(undefined)),
          Effect.tap((found) =>
            Effect.sync(() => {
              isReading = waiting.length > 0
              if (isReading) setImmediate(begin)
              for (const use of served) use(found)
            })
          ),
          annotateJob("page_cache"),
          // Many visitors wait for it, so it goes before their renderings.
          Effect.withSchedulingPriority(-1)
        ),
        { scope }
      )
    }

    return {
      read: (use) => {
        waiting.push(use)
        if (isReading) return
        isReading = true
        // After all requests that this turn of the event loop still reads.
        setImmediate(begin)
      }
    }
  })
)
