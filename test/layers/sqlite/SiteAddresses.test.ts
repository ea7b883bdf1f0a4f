import { describe, expect, layer } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import * as SqlSiteAddresses from "../../../layers/sql/stores/SiteAddresses.js"
import * as SqliteSearch from "../../../layers/sqlite/search/SearchEngine.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { Posts } from "../../../src/services/Posts.js"
import { SiteAddresses } from "../../../src/services/SiteAddresses.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { settings } from "../../fixtures/TestServer.js"

const site = Layer.mergeAll(SqlPosts.layer, SqlSiteAddresses.layer).pipe(
  Layer.provideMerge(SqliteSearch.layer),
  Layer.provideMerge(TestDatabase.database()),
  Layer.provide(Layer.merge(MemoryLogger.layerSilent, MemorySecureRandom.layer)),
  Layer.provide(
    Layer.succeed(Settings, { ...settings, formerUrls: ["https://former.example", "http://localhost:8000"] })
  )
)

const note = (photo: string) => ({
  type: "h-entry",
  properties: { photo: [photo] },
  status: "published" as const,
  visibility: "public" as const
})

describe("O5: addresses of the site in the database", () => {
  layer(site)((it) => {
    it.effect(
      "converts many stored posts once, leaves others alone, and later takes what comes in without a host",
      () =>
        Effect.gen(function* () {
          const posts = yield* Posts
          const pool = yield* SqlPool
          const addresses = yield* SiteAddresses
          // No record exists yet, as before the first start of this version.
          for (let index = 0; index < 300; index += 1) {
            yield* posts.create(
              note(`${["https://former.example", "https://me.example", "https://o.example"][index % 3]}/a.jpg`)
            )
          }
          yield* addresses.record
          expect(yield* addresses.history).toMatchObject({
            current: "https://me.example",
            first: "https://former.example"
          })
          expect(yield* addresses.convertPosts).toBe(200)
          expect(yield* addresses.convertPosts).toBe(0)
          const rows = yield* pool.read(
            (sql) => sql<{
              photo: string
              count: number
            }>`SELECT json_extract(properties, '$.photo[0]') AS photo, count(*) AS count
            FROM posts GROUP BY photo ORDER BY photo`
          )
          expect(rows).toEqual([
            { photo: "/a.jpg", count: 200 },
            { photo: "https://o.example/a.jpg", count: 100 }
          ])
          const { id, properties } = yield* posts.create(note("http://localhost:8000/b.jpg"))
          expect(properties.photo).toEqual(["/b.jpg"])
          const changed = yield* posts.update(id, (post) =>
            Either.right({ ...note("http://former.example/c.jpg"), type: post.type })
          )
          expect(changed.properties.photo).toEqual(["/c.jpg"])
        })
    )

    it.effect("gives every post a unique id, which a new slug does not change", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const one = yield* posts.create(note("/1.jpg"))
        const two = yield* posts.create(note("/2.jpg"))
        expect(one.feedId).toMatch(/^urn:uuid:/)
        expect(two.feedId).not.toBe(one.feedId)
        const renamed = yield* posts.update(one.id, () => Either.right({ ...note("/1.jpg"), wishedSlug: "renamed" }))
        expect(renamed).toMatchObject({ slug: "renamed", feedId: one.feedId })
      })
    )
  })
})
