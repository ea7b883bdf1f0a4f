import { join } from "node:path"
import { HttpServer } from "@effect/platform"
import { Effect, Layer, Redacted } from "effect"
import * as MemoryMedia from "../../layers/memory/MediaStore.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import * as SqlPosts from "../../layers/sql/stores/Posts.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import * as Assets from "../../src/web/assets/Routes.js"
import * as Blog from "../../src/web/blog/Routes.js"
import * as Editor from "../../src/web/editor/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { file } from "../../src/web/media/File.js"
import { started, temporaryDirectory } from "../layers/search/Sqlite.js"
import { settings as serverSettings, testServer } from "./http/TestServer.js"

const usual: SettingsValues = {
  ...serverSettings,
  siteUrl: "http://me.localhost",
  siteName: "Margins & Stars",
  siteAuthor: "Ada Example"
}

/**
 * The owner's editor and the blog over a real database, on a free port; answers how to ask it as the owner, and what its
 * routes stand on. Ends with the scope.
 */
export const editorServerWith = Effect.fnUntraced(function* (overrides: Partial<SettingsValues> = {}) {
  const settings = { ...usual, ...overrides }
  const directory = yield* temporaryDirectory
  const services = Layer.mergeAll(SqlPosts.layer, MemorySessions.layer, MemoryMedia.layerOf(1_048_576)).pipe(
    Layer.provideMerge(MemorySecureRandom.layer),
    Layer.provideMerge(started({ database: join(directory, "starpunk.db") })),
    Layer.provideMerge(Layer.succeed(Settings, settings))
  )
  const context = yield* Layer.build(services)
  const routes = Layer.mergeAll(Editor.routes, Blog.routes, file, Assets.routes)
  const server = yield* Layer.build(
    testServer(serve(routes), { settings }).pipe(Layer.provide(Layer.succeedContext(context)))
  )
  const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), server)
  const sessions = yield* Effect.provide(SessionManager, context)
  const token = Redacted.value(yield* sessions.create({ owner: `${settings.siteUrl}/` }))
  const cookie = `starpunk_session=${token}`
  const ask = (path: string, init: RequestInit = {}) =>
    Effect.promise(async () => {
      const headers = { accept: "text/html", cookie, ...Object.fromEntries(new Headers(init.headers)) }
      const response = await fetch(`${base}${path}`, { redirect: "manual", ...init, headers })
      return { status: response.status, headers: response.headers, body: await response.text() }
    })
  return { base, ask, token, context }
})

/** The same with the usual settings. */
export const editorServer = editorServerWith()
