import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { Chunk, Effect, Layer, Stream } from "effect"
import * as MediaFiles from "../../../layers/media/MediaFiles.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as ImportLayer from "../../../layers/portability/Import.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import * as OldAddresses from "../../../layers/sql/stores/OldAddresses.js"
import * as PostTransferLayer from "../../../layers/sql/stores/PostTransfer.js"
import * as Search from "../../../layers/sqlite/search/SearchEngine.js"
import * as Testing from "../../../layers/Testing.js"
import type { MovedPost } from "../../../src/domain/archive/MovedPost.js"
import { Import, type ImportOptions, type ImportReport } from "../../../src/services/Import.js"
import { PostTransfer } from "../../../src/services/PostTransfer.js"
import { Settings } from "../../../src/settings/Config.js"
import { settings } from "../../fixtures/TestServer.js"

/** The files of a site, by their paths. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array>>

/** When every file of a site was last changed: later than all that they say of themselves. */
export const changedAt = Date.parse("2026-03-04T05:06:07Z")

/** Writes a site's files below a folder. */
export const lay = (folder: string, files: SiteFiles): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    utimesSync(join(folder, path), changedAt / 1000, changedAt / 1000)
  }
}

/** A site of ours with a database of its own, into which others are imported. */
export interface TargetSite {
  /** A folder whose files can be imported. */
  readonly folder: string
  /** Imports the folder, or one in it. */
  readonly bring: (options?: ImportOptions & { readonly given?: string }) => Effect.Effect<ImportReport>
  /** Every post that is there, by its slug. */
  readonly posts: Effect.Effect<Readonly<Record<string, MovedPost>>>
}

const scratch = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-import-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** Runs with a site's files in a folder and an empty site of ours, both of which go afterwards. */
export const withSite = <A, E>(files: SiteFiles, use: (site: TargetSite) => Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.gen(function* () {
    const path = yield* scratch
    const folder = join(path, "old")
    mkdirSync(folder)
    // A repository ends where it ends: nothing above the folder belongs to it.
    mkdirSync(join(folder, ".git"))
    lay(folder, files)
    const ours = Layer.mergeAll(
      SecureRandom.layer,
      MemoryLogger.layerSilent,
      Layer.succeed(Settings, { ...settings, dataPath: join(path, "data"), siteUrl: "https://new.example" })
    )
    const layer = ImportLayer.layer.pipe(
      Layer.provideMerge(Layer.mergeAll(PostTransferLayer.layer, MediaFiles.layer, OldAddresses.layer)),
      Layer.provide(Search.layer),
      Layer.provide(Testing.database()),
      Layer.provide(ours),
      Layer.orDie
    )
    return yield* Effect.gen(function* () {
      const importer = yield* Import
      const transfer = yield* PostTransfer
      return yield* use({
        folder,
        bring: ({ given = "", ...options } = {}) => Effect.orDie(importer.from(join(folder, given), options)),
        posts: Effect.map(Effect.orDie(Stream.runCollect(transfer.all)), (posts) =>
          Object.fromEntries(Chunk.toReadonlyArray(posts).map((post) => [post.slug, post]))
        )
      })
    }).pipe(Effect.provide(layer))
  }).pipe(Effect.scoped)

/** The slugs that anybody may see in lists. */
export const publicSlugs = (posts: Readonly<Record<string, MovedPost>>): ReadonlyArray<string> =>
  Object.values(posts)
    .filter(({ status, visibility }) => status === "published" && visibility === "public")
    .map(({ slug }) => slug)
    .toSorted()

/** What files were held back for, by the file. */
export const heldBack = ({ heldBack }: ImportReport): Readonly<Record<string, string>> =>
  Object.fromEntries(heldBack.flatMap(({ files, reason }) => files.map((file) => [file, reason])))

/** What keeps posts from the public, by their file. */
export const notPublic = ({ notPublic }: ImportReport): Readonly<Record<string, string>> =>
  Object.fromEntries(notPublic.flatMap(({ files, reason, why }) => files.map((file) => [file, `${reason}: ${why}`])))
