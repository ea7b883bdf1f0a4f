import { expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { migrateWith } from "../../../layers/sql/schema/Migrator.js"
import { layerThread } from "../../../layers/sqlite/pool/SqlPool.js"
import { mediaUses } from "../../../layers/sqlite/schema/migrations/MediaUses.js"
import { migrations } from "../../../layers/sqlite/schema/migrations.js"
import { mediaUsesOf } from "../../../src/domain/posts/MediaUse.js"
import type { Properties } from "../../../src/domain/posts/Microformats.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"

const id = (digit: string) => digit.repeat(32)
const path = (digit: string) => `/media/${id(digit)}-800x600.jpg`

/** Properties of a post, and the files that they name with their descriptions. */
const posts: ReadonlyArray<readonly [Properties, Readonly<Record<string, string>>]> = [
  [{ content: ["no files, /media/ nor /media/123.jpg"] }, {}],
  [{ photo: [{ value: path("a"), alt: "A" }, path("b")] }, { [id("a")]: "A", [id("b")]: "" }],
  [
    { content: [`![C \\[1\\]](${path("c")} "t") and ![](https://me.example${path("d")}), again ${path("c")}`] },
    { [id("c")]: "C [1]", [id("d")]: "" }
  ],
  [
    { content: [{ html: `<img src="${path("e")}" alt="E">` }], video: [{ value: path("f"), alt: " F " }] },
    { [id("e")]: "", [id("f")]: "F" }
  ],
  [{ photo: [`/media/${id("9")}0-1x1.jpg`, `/media/${id("G")}.jpg`] }, {}]
]

it("finds the files that a post names, and their descriptions", () => {
  for (const [properties, uses] of posts) {
    expect(Object.fromEntries(mediaUsesOf(properties).map(({ alt, id }) => [id, alt]))).toEqual(uses)
  }
})

it("reads a long text with many pictures and unclosed brackets in linear time", () => {
  const long = mediaUsesOf({ content: [`${"![".repeat(200_000)}${`![x](${path("a")})`.repeat(1000)}`] })
  expect(long).toEqual([{ id: id("a"), alt: "x" }])
})

it.scoped("finds the files of posts that an older version stored", () =>
  Effect.gen(function* () {
    const database = yield* databasePath
    yield* Effect.gen(function* () {
      yield* migrateWith(migrations.slice(0, migrations.indexOf(mediaUses)))
      yield* fromOutside(database, (outside) => {
        const insert = outside.prepare(`INSERT INTO posts
          (slug, type, properties, status, visibility, published_at, created_at, updated_at)
          VALUES (?, 'h-entry', ?, 'published', 'public', 0, 0, 0)`)
        for (const [number, [properties]] of posts.entries()) insert.run(`p-${number}`, JSON.stringify(properties))
      })
      yield* migrateWith(migrations)
      const pool = yield* SqlPool
      const rows = yield* pool.read(
        (sql) => sql<{ post: number; id: string; alt: string | null }>`SELECT post_id AS post, media_id AS id, alt
          FROM media_uses ORDER BY media_id`
      )
      expect(rows.filter(({ post }) => post < 5).map(({ id, post }) => [post, id])).toEqual([
        [2, id("a")],
        [2, id("b")],
        [3, id("c")],
        [3, id("d")],
        [4, id("e")],
        [4, id("f")]
      ])
      expect(rows.filter(({ alt }) => alt !== null).map(({ alt }) => alt)).toEqual(["A", " F "])
    }).pipe(Effect.provide(layerThread({ path: database })), Effect.provide(layerSilent))
  })
)
