import { rename, stat } from "node:fs/promises"
import { join } from "node:path"
import { Clock, Effect, Layer } from "effect"
import { formatInstant } from "../../src/domain/Instant.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { type ImportFailure, ImportSourceUnusable } from "../../src/errors/Import.js"
import type { MediaFailure } from "../../src/errors/Media.js"
import { Import, type ImportReport } from "../../src/services/Import.js"
import { Logger } from "../../src/services/Logger.js"
import type { MediaStore } from "../../src/services/MediaStore.js"
import { PostTransfer } from "../../src/services/PostTransfer.js"
import type { Renderer } from "../../src/services/Renderer.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { Settings } from "../../src/settings/Config.js"
import { syncDirectory, writeSynced } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"
import { ifMissing } from "../files/IfMissing.js"
import * as OwnerPhotos from "../media/OwnerPhotos.js"
import * as SafeHttp from "../outbound/SafeHttp.js"
import type { SearchIndex } from "../sql/search/SearchIndex.js"
import type { SearchUpkeep } from "../sql/search/SearchUpkeep.js"
import * as SqlOldAddresses from "../sql/stores/OldAddresses.js"
import * as SqlPostTransfer from "../sql/stores/PostTransfer.js"
import * as SqlSiteSettings from "../sql/stores/SiteSettings.js"
import * as ImportLayer from "./Import.js"
import { originalDatabase } from "./OriginalSite.js"

/** Record of a complete import; without it, and without posts, the import starts again. */
const recordName = "moved-from-python.json"

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, ifMissing(false))

const writeRecord = async (dataPath: string, record: unknown): Promise<void> => {
  const path = join(dataPath, recordName)
  await writeSynced(`${path}.new`, `${JSON.stringify(record, undefined, 2)}\n`, { flag: "w", mode: 0o640 })
  await rename(`${path}.new`, path)
  await syncDirectory(dataPath)
}

const recordOf = ({ broken, brokenEntries, media, posts, renamed }: ImportReport, finishedAt: number) => ({
  finished_at: formatInstant(finishedAt),
  posts: posts.stored + posts.present,
  media: media.stored + media.present,
  broken,
  broken_files: brokenEntries.map(({ failure, file }) => ({ file, code: failure.info.code })),
  renamed
})

/**
 * Imports the notes of StarPunk (Python) once, when the server first starts on its data directory. The original's files
 * stay unchanged; files that were not imported are in the log and in `moved-from-python.json`. Fails if nothing can be
 * imported, because an empty site must not replace one that has notes.
 */
export const adopt: Effect.Effect<
  void,
  ImportFailure | MediaFailure | DatabaseFailure,
  Settings | Logger | SqlPool | SearchIndex | SearchUpkeep | Renderer | MediaStore
> = Effect.gen(function* () {
  const { dataPath } = yield* Settings
  const log = (yield* Logger).named("starpunk.import")
  const importer = yield* Import
  const transfer = yield* PostTransfer
  const io = (error: unknown) => new ImportSourceUnusable({ path: dataPath, reason: "io", detail: codeOf(error) })

  if (originalDatabase(dataPath) === undefined) return
  const isDone = yield* Effect.tryPromise({ try: () => exists(join(dataPath, recordName)), catch: io })
  if (isDone && (yield* transfer.count) > 0) return
  yield* log.info("Importing the notes of StarPunk (Python); its files are not changed", {
    directory: dataPath
  })
  const report = yield* importer.from(dataPath, { withoutMissingMedia: true })
  for (const { failure, file } of report.brokenEntries) {
    const { code, message, operator } = failure.info
    yield* log.warning("A note of StarPunk (Python) was not imported", {
      file,
      error_code: code,
      details: operator?.details ?? message,
      suggestion: `${operator?.troubleshooting[0] ?? ""}. Then run "starpunk import DIR" with the data directory`
    })
  }
  for (const { files, why } of [...report.passedOver, ...report.heldBack, ...report.notes]) {
    for (const file of files) yield* log.info("Not imported from the data of StarPunk (Python)", { file, details: why })
  }
  const record = recordOf(report, yield* Clock.currentTimeMillis)
  yield* Effect.tryPromise({ try: () => writeRecord(dataPath, record), catch: io })
  yield* log.info("The notes of StarPunk (Python) were imported", {
    posts: record.posts,
    media: record.media,
    broken: record.broken
  })
}).pipe(
  Effect.withSpan("Adoption.adopt"),
  Effect.provide(
    ImportLayer.layer.pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          SqlPostTransfer.layer,
          SqlOldAddresses.layer,
          SqlSiteSettings.layer,
          OwnerPhotos.layer,
          SafeHttp.layer
        )
      )
    )
  )
)
