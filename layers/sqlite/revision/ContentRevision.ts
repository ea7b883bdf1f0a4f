import { Effect, Layer } from "effect"
import type { ContentRevision } from "../../../src/services/ContentRevision.js"
import { Settings } from "../../../src/settings/Config.js"
import type { Commits } from "../../sql/pool/Commits.js"
import type { Command } from "../../sql/pool/Driver.js"
import * as Revision from "../../sql/revision/ContentRevision.js"
import type { Open } from "../pool/Connecting.js"
import type { ConnectionOptions } from "../pool/Connection.js"
import { optionsOf } from "../pool/SingleConnection.js"
import * as WorkerDriver from "../pool/WorkerDriver.js"
import { openLogIndex } from "./LogIndex.js"

/** Changes so far, and the publications of the latest post that is due and of the next one. */
const select = (now: number): Command => ({
  do: "execute",
  statement: {
    shape: "rows",
    sql: `SELECT (SELECT count FROM content_revision) AS changes,
      (SELECT published_at FROM posts WHERE deleted_at IS NULL AND published_at <= ?
        ORDER BY published_at DESC LIMIT 1) AS latest,
      (SELECT published_at FROM posts WHERE deleted_at IS NULL AND published_at > ?
        ORDER BY published_at LIMIT 1) AS next`,
    params: [now, now],
    safeIntegers: false,
    prepared: true,
    scope: "read"
  }
})

/** The revision of a database file, read on connections of any kind. The index of the write-ahead log shows commits. */
export const layerWith = (open: Open, options: ConnectionOptions): Layer.Layer<ContentRevision, never, Commits> =>
  Revision.layerWith({ open: open(options), select, watch: (previous) => openLogIndex(options.path, previous) })

/** The revision of the database in the settings, read on a worker thread. */
export const layer: Layer.Layer<ContentRevision, never, Commits | Settings> = Layer.unwrapEffect(
  Effect.map(Settings, (settings) => layerWith(WorkerDriver.open, optionsOf(settings, settings.databasePath, "reader")))
)
