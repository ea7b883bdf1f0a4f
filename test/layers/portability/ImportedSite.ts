import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { Chunk, Effect, Layer, Stream } from "effect"
import * as MediaFiles from "../../../layers/media/MediaFiles.js"
import * as OwnerPhotos from "../../../layers/media/OwnerPhotos.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySafeHttp from "../../../layers/memory/SafeHttp.js"
import * as ImportLayer from "../../../layers/portability/Import.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import * as OldAddresses from "../../../layers/sql/stores/OldAddresses.js"
import * as PostTransferLayer from "../../../layers/sql/stores/PostTransfer.js"
import * as SiteSettings from "../../../layers/sql/stores/SiteSettings.js"
import * as Search from "../../../layers/sqlite/search/SearchEngine.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import type { MovedPost } from "../../../src/domain/archive/MovedPost.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { ImportFailure } from "../../../src/errors/Import.js"
import type { MediaFailure } from "../../../src/errors/Media.js"
import { OutboundFailed } from "../../../src/errors/Outbound.js"
import { Import, type ImportOptions, type ImportReport } from "../../../src/services/Import.js"
import { PostTransfer } from "../../../src/services/PostTransfer.js"
import type { SafeHttp } from "../../../src/services/SafeHttp.js"
import { Settings } from "../../../src/settings/Config.js"
import { settings } from "../../fixtures/TestServer.js"

/** Files of a site, by path. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array>>

/** Modification time of a site's files: later than all dates in them. */
const changedAt = Date.parse("2026-03-04T05:06:07Z")

/** Writes a site's files below a folder. */
const lay = (folder: string, files: SiteFiles): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    utimesSync(join(folder, path), changedAt / 1000, changedAt / 1000)
  }
}

/** A StarPunk site with a new database, into which others are imported. */
export interface TargetSite {
  /** A folder with importable files. */
  readonly folder: string
  /** Imports the folder, or one in it. */
  readonly bring: (options?: ImportOptions & { readonly given?: string }) => Effect.Effect<ImportReport>
  /** Why a file in the folder is not imported. */
  readonly refusal: (given: string) => Effect.Effect<ImportFailure | MediaFailure | DatabaseFailure, ImportReport>
  /** Every imported post, by its slug. */
  readonly posts: Effect.Effect<Readonly<Record<string, MovedPost>>>
}

const nobody = MemorySafeHttp.layerOf(
  ({ url }) => new OutboundFailed({ host: new URL(url).host, reason: "connection" })
)

const scratch = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-import-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** Runs with a site's files in a folder and an empty StarPunk site; both are removed afterwards. */
export const withSite = <A, E>(
  files: SiteFiles,
  use: (site: TargetSite) => Effect.Effect<A, E>,
  oldServer: Layer.Layer<SafeHttp> = nobody
): Effect.Effect<A, E> =>
  Effect.gen(function* () {
    const path = yield* scratch
    const folder = join(path, "old")
    mkdirSync(folder)
    // A repository limits the search: nothing above the folder belongs to it.
    mkdirSync(join(folder, ".git"))
    lay(folder, files)
    const ours = Layer.mergeAll(
      SecureRandom.layer,
      MemoryLogger.layerSilent,
      Layer.succeed(Settings, {
        ...settings,
        dataPath: join(path, "data"),
        databasePath: join(path, "starpunk.db"),
        siteUrl: "https://new.example"
      })
    )
    const layer = ImportLayer.layer.pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          PostTransferLayer.layer,
          MediaFiles.layer,
          OldAddresses.layer,
          SiteSettings.layer,
          OwnerPhotos.layer,
          oldServer
        )
      ),
      Layer.provide(Search.layer),
      Layer.provide(TestDatabase.database()),
      Layer.provide(ours),
      Layer.orDie
    )
    return yield* Effect.gen(function* () {
      const importer = yield* Import
      const transfer = yield* PostTransfer
      return yield* use({
        folder,
        bring: ({ given = "", ...options } = {}) => Effect.orDie(importer.from(join(folder, given), options)),
        refusal: (given) => Effect.flip(importer.from(join(folder, given), { dryRun: true })),
        posts: Effect.map(Effect.orDie(Stream.runCollect(transfer.all)), (posts) =>
          Object.fromEntries(Chunk.toReadonlyArray(posts).map((post) => [post.slug, post]))
        )
      })
    }).pipe(Effect.provide(layer))
  }).pipe(Effect.scoped)

/** Slugs of publicly listed posts. */
export const publicSlugs = (posts: Readonly<Record<string, MovedPost>>): ReadonlyArray<string> =>
  Object.values(posts)
    .filter(({ status, visibility }) => status === "published" && visibility === "public")
    .map(({ slug }) => slug)
    .toSorted()

/** Reasons why files were held back, by file. */
export const heldBack = ({ heldBack }: ImportReport): Readonly<Record<string, string>> =>
  Object.fromEntries(heldBack.flatMap(({ files, reason }) => files.map((file) => [file, reason])))

/** Reasons why posts are not public, by file. */
export const notPublic = ({ notPublic }: ImportReport): Readonly<Record<string, string>> =>
  Object.fromEntries(notPublic.flatMap(({ files, reason, why }) => files.map((file) => [file, `${reason}: ${why}`])))
