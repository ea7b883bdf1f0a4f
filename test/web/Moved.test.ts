import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as Testing from "../../layers/Testing.js"
import type { MovedPost } from "../../src/domain/archive/MovedPost.js"
import { Slug } from "../../src/domain/posts/Slug.js"
import { OldAddresses } from "../../src/services/OldAddresses.js"
import { PostTransfer } from "../../src/services/PostTransfer.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import * as Blog from "../../src/web/blog/Routes.js"
import * as Feeds from "../../src/web/feeds/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as Moved from "../../src/web/moved/Routes.js"
import { ask } from "../fixtures/TestServer.js"

const site = () => Testing.site(serve(Layer.mergeAll(Blog.routes, Feeds.routes, Moved.routes)), { pool: "worker" })

const post = (slug: string, more: Partial<MovedPost>): MovedPost => ({
  slug: Slug.make(slug),
  type: "h-entry",
  properties: { content: [slug] },
  status: "published",
  visibility: "public",
  publishedAt: 5,
  createdAt: 5,
  updatedAt: 5,
  formerSlugs: [],
  ...more
})

const bring = (posts: ReadonlyArray<MovedPost>) =>
  Effect.flatMap(PostTransfer, ({ arrive }) => arrive(posts.map((post) => ({ post, publishedIsGuess: false }))))

const way = (path: string, init?: RequestInit) =>
  Effect.map(ask(path, init), ({ headers, status }) => [status, headers.get("location")] as const)

describe("I2: addresses of the old site", () => {
  it.live("redirect to the post in every spelling, and never to a hidden post", () =>
    Effect.gen(function* () {
      yield* bring([
        post("hello", {
          oldAddresses: [
            "/2020/01/02/Hello",
            "/café/crème",
            "/search",
            "/feed",
            "/notes/Old Name",
            "/notes/draft",
            "/notes/other",
            "/auth/x"
          ]
        }),
        post("other", { oldAddresses: ["/2020/01/02/hello", "/100%"] }),
        post("draft", { status: "draft", oldAddresses: ["/draft-way"] }),
        post("private", { visibility: "private", oldAddresses: ["/private-way"] }),
        post("unlisted", { visibility: "unlisted", oldAddresses: ["/unlisted-way"] }),
        post("later", { publishedAt: 4_000_000_000_000, oldAddresses: ["/later-way"] }),
        post("gone", { deletedAt: 9, oldAddresses: ["/gone-way"] }),
        post("gone-draft", { deletedAt: 9, status: "draft", oldAddresses: ["/gone-draft-way"] })
      ])
      for (const path of [
        "/2020/01/02/Hello",
        "/2020/01/02/Hello/",
        "/2020/01/02/Hello/index.html",
        "/2020/01/02/Hello.html?utm_source=x",
        "/2020/01/02/HELLO",
        "/2020//01/02/Hello",
        "/caf%C3%A9/cr%C3%A8me/",
        "/CAF%C3%89/cre%CC%80me"
      ])
        expect(yield* way(path), path).toEqual([301, "/notes/hello"])
      expect(yield* way("/2020/01/02/hello/")).toEqual([301, "/notes/other"])
      expect(yield* way("/100%25")).toEqual([301, "/notes/other"])
      expect(yield* way("/2020/01/02/Hello", { method: "HEAD" })).toEqual([301, "/notes/hello"])
      expect(yield* way("/notes/Old%20Name/")).toEqual([301, "/notes/hello"])
      expect((yield* ask("/notes/other")).status).toBe(200)
      expect(yield* way("/unlisted-way")).toEqual([301, "/notes/unlisted"])
      for (const hidden of ["/draft-way", "/private-way", "/later-way", "/gone-draft-way", "/nowhere"])
        expect(yield* way(hidden), hidden).toEqual([404, null])
      expect(yield* way("/gone-way")).toEqual([410, null])
      expect((yield* ask("/2020/01/02/Hello", { method: "POST" })).status).toBe(404)
    }).pipe(Effect.provide(site()))
  )

  it.live("never take an address that a route owns", () =>
    Effect.gen(function* () {
      yield* bring([
        post("hello", { oldAddresses: ["/feed", "/feed.rss", "/robots.txt", "/tag/a", "/notes/other"] }),
        post("other", {})
      ])
      expect((yield* ask("/feed.rss")).status).toBe(200)
      expect((yield* ask("/robots.txt")).status).toBe(200)
      expect((yield* ask("/notes/other")).status).toBe(200)
      expect((yield* ask("/tag/a")).status).toBe(404)
      expect((yield* ask("/feed.rss", { method: "DELETE" })).status).toBe(405)
    }).pipe(Effect.provide(site()))
  )

  it.live("of feeds redirect to the feeds here, unless another page had them", () =>
    Effect.gen(function* () {
      yield* bring([post("index", { oldAddresses: ["/blog/index.xml"] })])
      expect(yield* way("/index.xml")).toEqual([301, "/feed.rss"])
      expect(yield* way("/atom.xml")).toEqual([301, "/feed.atom"])
      expect((yield* ask("/feed/")).status).toBe(200)
      expect(yield* way("/tags/Big%20Birds/index.xml")).toEqual([301, "/tag/big%20birds/feed.rss"])
      expect(yield* way("/blog/index.xml")).toEqual([301, "/notes/index"])
    }).pipe(Effect.provide(site()))
  )

  it.live("of pictures redirect to the media file, until it is removed", () =>
    Effect.gen(function* () {
      const pool = yield* SqlPool
      const addresses = yield* OldAddresses
      const id = "0123456789abcdef0123456789abcdef"
      const name = `${id}-40x30.jpg`
      yield* pool.write((sql) => sql`INSERT INTO media ${sql.insert({ id, name, byte_length: 1, uploaded_at: 1 })}`)
      yield* addresses.keepMedia([{ path: "/assets/Bird.jpg", mediaId: id }])
      yield* addresses.keepMedia([{ path: "/assets/Bird.jpg", mediaId: id }])
      expect(yield* way("/assets/bird.jpg")).toEqual([301, `/media/${name}`])
      expect(yield* addresses.placesOf(["/assets/BIRD.jpg", "/none"])).toEqual(
        new Map([["/assets/bird.jpg", `/media/${name}`]])
      )
      yield* pool.write((sql) => sql`DELETE FROM media WHERE id = ${id}`)
      expect(yield* way("/assets/bird.jpg")).toEqual([404, null])
    }).pipe(Effect.provide(site()))
  )
})
