import { expect, layer as withLayer } from "@effect/vitest"
import { Clock, Duration, Effect, type Layer, Option, TestClock } from "effect"
import type { NewPost } from "../../src/domain/Post.js"
import { Slug } from "../../src/domain/Slug.js"
import { Posts } from "../../src/services/Posts.js"

const note = (content: string, more: Partial<NewPost> = {}): NewPost => ({
  type: "h-entry",
  properties: { content: [content] },
  status: "published",
  visibility: "public",
  ...more
})

/** Every `Posts` keeps these promises. The suite shares one blog, and its posts stay out of each other's way by tag. */
export const conforms = <E>(name: string, implementation: Layer.Layer<Posts, E>) =>
  withLayer(implementation)(`Posts: ${name}`, (it) => {
    const create = (post: NewPost) => Effect.flatMap(Posts, (posts) => posts.create(post))

    /** Five public posts with this tag, oldest first, two of them of one instant; answers their slugs. */
    const five = (tag: string) =>
      Effect.forEach([4, 3, 3, 2, 1], (hours, index) =>
        create(
          note(`${tag} number ${index}`, {
            properties: { content: ["x"], category: [tag] },
            wishedSlug: `${tag}-${index}`,
            publishedAt: -hours * 3_600_000
          })
        )
      ).pipe(Effect.map((created) => created.map((post) => post.slug)))

    it.effect("a post comes back as it went in", () =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const posts = yield* Posts
        const properties = {
          content: [{ html: "<b>x</b>" }],
          photo: [{ value: "https://a.example/x.jpg", alt: "X" }],
          "x-unknown": [1, true, { type: ["h-card"], properties: { name: ["'; DROP TABLE posts; --"] } }],
          constructor: ['\u2028 ünïcödé 🦄 "\\']
        }
        const created = yield* posts.create(note("", { properties, status: "draft", visibility: "private" }))
        expect(created).toMatchObject({ properties, status: "draft", visibility: "private" })
        expect(created).toMatchObject({ publishedAt: now, createdAt: now, updatedAt: now })
        expect(yield* posts.bySlug(created.slug)).toEqual(Option.some(created))
        expect(yield* posts.bySlug(Slug.make("no-such-post"))).toEqual(Option.none())
      })
    )

    it.effect("slugs come from the wish, or the words, or the time, and never twice", () =>
      Effect.gen(function* () {
        const slugOf = (post: NewPost) => Effect.map(create(post), ({ slug }) => slug)
        expect(yield* slugOf(note("Hello there, *dear* big world, again"))).toBe("hello-there-dear-big-world")
        expect(yield* slugOf(note("Hello there, dear big world"))).toBe("hello-there-dear-big-world-2")
        expect(yield* slugOf(note("x", { properties: { content: ["x"], name: ["A Name"] } }))).toBe("a-name")
        expect(yield* slugOf(note("x", { wishedSlug: "My Wish/2026" }))).toBe("my-wish-2026")
        expect(yield* slugOf(note("x", { wishedSlug: "my-wish-2026" }))).toBe("my-wish-2026-2")
        expect(yield* slugOf(note("From the words", { wishedSlug: "???" }))).toBe("from-the-words")
        expect(yield* slugOf(note("x", { wishedSlug: "admin" }))).toBe("admin-2")
        expect(yield* slugOf(note("日本", { publishedAt: Date.UTC(2026, 10, 23) }))).toBe("20261123-000000")
        expect(yield* slugOf(note("日本", { publishedAt: Date.UTC(2026, 10, 23) }))).toBe("20261123-000000-2")
      })
    )

    it.effect("a hundred posts of one name at once get a hundred slugs", () =>
      Effect.gen(function* () {
        const created = yield* Effect.forEach(
          Array.from({ length: 100 }, () => note("Everybody wants this name")),
          create,
          { concurrency: "unbounded" }
        )
        expect(new Set(created.map((post) => post.slug)).size).toBe(100)
        expect(new Set(created.map((post) => post.id)).size).toBe(100)
      })
    )

    it.effect("lists what everybody may read, and nothing else", () =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const posts = yield* Posts
        const properties = { content: ["x"], category: ["Seen"] }
        yield* create(note("", { properties, wishedSlug: "seen-public" }))
        yield* create(note("", { properties, wishedSlug: "seen-draft", status: "draft" }))
        yield* create(note("", { properties, wishedSlug: "seen-unlisted", visibility: "unlisted" }))
        yield* create(note("", { properties, wishedSlug: "seen-private", visibility: "private" }))
        yield* create(note("", { properties, wishedSlug: "seen-later", publishedAt: now + 60_000 }))
        const slugs = Effect.gen(function* () {
          const { posts: listed } = yield* posts.listPublic({ limit: 100, tag: "seen" })
          return listed.map((post) => post.slug)
        })
        expect(yield* slugs).toEqual(["seen-public"])
        const all = yield* posts.listAll({ limit: 100, tag: "seen" })
        expect(all.posts).toHaveLength(5)

        const before = yield* posts.revision
        yield* TestClock.adjust(Duration.minutes(1))
        expect(yield* slugs).toEqual(["seen-later", "seen-public"])
        expect(yield* posts.revision).not.toBe(before)
      })
    )

    it.effect("is walked in both directions, and says where more is", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const [a, b, c, d, e] = yield* five("walk")
        const page = (range: Parameters<typeof posts.listPublic>[0]) =>
          Effect.map(posts.listPublic({ ...range, tag: "walk" }), (found) => ({
            slugs: found.posts.map((post) => post.slug),
            hasNewer: found.hasNewer,
            hasOlder: found.hasOlder,
            first: found.posts[0],
            last: found.posts.at(-1)
          }))

        const newest = yield* page({ limit: 2 })
        expect(newest).toMatchObject({ slugs: [e, d], hasNewer: false, hasOlder: true })
        const middle = yield* page({ limit: 2, ...(newest.last && { before: newest.last }) })
        expect(middle).toMatchObject({ slugs: [c, b], hasNewer: true, hasOlder: true })
        const oldest = yield* page({ limit: 2, ...(middle.last && { before: middle.last }) })
        expect(oldest).toMatchObject({ slugs: [a], hasNewer: true, hasOlder: false })
        const beyond = yield* page({ limit: 2, ...(oldest.last && { before: oldest.last }) })
        expect(beyond).toMatchObject({ slugs: [], hasNewer: true, hasOlder: false })

        const back = yield* page({ limit: 2, ...(oldest.first && { after: oldest.first }) })
        expect(back).toMatchObject({ slugs: [c, b], hasNewer: true, hasOlder: true })
        const front = yield* page({ limit: 2, ...(back.first && { after: back.first }) })
        expect(front).toMatchObject({ slugs: [e, d], hasNewer: false, hasOlder: true })
        const past = yield* page({ limit: 2, ...(front.first && { after: front.first }) })
        expect(past).toMatchObject({ slugs: [], hasNewer: false, hasOlder: true })

        expect(yield* page({ limit: 2, offset: 3 })).toMatchObject({ slugs: [b, a], hasNewer: true, hasOlder: false })
      })
    )

    it.effect("a page of nothing has nothing on either side", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const nothing = { posts: [], hasNewer: false, hasOlder: false }
        const tag = "no-such-tag"
        expect(yield* posts.listPublic({ limit: 1, tag })).toEqual(nothing)
        expect(yield* posts.listPublic({ limit: 1, tag, before: { publishedAt: 1, id: 1 } })).toEqual(nothing)
        expect(yield* posts.listPublic({ limit: 1, tag, after: { publishedAt: 1, id: 1 } })).toEqual(nothing)
      })
    )

    it.effect("counts the tags of public posts, under the newest label", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const tagged = (category: ReadonlyArray<string>, more: Partial<NewPost> = {}) =>
          create(note("", { properties: { content: ["x"], category }, ...more }))
        yield* tagged(["count me", "counted"], { publishedAt: -2 })
        yield* tagged(["Count Me", "#count me"], { publishedAt: -1 })
        yield* tagged(["count me", "never counted"], { status: "draft" })
        const counts = (yield* posts.tags).filter(({ tag }) => tag.includes("count"))
        expect(counts).toEqual([
          { tag: "count-me", label: "Count Me", count: 2 },
          { tag: "counted", label: "counted", count: 1 }
        ])
      })
    )

    it.effect("the revision changes with every post, and with nothing else", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const first = yield* posts.revision
        expect(yield* posts.revision).toBe(first)
        yield* create(note("One more", { publishedAt: -2 }))
        expect(yield* posts.revision).not.toBe(first)
      })
    )
  })
