import { Effect, type Layer } from "effect"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { ContentRevision } from "../../../src/services/ContentRevision.js"
import type { Commits } from "../../sql/pool/Commits.js"
import type { Command, Driver as DriverType } from "../../sql/pool/Driver.js"
import * as Revision from "../../sql/revision/ContentRevision.js"
import { type ConnectionOptions, open as connect, toOpenFailed } from "../pool/Connecting.js"
import * as Driver from "../pool/Driver.js"
import { contentChannel } from "../schema/migrations/ContentRevision.js"

const execute = (sql: string, params: ReadonlyArray<unknown> = []): Command => ({
  do: "execute",
  statement: { shape: "rows", sql, params, safeIntegers: false, prepared: true, scope: "any" }
})

const select = (now: number): Command =>
  execute(
    `SELECT (SELECT count FROM content_revision) AS changes,
      (SELECT published_at FROM posts WHERE deleted_at IS NULL AND published_at <= $1
        ORDER BY published_at DESC LIMIT 1) AS latest,
      (SELECT published_at FROM posts WHERE deleted_at IS NULL AND published_at > $1
        ORDER BY published_at LIMIT 1) AS next`,
    [now]
  )

/**
 * The revision of a database on a server. One connection reads it and listens for commits of other processes: while it
 * is not listening, the revision is unknown, and no page comes from the cache. If a notice is lost, a page is out of date
 * for a second at most.
 */
export const layer = (
  options: Omit<ConnectionOptions, "role" | "create">
): Layer.Layer<ContentRevision, never, Commits> => {
  let notices = 0
  const listening: Effect.Effect<DriverType, DatabaseOpenFailed> = Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const ofReader: ConnectionOptions = { ...options, role: "reader", create: false }
      const connected = yield* restore(connect(ofReader))
      connected.client.on("notification", () => {
        notices++
      })
      const driver = Driver.over(connected, ofReader)
      yield* restore(driver.run(execute(`LISTEN ${contentChannel}`))).pipe(
        Effect.mapError((failure) => toOpenFailed(options.address, failure)),
        Effect.onError(() => driver.close)
      )
      return driver
    })
  )
  // Commits of this process count at once, before their notice is here.
  const watch = (_: unknown, commits: () => number) => Effect.succeed({ version: () => notices + commits() })
  return Revision.layerWith({ open: listening, select, watch })
}
