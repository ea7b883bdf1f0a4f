import { Statement } from "@effect/sql"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, TestClock } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as Renderer from "../../../layers/memory/Renderer.js"
import { migrateWith } from "../../../layers/sql/schema/Migrator.js"
import * as PostArchiveStore from "../../../layers/sql/stores/PostArchive.js"
import { queriesOf } from "../../../layers/sql/stores/PostQueries.js"
import { layerThread } from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { postStructure } from "../../../layers/sqlite/schema/migrations/PostStructure.js"
import { migrations } from "../../../layers/sqlite/schema/migrations.js"
import { monthOf } from "../../../src/domain/posts/CalendarMonth.js"
import { timeZone, utc } from "../../../src/domain/TimeZone.js"
import { PostArchive } from "../../../src/services/PostArchive.js"
import { Renderer as RendererService } from "../../../src/services/Renderer.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"

const now = Date.UTC(2026, 10, 30)

const services = (path: string) =>
  PostArchiveStore.layer.pipe(
    Layer.provideMerge(layerThread({ path })),
    Layer.provideMerge(Layer.merge(layerSilent, Renderer.layer))
  )

const insertion = `INSERT INTO posts
  (slug, type, properties, status, visibility, published_at, created_at, updated_at, feed_id, kind, deleted_at)
  VALUES (?, 'h-entry', ?, ?, ?, ?, 0, 0, ?, ?, ?)`

describe("the kinds of stored posts", () => {
  it.scoped("are found in their properties when a database is migrated", () =>
    Effect.gen(function* () {
      const path = yield* databasePath
      const posts: ReadonlyArray<readonly [kind: string, properties: object, opening?: string, type?: string]> = [
        ["note", { content: ["x"] }],
        ["article", { name: ["A name"], content: ["x"] }, "A text"],
        ["note", { name: ["A  text"], content: ["x"] }, "A\ntext and more"],
        ["note", { name: ["A text"], summary: ["A text and more"] }],
        ["article", { name: ["A text"], summary: ["More"] }],
        ["reply", { "in-reply-to": ["https://a.example"], name: ["Re"] }],
        ["rsvp", { "in-reply-to": ["https://a.example"], rsvp: ["yes"] }],
        ["photo", { photo: [{ value: "/x.jpg" }], name: ["A name"] }],
        ["like", { "like-of": [{ type: ["h-cite"], properties: { url: ["https://a.example"] } }] }],
        ["checkin", { checkin: ["https://a.example"], photo: ["/x.jpg"] }],
        ["event", { name: ["Party"], start: ["2026-11-30"] }, "", "h-event"],
        ["page", { name: ["About"], "post-type": ["page"] }]
      ]
      yield* TestClock.setTime(now)
      yield* Effect.gen(function* () {
        yield* migrateWith(migrations.slice(0, migrations.indexOf(postStructure)))
        yield* fromOutside(path, (database) => {
          const insert = database.prepare(`INSERT INTO posts
            (slug, type, properties, status, visibility, published_at, created_at, updated_at, feed_id)
            VALUES (?, ?, ?, 'published', 'public', ?, 0, 0, ?)`)
          const render = database.prepare("INSERT INTO post_renderings VALUES (?, 4, 'rendered', 1, ?, '{}', '', '')")
          for (const [number, [, properties, opening, type = "h-entry"]] of posts.entries()) {
            const { lastInsertRowid } = insert.run(
              `p-${number}`,
              type,
              JSON.stringify(properties),
              number,
              `urn:${number}`
            )
            if (opening !== undefined) render.run(lastInsertRowid, opening)
          }
        })
        yield* migrateWith(migrations)
        const pool = yield* SqlPool
        const rows = yield* pool.read((sql) => sql<{ kind: string }>`SELECT kind FROM posts ORDER BY id`)
        expect(rows.map(({ kind }) => kind)).toEqual(posts.map(([kind]) => kind))
        const counts = yield* (yield* PostArchive).kinds
        expect(Object.fromEntries(counts)).toEqual({
          ...{ note: 3, article: 2, reply: 1, rsvp: 1, photo: 1, like: 1, checkin: 1, event: 1 }
        })
      }).pipe(Effect.provide(services(path)))
    })
  )
})

describe("the counts of months", () => {
  it.scoped("equal the posts, whatever was done to them", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const path = yield* databasePath
      // The same numbers in every run.
      let seed = 7
      const random = (below: number) => {
        seed = (seed * 48_271) % 2_147_483_647
        return seed % below
      }
      const anyOf = <A>(...values: ReadonlyArray<A>) => values[random(values.length)]
      const when = () =>
        anyOf(
          now - random(40) * 86_400_000 * 7,
          now + random(1e9),
          -random(1e13),
          Date.UTC(2026, random(12), 1) + random(50_000_000) - 25_000_000
        )
      yield* Effect.gen(function* () {
        yield* migrate
        const archive = yield* PostArchive
        yield* fromOutside(path, (database) => {
          const insert = database.prepare(insertion)
          for (let number = 0; number < 400; number += 1) {
            insert.run(
              ...[`p-${number}`, "{}", anyOf("published", "published", "draft"), anyOf("public", "public", "unlisted")],
              ...[when(), `urn:${number}`, anyOf("note", "article", "page"), anyOf(null, null, null, 5)]
            )
          }
          for (let number = 0; number < 400; number += 1) {
            const id = 1 + random(400)
            database
              .prepare(
                anyOf(
                  "UPDATE posts SET status = 'published' WHERE id = ?",
                  "UPDATE posts SET visibility = 'private' WHERE id = ?",
                  "UPDATE posts SET deleted_at = 1 WHERE id = ?",
                  "UPDATE posts SET deleted_at = NULL, kind = 'photo' WHERE id = ?",
                  `UPDATE posts SET published_at = ${when()} WHERE id = ?`,
                  "DELETE FROM posts WHERE id = ?"
                ) ?? ""
              )
              .run(id)
          }
        })
        const stored = yield* fromOutside(path, (database) =>
          database
            .prepare(
              "SELECT kind, published_at AS at FROM posts WHERE status = 'published' AND visibility = 'public' AND deleted_at IS NULL AND kind <> 'page' AND published_at <= ?"
            )
            .all(now)
        )
        for (const zone of [utc, timeZone("America/New_York"), timeZone("Asia/Kathmandu"), timeZone("Pacific/Apia")]) {
          const expected = new Map<string, number>()
          for (const { at, kind } of stored as ReadonlyArray<{ at: number; kind: string }>) {
            const { month, year } = monthOf(at, zone)
            const key = `${kind} ${year}-${month}`
            expected.set(key, 1 + (expected.get(key) ?? 0))
          }
          const counted = (yield* archive.months(zone)).map(
            ({ count, kind, month, year }) => [`${kind} ${year}-${month}`, count] as const
          )
          expect(new Map(counted), zone.name).toEqual(expected)
        }
        const { kinds } = archive
        const totals = Object.fromEntries(yield* kinds)
        for (const kind of ["note", "article", "photo"]) {
          expect(totals[kind]).toBe(
            (stored as ReadonlyArray<{ kind: string }>).filter((each) => each.kind === kind).length
          )
        }
      }).pipe(Effect.provide(services(path)))
    })
  )
})

describe("lists of a site with 100,000 posts", () => {
  it.scopedLive("walk an index and end at the page's last post", () =>
    Effect.gen(function* () {
      const path = yield* databasePath
      yield* Effect.gen(function* () {
        yield* migrate
        yield* fromOutside(path, (database) => {
          database.exec(`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
            INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at, feed_id, kind)
            SELECT 'p-' || n, 'h-entry', '{"content":["x"]}', 'published', 'public', 1000000000000 + n * 3600000, 0, 0, 'urn:' || n,
              CASE WHEN n % 1000 = 0 THEN 'article' WHEN n % 5000 = 1 THEN 'photo' ELSE 'like' END FROM numbers`)
        })
        const pool = yield* SqlPool
        const posts = queriesOf(pool, yield* RendererService)
        const archive = yield* PostArchive
        const zone = timeZone("Europe/Berlin")
        const cursor = { publishedAt: 1_000_000_000_000 + 50_000 * 3_600_000, id: 50_000 }
        const lists = {
          home: posts.overview({ limit: 20 }),
          "home of some kinds": posts.overview({ kinds: ["article", "photo"], limit: 20 }),
          "its second page": posts.overview({ kinds: ["article", "photo"], limit: 20, before: cursor }),
          "newer of some kinds": posts.overview({ kinds: ["article", "photo"], limit: 20, after: cursor }),
          articles: posts.overview({ kinds: ["article"], limit: 20, before: cursor }),
          "feed of articles": posts.listPublic({ kinds: ["article"], limit: 50 }),
          month: posts.overview({ since: cursor.publishedAt, until: cursor.publishedAt + 2_592_000_000, limit: 100 }),
          pinned: posts.overview({ pinned: true, limit: 3 }),
          months: archive.months(zone),
          kinds: archive.kinds,
          sitemap: archive.mapped({ after: 50_000, last: 55_000, limit: 1_000 })
        } as const
        for (const [name, list] of Object.entries(lists)) {
          const asked: Array<ReturnType<Statement.Statement<unknown>["compile"]>> = []
          const found = yield* Statement.withTransformer(list as Effect.Effect<unknown>, (statement) =>
            Effect.sync(() => {
              asked.push(statement.compile())
              return statement
            })
          )
          if (name !== "pinned")
            expect([name, JSON.stringify(found).length > 50 || found]).toEqual([
              name,
              name === "kinds" ? expect.any(Map) : true
            ])
          const plan = yield* pool.read((sql) =>
            Effect.forEach(asked, ([text, params]) =>
              sql.unsafe<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, params)
            )
          )
          const steps = plan.flat().map(({ detail }) => detail)
          expect([name, steps.length > 0]).toEqual([name, true])
          expect([name, steps.filter((step) => /SCAN posts /.test(step))]).toEqual([name, []])
          const onPosts = steps.filter((step) => /(?:SEARCH|SCAN) posts /.test(step))
          expect([
            name,
            onPosts.filter((step) => !/USING (?:COVERING )?INDEX posts_|USING INTEGER PRIMARY KEY/.test(step))
          ]).toEqual([name, []])
        }
      }).pipe(Effect.provide(services(path)))
    })
  )
})
