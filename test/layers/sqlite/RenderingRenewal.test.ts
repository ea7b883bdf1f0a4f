import { pathToFileURL } from "node:url"
import { expect, it } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { siteValues } from "../../../layers/memory/Settings.js"
import * as Renderer from "../../../layers/rendering/Renderer.js"
import { siteLanguage } from "../../../layers/rendering/SiteLanguage.js"
import * as PostsStore from "../../../layers/sql/stores/Posts.js"
import * as RenderingRenewal from "../../../layers/sql/stores/RenderingRenewal.js"
import * as SiteSettingsStore from "../../../layers/sql/stores/SiteSettings.js"
import * as SqlPoolLayer from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import * as Search from "../../../layers/sqlite/search/SearchEngine.js"
import { PostRenderings } from "../../../src/services/PostRenderings.js"
import { Posts } from "../../../src/services/Posts.js"
import { SiteSettings } from "../../../src/services/SiteSettings.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { databasePath } from "../../fixtures/Database.js"

/** The renderer of the server; no post here is long enough for its thread. */
const renderer = Layer.unwrapEffect(
  Effect.map(siteLanguage, (language) => Renderer.layerWith(pathToFileURL("dist/renderer.js"), undefined, language))
)

const services = (path: string, settings: Partial<typeof siteValues> = {}) =>
  Layer.mergeAll(PostsStore.layer, RenderingRenewal.layer).pipe(
    Layer.provideMerge(Search.layer),
    Layer.provideMerge(renderer),
    Layer.provideMerge(SiteSettingsStore.layer),
    Layer.provideMerge(Layer.tap(SqlPoolLayer.layerThread({ path }), (context) => Effect.provide(migrate, context))),
    Layer.provideMerge(Layer.merge(layerSilent, Layer.succeed(Settings, { ...siteValues, ...settings })))
  )

const post = (content: string, lang?: string) =>
  ({
    type: "h-entry",
    status: "published",
    visibility: "public",
    properties: { content: [content], ...(lang !== undefined && { lang: [lang] }) }
  }) as const

const htmlOf = (id: number) =>
  Effect.map(
    Effect.flatMap(Posts, (posts) => posts.byId(id)),
    (found) => Option.getOrThrow(found).rendering.html
  )

it.scoped("renews the quotes of stored renderings when the site's language changes, and nothing else", () =>
  Effect.gen(function* () {
    const path = yield* databasePath
    yield* Effect.gen(function* () {
      const posts = yield* Posts
      const site = yield* SiteSettings
      const { renew } = yield* PostRenderings
      const { id } = yield* posts.create(post(`"It's"`))
      const own = yield* posts.create(post(`"It's"`, "es"))
      yield* posts.create(post("without"))
      expect(yield* htmlOf(id)).toBe("<p>“It’s”</p>")
      expect(yield* htmlOf(own.id)).toBe("<p>«It’s»</p>")
      expect(yield* renew).toBe(0)

      yield* site.change("site", 0, { name: "", tagline: "", timeZone: "", language: "fr" })
      const changes = Effect.flatMap(SqlPool, (pool) => pool.read((sql) => sql`SELECT count FROM post_changes`))
      const before = yield* changes
      expect(yield* renew).toBe(1)
      // Cached pages are outdated.
      expect(yield* changes).not.toEqual(before)
      expect(yield* htmlOf(id)).toBe("<p>«\u202FIt’s\u202F»</p>")
      expect(yield* htmlOf(own.id)).toBe("<p>«It’s»</p>")
      expect(yield* renew).toBe(0)
      // The convention is the same.
      yield* site.change("site", 1, { name: "", tagline: "", timeZone: "", language: "fr-CA" })
      expect(yield* renew).toBe(0)
      expect((yield* posts.create(post(`"new"`))).rendering.html).toBe("<p>«\u202Fnew\u202F»</p>")
    }).pipe(Effect.provide(services(path)))
    // The environment chooses another language at the next start.
    yield* Effect.gen(function* () {
      const { renew } = yield* PostRenderings
      expect(yield* renew).toBe(2)
      expect(yield* htmlOf(1)).toBe("<p>„It’s“</p>")
    }).pipe(Effect.provide(services(path, { siteLanguage: Option.some("de") })))
  })
)
