import { readFileSync } from "node:fs"
import { HttpServer } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Chunk, Effect, Either, Layer, Option, Schema, Stream } from "effect"
import * as Testing from "../../layers/Testing.js"
import { isReservedPage } from "../../src/domain/posts/PagePath.js"
import type { NewPost } from "../../src/domain/posts/Post.js"
import { kinds } from "../../src/domain/posts/PostKind.js"
import { Slug } from "../../src/domain/posts/Slug.js"
import { Posts } from "../../src/services/Posts.js"
import { PostTransfer } from "../../src/services/PostTransfer.js"
import { SiteSettings } from "../../src/services/SiteSettings.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import * as Blog from "../../src/web/blog/Routes.js"
import * as Feeds from "../../src/web/feeds/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as Moved from "../../src/web/moved/Routes.js"
import * as Search from "../../src/web/search/Routes.js"
import { settings } from "../fixtures/BlogServer.js"

const site = Effect.gen(function* () {
  const routes = Layer.mergeAll(Blog.routes, Feeds.routes, Search.routes, Moved.routes)
  const context = yield* Layer.build(Testing.site(serve(routes), { settings }))
  const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), context)
  const get = (path: string) => Effect.promise(() => fetch(`${base}${path}`, { redirect: "manual" }))
  const text = (path: string) => Effect.flatMap(get(path), (response) => Effect.promise(() => response.text()))
  const posts = yield* Effect.provide(Posts, context)
  const pool = yield* Effect.provide(SqlPool, context)
  const create = (more: object = {}, properties: object = {}) =>
    posts.create({
      type: "h-entry",
      properties: { "post-type": ["page"], name: ["About me"], content: ["I bake herons."], ...properties },
      status: "published",
      visibility: "public",
      ...more
    })
  const settingsOfSite = yield* Effect.provide(SiteSettings, context)
  const transfer = yield* Effect.provide(PostTransfer, context)
  return { change: settingsOfSite.change, create, get, pool, posts, text, transfer }
})

const taken = (path: string, by: string, free: string) => ({ _tag: "PagePathTaken", path, by, free })

describe("pages of the site", () => {
  it.scopedLive("are at an address of one segment, and in search, but in no list and no feed", () =>
    Effect.gen(function* () {
      const { create, get, posts, text } = yield* site
      yield* create({ wishedSlug: "about" })
      yield* posts.create({
        type: "h-entry",
        properties: { content: ["A note"] },
        status: "published",
        visibility: "public"
      })
      const html = yield* text("/about")
      expect(html).toContain('<h1 class="p-name" dir="auto">About me</h1>')
      expect(html).toContain('<link rel="canonical" href="https://me.example/about"/>')
      for (const path of ["/", "/archive", "/notes", "/feed.rss", "/feed.json", "/notes/feed.atom"]) {
        expect(yield* text(path), path).not.toContain("About me")
      }
      expect((yield* get("/articles")).status).toBe(404)
      expect(yield* text("/archive")).toContain("1 post since")
      expect(yield* text("/search?q=herons")).toContain('href="/about"')
      expect(yield* text("/api/search?q=herons")).toContain("https://me.example/about")
      expect((yield* get("/notes/about")).headers.get("location")).toBe("/about")
    })
  )

  it.scopedLive("behave as posts do while they are drafts, private, unlisted, scheduled or deleted", () =>
    Effect.gen(function* () {
      const { create, get, posts, text } = yield* site
      yield* create({ wishedSlug: "draft", status: "draft" })
      yield* create({ wishedSlug: "private", visibility: "private" })
      yield* create({ wishedSlug: "later", publishedAt: Date.now() + 3_600_000 })
      for (const path of ["/draft", "/private", "/later", "/nowhere"]) expect((yield* get(path)).status).toBe(404)
      yield* create({ wishedSlug: "hidden", visibility: "unlisted" })
      expect((yield* get("/hidden")).headers.get("x-robots-tag")).toBe("noindex")
      expect(yield* text("/hidden")).toContain('<meta name="robots" content="noindex"/>')
      const { id } = yield* create({ wishedSlug: "gone" })
      yield* posts.delete(id)
      expect((yield* get("/gone")).status).toBe(410)
      yield* posts.restore(id)
      expect((yield* get("/gone")).status).toBe(200)
    })
  )

  it.scopedLive("keep their former addresses, as pages and as posts", () =>
    Effect.gen(function* () {
      const { create, get, posts } = yield* site
      const page = yield* create({ wishedSlug: "about" })
      const change = (wanted: object) => posts.update(page.id, (post) => Either.right({ ...post, ...wanted }))
      yield* change({ wishedSlug: "me" })
      expect((yield* get("/about")).headers.get("location")).toBe("/me")
      expect((yield* get("/notes/about")).headers.get("location")).toBe("/me")
      yield* change({ properties: { content: ["A note now"] } })
      expect((yield* get("/me")).headers.get("location")).toBe("/notes/me")
      expect((yield* get("/about")).headers.get("location")).toBe("/notes/me")
      expect((yield* get("/notes/me")).status).toBe(200)
    })
  )

  it.scopedLive("are refused an address that belongs to something else, with another one that is free", () =>
    Effect.gen(function* () {
      const { create, get, pool, posts } = yield* site
      const note = yield* posts.create({
        ...{ type: "h-entry", properties: { content: ["x"] }, status: "published", visibility: "public" },
        wishedSlug: "hello"
      })
      yield* pool.write(
        (sql) =>
          sql`INSERT INTO old_addresses ${sql.insert({ path: "/Projects", folded: "/projects", post_id: note.id })}`
      )
      expect(yield* Effect.flip(create({ wishedSlug: "search" }))).toMatchObject(taken("/search", "site", "/search-2"))
      expect(yield* Effect.flip(create({ wishedSlug: "Photos" }))).toMatchObject(taken("/photos", "site", "/photos-2"))
      expect(yield* Effect.flip(create({ wishedSlug: "rss" }))).toMatchObject(taken("/rss", "site", "/rss-2"))
      expect(yield* Effect.flip(create({ wishedSlug: "hello" }))).toMatchObject(taken("/hello", "post", "/hello-2"))
      expect(yield* Effect.flip(create({ wishedSlug: "projects" }))).toMatchObject(
        taken("/projects", "former", "/projects-2")
      )
      expect((yield* get("/projects")).headers.get("location")).toBe("/notes/hello")
      // Nothing was stored, and a name that is not asked for as an address gets a number.
      expect((yield* create({}, { name: ["Search"] })).slug).toBe("search-2")
      expect((yield* create({}, { name: ["Search"] })).slug).toBe("search-3")
      const { id, slug } = yield* create({ wishedSlug: "mine" })
      const refused = yield* Effect.flip(posts.update(id, (post) => Either.right({ ...post, wishedSlug: "archive" })))
      expect(refused).toMatchObject(taken("/archive", "site", "/archive-2"))
      expect((yield* posts.bySlug(slug)).pipe(Option.map((post) => post.id))).toEqual(Option.some(id))
      // The note at its old address may become a page there.
      const moved = yield* posts.update(note.id, (post) =>
        Either.right({ ...post, properties: { ...post.properties, "post-type": ["page"] }, wishedSlug: "projects" })
      )
      expect(moved.slug).toBe("projects")
      expect((yield* get("/projects")).status).toBe(200)
      expect((yield* get("/hello")).headers.get("location")).toBe("/projects")
    })
  )

  it.scopedLive("move between sites", () =>
    Effect.gen(function* () {
      const from = yield* site
      yield* from.create({ wishedSlug: "about" })
      const leaving = Chunk.toReadonlyArray(yield* Stream.runCollect(from.transfer.all))
      const { get, text, transfer } = yield* site
      // The second site has more routes than the first: a page there has the address of a post.
      const posts = [...leaving, ...leaving.map((post) => ({ ...post, slug: Slug.make("archive"), feedId: "urn:2" }))]
      const arrivals = yield* transfer.arrive(posts.map((post) => ({ post, publishedIsGuess: false })))
      expect(arrivals).toEqual(["stored", "stored"])
      expect(yield* text("/about")).toContain("I bake herons.")
      expect(yield* text("/notes/archive")).toContain("I bake herons.")
      expect((yield* get("/archive")).status).toBe(404)
    })
  )

  it.scopedLive("never share an address after concurrent requests", () =>
    Effect.gen(function* () {
      const { create } = yield* site
      const outcomes = yield* Effect.all(
        Array.from({ length: 8 }, () => Effect.either(create({ wishedSlug: "now" }))),
        { concurrency: "unbounded" }
      )
      expect(outcomes.filter(Either.isRight)).toHaveLength(1)
    })
  )

  it("may not have the first segment of any route", () => {
    // The document is generated from the routes, and checked to be up to date.
    const document = readFileSync(new URL("../../docs/routes.md", import.meta.url), "utf8")
    const segments = new Set([...document.matchAll(/^\| `[A-Z]+ \/([^/`]*)/gm)].map(([, segment]) => segment ?? ""))
    for (const segment of segments) {
      if (Schema.is(Slug)(segment)) expect([segment, isReservedPage(segment)]).toEqual([segment, true])
    }
    expect(segments.size).toBeGreaterThan(20)
  })
})

describe("the owner's choices", () => {
  it.scopedLive("decide about the menu, and which kinds the home page lists", () =>
    Effect.gen(function* () {
      const { change, posts, text } = yield* site
      const add = (properties: NewPost["properties"]) =>
        posts.create({ type: "h-entry", properties, status: "published", visibility: "public" })
      for (const number of [1, 2, 3]) {
        yield* add({ content: [`Note ${number}`] })
        yield* add({ "like-of": [`https://other.example/${number}`] })
        yield* add({ name: [`Title ${number}`], content: ["x"] })
      }
      expect(yield* text("/")).toContain("https://other.example/1")
      yield* change("home", 0, { hidden: ["like", "note"] })
      yield* change("menu", 0, { items: [{ label: "About me", href: "/about" }] })
      const html = yield* text("/")
      expect(html).not.toContain("https://other.example/1")
      expect([html.includes("Note 1"), html.includes("Title 1"), html.includes("Title 3")]).toEqual([false, true, true])
      expect(html).toContain('<a href="/about" dir="auto">About me</a>')
      expect(html).not.toContain('href="/articles"')
      yield* change("home", 1, { hidden: [...kinds] })
      expect(yield* text("/")).toContain("Nothing on this page")
    })
  )

  it.scopedLive("publish a security contact if an address is set", () =>
    Effect.gen(function* () {
      const { change, get, text } = yield* site
      expect((yield* get("/.well-known/security.txt")).status).toBe(404)
      yield* change("you", 0, { name: "", bio: "", links: [], email: "ada@me.example" })
      const contact = yield* text("/.well-known/security.txt")
      expect(contact).toContain("Contact: mailto:ada@me.example\n")
      const expires = Date.parse(/^Expires: (.*)$/m.exec(contact)?.[1] ?? "")
      expect(expires - Date.now()).toBeGreaterThan(86_400_000)
      expect(expires - Date.now()).toBeLessThan(365 * 86_400_000)
    })
  )
})
