import { describe, expect, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { migrateWith } from "../../../layers/sql/schema/Migrator.js"
import { layerThread } from "../../../layers/sqlite/pool/SqlPool.js"
import { peopleAreNoTags } from "../../../layers/sqlite/schema/migrations/PeopleAreNoTags.js"
import { migrations } from "../../../layers/sqlite/schema/migrations.js"
import { formOf } from "../../../src/domain/editor/PostForm.js"
import { changeOf } from "../../../src/domain/editor/PostFormChange.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"
import { client, micropubSite, shown } from "../../fixtures/MicropubSite.js"
import { post } from "../../fixtures/SamplePost.js"
import { ask } from "../../fixtures/TestServer.js"

/** As OwnYourSwarm sends whom somebody checked in with. */
const sam = {
  type: ["h-card"],
  properties: { url: ["https://sam.example/", "https://foursquare.com/user/1"], name: ["Sam"] },
  value: "https://sam.example/"
}
const nameless = { type: ["h-card"], properties: { url: ["https://kim.example/"] } }
const merelyNamed = { type: ["h-card"], properties: { name: ["Lou"] }, value: "Lou" }

layer(micropubSite())((it) => {
  describe("C8: people among the tags", () => {
    it.effect("are shown by their names, and are no tags", () =>
      Effect.gen(function* () {
        const { create, query } = yield* client()
        const url = yield* create({
          content: ["At the pond"],
          category: ["ponds", sam, nameless, merelyNamed, "https://ann.example/"]
        })
        const { html, properties } = yield* shown(url)
        expect(properties.category).toMatchObject([
          "ponds",
          { type: ["h-card"], properties: { name: ["Sam"], url: ["https://sam.example/"] } },
          { type: ["h-card"], properties: { url: ["https://kim.example/"] } },
          { type: ["h-card"], properties: { name: ["Lou"] } },
          { type: ["h-card"], properties: { url: ["https://ann.example/"] } }
        ])
        expect(html).not.toContain("/tag/http")
        expect(html).not.toContain("/tag/lou")
        const [item] = JSON.parse((yield* ask("/tag/ponds/feed.json")).body).items
        expect(item.tags).toEqual(["ponds"])
        for (const words of ["Sam", "https://sam.example/", "Lou"]) expect(item.content_html).toContain(words)
        expect((yield* ask("/tag/ponds")).body).toContain("https://sam.example/")
        expect((yield* ask("/tag/lou")).status).toBe(404)
        expect(JSON.parse((yield* query("q=category")).body).categories).toEqual(["ponds"])
        expect(JSON.parse((yield* ask("/api/search?q=lou")).body).total).toBe(1)
      })
    )

    it.effect("are kept when a client adds and deletes other tags", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const url = yield* create({ content: ["x"], category: ["a", sam, "b"] })
        yield* json({ action: "update", url, add: { category: ["c"] } })
        yield* json({ action: "update", url, delete: { category: ["a"] } })
        expect((yield* source(url)).properties.category).toEqual([sam, "b", "c"])
        yield* json({ action: "update", url, delete: { category: [sam] } })
        expect((yield* source(url)).properties.category).toEqual(["b", "c"])
      })
    )

    it("are kept when other tags are edited in the browser", () => {
      const base = post({ properties: { content: ["x"], category: ["a", sam, merelyNamed, "https://ann.example/"] } })
      expect(formOf(base).category).toBe("a")
      const edited = changeOf({ ...formOf(base), category: "a, new" }, base, 0).post
      expect(edited.properties.category).toEqual(["a", "new", sam, merelyNamed, "https://ann.example/"])
      const emptied = changeOf({ ...formOf(base), category: "" }, base, 0).post
      expect(emptied.properties.category).toEqual([sam, merelyNamed, "https://ann.example/"])
    })
  })
})

describe("C8: people who are tags in an older database", () => {
  it.scoped("are removed from the tags, and stay with their posts", () =>
    Effect.gen(function* () {
      const path = yield* databasePath
      const place = migrations.indexOf(peopleAreNoTags)
      yield* Effect.gen(function* () {
        yield* migrateWith(migrations.slice(0, place))
        const categories = ["a", sam, merelyNamed, "Pat", { type: ["h-card"], value: "Pat" }, "https://ann.example/"]
        const properties = JSON.stringify({ content: ["x"], category: categories })
        yield* fromOutside(path, (database) => {
          database
            .prepare(`INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
              VALUES ('a', 'h-entry', ?, 'published', 'public', 0, 0, 0)`)
            .run(properties)
          const tag = database.prepare(
            "INSERT INTO post_tags (post_id, tag, label, position, published_at) VALUES (1, ?, ?, ?, 0)"
          )
          for (const [position, label] of [
            "a",
            "https://sam.example/",
            "Lou",
            "Pat",
            "https://ann.example/"
          ].entries()) {
            tag.run(label.toLowerCase(), label, position)
          }
        })
        yield* migrateWith(migrations)
        const pool = yield* SqlPool
        const tags = yield* pool.read((sql) => sql`SELECT label FROM post_tags ORDER BY position`)
        expect(tags).toEqual([{ label: "a" }, { label: "Pat" }])
        expect(yield* pool.read((sql) => sql`SELECT properties FROM posts`)).toEqual([{ properties }])
      }).pipe(Effect.provide(layerThread({ path })), Effect.provide(layerSilent))
    })
  )
})
