import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Context, Effect, Layer } from "effect"
import * as MediaFiles from "../../../layers/media/MediaFiles.js"
import * as MemoryBearerTokens from "../../../layers/memory/BearerTokens.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import { SearchIndex } from "../../../layers/sql/search/SearchIndex.js"
import * as SqlAccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import * as Feeds from "../../../src/web/feeds/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Media from "../../../src/web/media/Routes.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import { testDatabase } from "../../TestDatabase.js"
import { settings, testServer } from "./TestServer.js"

/** Where the site keeps its files. */
export class MediaDirectory extends Context.Tag("test/MediaDirectory")<MediaDirectory, string>() {}

/** A folder that is gone after the test. */
export const directory = Layer.scoped(
  MediaDirectory,
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-media-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
)

const withoutSearch = Layer.succeed(SearchIndex, { update: () => Effect.void, add: () => Effect.void })

/** Media, Micropub, the blog and its feeds on a real server over real files and a real database. Files of up to 2 MiB. */
export const mediaSite = (overrides: Partial<SettingsValues> = {}) =>
  Layer.unwrapScoped(
    Effect.map(Layer.build(directory), (built) => {
      const dataPath = Context.get(built, MediaDirectory)
      const own: SettingsValues = { ...settings, media: { maxSizeMb: 2 }, ...overrides, dataPath }
      const ground = Layer.mergeAll(
        Layer.succeed(Settings, own),
        SecureRandom.layer,
        MemoryLogger.layerSilent,
        withoutSearch
      )
      const services = Layer.mergeAll(SqlPosts.layer, SqlAccessTokens.layer, MediaFiles.layer).pipe(
        Layer.provideMerge(testDatabase("worker", { acquireTimeout: "30 seconds" })),
        Layer.provide(ground)
      )
      const routes = Layer.mergeAll(Media.routes, Micropub.routes, Blog.routes, Feeds.routes)
      return testServer(serve(routes), { settings: own }).pipe(
        Layer.provide(MemoryBearerTokens.layer),
        Layer.provideMerge(services),
        Layer.provideMerge(Layer.succeedContext(built))
      )
    })
  )

/** Every file that the site holds, sorted. */
export const filesHeld = Effect.map(MediaDirectory, (path) => {
  const all = (): ReadonlyArray<string> => {
    try {
      return readdirSync(join(path, "media"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .toSorted()
    } catch {
      return []
    }
  }
  return all()
})
