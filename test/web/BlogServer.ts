import { HttpServer } from "@effect/platform"
import { Effect, Layer } from "effect"
import * as MemoryMedia from "../../layers/memory/MediaStore.js"
import { layerOf } from "../../layers/memory/Posts.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import * as MemorySiteAddresses from "../../layers/memory/SiteAddresses.js"
import type { Post } from "../../src/domain/posts/Post.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import * as Assets from "../../src/web/assets/Routes.js"
import * as Blog from "../../src/web/blog/Routes.js"
import * as Feeds from "../../src/web/feeds/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { settings as serverSettings, testServer } from "./http/TestServer.js"

/** A site whose address is not where the test server listens: what is absolute must come from here, not from the request. */
export const settings: SettingsValues = {
  ...serverSettings,
  siteUrl: "https://me.example",
  siteName: "Margins & Stars",
  siteDescription: "Notes from the edge of the page",
  siteAuthor: "Ada Example"
}

const media = MemoryMedia.layerOf(1_048_576).pipe(Layer.provide(MemorySecureRandom.layer))

/** Serves the blog with these posts on a free port; answers how to ask it. Ends with the scope. */
export const blogServer = (posts: ReadonlyArray<Post>, overrides: Partial<SettingsValues> = {}) =>
  Effect.gen(function* () {
    const routes = Layer.mergeAll(Blog.routes, Feeds.routes, Assets.routes).pipe(
      Layer.provide(Layer.mergeAll(layerOf(posts), MemorySiteAddresses.layer, media)),
      Layer.provide(Layer.succeed(Settings, { ...settings, ...overrides }))
    )
    const server = yield* Layer.build(testServer(serve(routes)))
    const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), server)
    const get = (path: string, init?: RequestInit) =>
      Effect.promise(() => fetch(`${base}${path}`, { redirect: "manual", ...init }))
    const text = (path: string, init?: RequestInit) =>
      Effect.flatMap(get(path, init), (response) => Effect.promise(() => response.text()))
    return { base, get, text }
  })
