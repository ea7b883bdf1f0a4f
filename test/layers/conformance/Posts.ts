import { expect, layer as withLayer } from "@effect/vitest"
import { Clock, Duration, Effect, Either, type Layer, Option, TestClock } from "effect"
import type { NewPost, Post } from "../../../src/domain/posts/Post.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { Posts } from "../../../src/services/Posts.js"

const note = (content: string, more: Partial<NewPost> = {}): NewPost => ({
  type: "h-entry",
  properties: { content: [content] },
  status: "published",
  visibility: "public",
  ...more
})

/** Contract of `Posts`. The tests share one blog and separate their posts by tag. */
export const conforms = <E>(name: string, implementation: Layer.Layer<Posts, E>) =>
  withLayer(implementation)(`Posts: ${name}`, (it) => {
    const create = (post: NewPost) => Effect.flatMap(Posts, (posts) => posts.create(post))

    /** Five public posts with this tag, oldest first, two of them with the same time; returns their slugs. */
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

    it.effect("a post comes back unchanged", () =>
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

    it.effect("slugs come from the request, the text or the time, and are unique", () =>
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

    it.effect("a hundred posts with one name at once get a hundred slugs", () =>
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

    it.effect("lists public posts only", () =>
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
        const all = yield* posts.listOwned({ tag: "seen" }, { limit: 100 })
        expect(all.posts).toHaveLength(5)

        const before = yield* posts.revision
        yield* TestClock.adjust(Duration.minutes(1))
        expect(yield* slugs).toEqual(["seen-later", "seen-public"])
        expect(yield* posts.revision).not.toBe(before)
      })
    )

    it.effect("pages in both directions, and says where there is more", () =>
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

    it.effect("an empty page has nothing on either side", () =>
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

    it.effect("S10: the revision does not depend on drafts, private and unlisted posts", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const first = yield* posts.revision
        for (const more of [
          { status: "draft" },
          { visibility: "private" },
          { visibility: "unlisted" }
        ] satisfies ReadonlyArray<Partial<NewPost>>) {
          const hidden = yield* create(note("Hidden", { ...more, publishedAt: -3 }))
          yield* TestClock.adjust("1 second")
          yield* posts.update(hidden.id, (post) =>
            Either.right<NewPost>({
              type: post.type,
              properties: { content: ["Hidden, and changed"] },
              status: post.status,
              visibility: post.visibility
            })
          )
          yield* posts.delete(hidden.id)
          yield* posts.restore(hidden.id)
          expect(yield* posts.revision).toBe(first)
        }
        const shown = yield* create(note("Shown", { publishedAt: -3 }))
        const second = yield* posts.revision
        expect(second).not.toBe(first)
        yield* posts.delete(shown.id)
        const third = yield* posts.revision
        expect(third).not.toBe(second)
        yield* posts.restore(shown.id)
        expect(yield* posts.revision).not.toBe(third)
      })
    )

    it.effect("the revision changes with every public post, and with nothing else", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const first = yield* posts.revision
        expect(yield* posts.revision).toBe(first)
        yield* create(note("One more", { publishedAt: -2 }))
        expect(yield* posts.revision).not.toBe(first)
      })
    )

    /** A change that sets these fields of a post and keeps the others. */
    const to = (more: Partial<NewPost>) => (post: Post) =>
      Either.right<NewPost>({
        type: post.type,
        properties: post.properties,
        status: post.status,
        visibility: post.visibility,
        ...more
      })

    const inList = (tag: string) =>
      Effect.flatMap(Posts, (posts) =>
        Effect.map(posts.listPublic({ limit: 100, tag }), (page) => page.posts.map(({ slug }) => slug))
      )

    const tagged = (tag: string, more: Partial<NewPost> = {}) =>
      create(note("", { properties: { content: [`About ${tag}`], category: [tag] }, wishedSlug: tag, ...more }))

    it.effect("a change is visible to all readers at once, and changes the revision", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const created = yield* tagged("Change Before")
        const before = yield* posts.revision
        yield* TestClock.adjust("1 second")
        const changed = yield* posts.update(
          created.id,
          to({ properties: { content: ["New words"], category: ["Change After"] }, visibility: "public" })
        )
        expect(changed).toEqual({
          ...created,
          rendering: { state: "rendered", html: "<p>New words</p>", text: "New words", opening: "New words" },
          properties: { content: ["New words"], category: ["Change After"] },
          updatedAt: created.updatedAt + 1000
        })
        expect(yield* posts.bySlug(created.slug)).toEqual(Option.some(changed))
        expect(yield* posts.byId(created.id)).toEqual(Option.some(changed))
        expect(yield* inList("change-before")).toEqual([])
        expect(yield* inList("change-after")).toEqual([created.slug])
        expect((yield* posts.tags).filter(({ tag }) => tag.startsWith("change-"))).toEqual([
          { tag: "change-after", label: "Change After", count: 1 }
        ])
        expect(yield* posts.revision).not.toBe(before)
      })
    )

    it.effect("changes within one millisecond are distinct; a change without effect leaves no trace", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const [a, b] = [yield* tagged("trace-a"), yield* tagged("trace-b")]
        const revisions = [yield* posts.revision]
        for (const post of [a, b, a, b]) {
          yield* posts.update(post.id, (now) => to({ properties: { content: [`${now.updatedAt}`] } })(now))
          revisions.push(yield* posts.revision)
        }
        expect(new Set(revisions).size).toBe(5)
        const changed = yield* posts.update(a.id, to({}))
        expect(changed.updatedAt).toBe(a.updatedAt + 2)
        expect(yield* posts.revision).toBe(revisions.at(-1))
      })
    )

    it.effect("a refused change changes nothing, and fails with its own error", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const created = yield* tagged("refused")
        const before = yield* posts.revision
        expect(yield* Effect.flip(posts.update(created.id, () => Either.left("no" as const)))).toBe("no")
        expect(yield* posts.byId(created.id)).toEqual(Option.some(created))
        expect(yield* posts.revision).toBe(before)
      })
    )

    it.effect("a missing post cannot be found, changed, deleted or restored", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        for (const id of [0, -1, 1_000_000_000]) {
          expect(yield* posts.byId(id)).toEqual(Option.none())
          for (const attempt of [posts.update(id, to({})), posts.delete(id), posts.restore(id)]) {
            expect(yield* Effect.flip(attempt)).toMatchObject({ _tag: "PostUnknown" })
          }
        }
      })
    )

    it.effect("a hundred changes at once each see the previous one", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const created = yield* tagged("counter", { properties: { content: ["0"] } })
        const increment = posts.update(created.id, (post) =>
          to({ properties: { content: [`${Number(post.properties.content?.[0]) + 1}`] } })(post)
        )
        yield* Effect.forEach(Array.from({ length: 100 }), () => increment, { concurrency: "unbounded" })
        const after = Option.getOrThrow(yield* posts.byId(created.id))
        expect(after.properties).toEqual({ content: ["100"] })
        expect(after.updatedAt).toBe(created.updatedAt + 100)
      })
    )

    it.effect("the old slug still leads to the post, and no other post gets it", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const rename = (id: number, wishedSlug: string) =>
          Effect.map(posts.update(id, to({ wishedSlug })), ({ slug }) => slug)
        const first = yield* tagged("moving")
        const other = yield* tagged("moving-other")
        expect(yield* rename(first.id, "Moved Once")).toBe("moved-once")
        expect(yield* rename(first.id, "moved-twice")).toBe("moved-twice")
        for (const slug of ["moving", "moved-once", "moved-twice"]) {
          expect(Option.map(yield* posts.bySlug(Slug.make(slug)), ({ id }) => id)).toEqual(Option.some(first.id))
        }
        expect((yield* tagged("moving")).slug).toBe("moving-2")
        expect(yield* rename(other.id, "moved-once")).toBe("moved-once-2")
        expect(yield* rename(other.id, "moved-twice")).toBe("moved-twice-2")
        expect(yield* rename(other.id, "settings")).toBe("settings-2")
        expect(yield* rename(first.id, "???")).toBe("moved-twice")
        expect(yield* rename(first.id, "moving")).toBe("moving")
        expect(Option.map(yield* posts.bySlug(Slug.make("moved-twice")), ({ slug }) => slug)).toEqual(
          Option.some("moving")
        )
      })
    )

    it.effect("a published draft gets the present time, and any other post keeps its time, unless one is given", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const draft = yield* tagged("in-time-draft", { status: "draft" })
        const public_ = yield* tagged("in-time-public")
        yield* TestClock.adjust("1 hour")
        const now = yield* Clock.currentTimeMillis
        expect((yield* posts.update(draft.id, to({ properties: { content: ["x"] } }))).publishedAt).toBe(
          draft.publishedAt
        )
        expect((yield* posts.update(draft.id, to({ status: "published" }))).publishedAt).toBe(now)
        expect((yield* posts.update(public_.id, to({ properties: { content: ["x"] } }))).publishedAt).toBe(
          public_.publishedAt
        )
        expect((yield* posts.update(public_.id, to({ publishedAt: 5 }))).publishedAt).toBe(5)
      })
    )

    it.effect("a change of time moves a post in every list, and a future time hides it until then", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const older = yield* tagged("clockwork", { publishedAt: 1 })
        const newer = yield* tagged("clockwork", { publishedAt: 2 })
        expect(yield* inList("clockwork")).toEqual([newer.slug, older.slug])
        yield* posts.update(older.id, to({ publishedAt: 3 }))
        expect(yield* inList("clockwork")).toEqual([older.slug, newer.slug])
        const now = yield* Clock.currentTimeMillis
        yield* posts.update(older.id, to({ publishedAt: now + 60_000 }))
        expect(yield* inList("clockwork")).toEqual([newer.slug])
        const before = yield* posts.revision
        yield* TestClock.adjust("1 minute")
        expect(yield* inList("clockwork")).toEqual([older.slug, newer.slug])
        expect(yield* posts.revision).not.toBe(before)
      })
    )

    it.effect("a deleted post leaves lists, tags and the revision at once, and is restored unchanged", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const created = yield* tagged("Gone")
        const revisions = [yield* posts.revision]
        yield* TestClock.adjust("1 second")
        const deleted = yield* posts.delete(created.id)
        revisions.push(yield* posts.revision)
        expect(deleted).toEqual({ ...created, deletedAt: yield* Clock.currentTimeMillis })
        expect(yield* posts.byId(created.id)).toEqual(Option.some(deleted))
        expect(yield* posts.bySlug(created.slug)).toEqual(Option.some(deleted))
        expect(yield* inList("gone")).toEqual([])
        expect((yield* posts.listOwned({ tag: "gone" }, { limit: 100 })).posts).toEqual([])
        expect((yield* posts.tags).map(({ tag }) => tag)).not.toContain("gone")
        expect((yield* tagged("gone")).slug).toBe("gone-2")
        revisions.push(yield* posts.revision)

        yield* TestClock.adjust("1 second")
        expect(yield* posts.delete(created.id)).toEqual(deleted)
        expect(yield* posts.revision).toBe(revisions.at(-1))

        expect(yield* posts.restore(created.id)).toEqual(created)
        expect(yield* posts.byId(created.id)).toEqual(Option.some(created))
        expect(yield* inList("gone")).toContain("gone")
        revisions.push(yield* posts.revision)
        expect(yield* posts.restore(created.id)).toEqual(created)
        expect(yield* posts.revision).toBe(revisions.at(-1))
        expect(new Set(revisions).size).toBe(revisions.length)
      })
    )

    it.effect("the owner's list is filtered by state, visibility, tag and text", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const now = yield* Clock.currentTimeMillis
        const make = (name: string, more: Partial<NewPost> = {}) =>
          tagged("owned", {
            properties: { content: [`Über ${name} 100%`], name: [`Title of ${name}`], category: ["owned", name] },
            wishedSlug: `owned-${name}`,
            ...more
          })
        const before = yield* posts.counts
        yield* make("plain", { publishedAt: -3 })
        yield* make("hidden", { publishedAt: -2, visibility: "private" })
        yield* make("sketch", { publishedAt: -1, status: "draft" })
        yield* make("later", { publishedAt: now + 60_000 })
        const { id } = yield* make("trash", { publishedAt: -4 })
        yield* posts.delete(id)
        const found = (filter: Parameters<typeof posts.listOwned>[0], limit = 100) =>
          Effect.map(posts.listOwned({ tag: "owned", ...filter }, { limit }), (page) =>
            page.posts.map(({ slug }) => slug.slice("owned-".length))
          )
        expect(yield* found({})).toEqual(["later", "sketch", "hidden", "plain"])
        expect(yield* found({ state: "all" }, 2)).toEqual(["later", "sketch"])
        expect(yield* found({ state: "published" })).toEqual(["hidden", "plain"])
        expect(yield* found({ state: "draft" })).toEqual(["sketch"])
        expect(yield* found({ state: "scheduled" })).toEqual(["later"])
        const { deleted, draft, scheduled } = yield* posts.counts
        expect([draft - before.draft, scheduled - before.scheduled, deleted - before.deleted]).toEqual([1, 1, 1])
        expect(yield* found({ state: "deleted" })).toEqual(["trash"])
        expect(yield* found({ visibility: "private" })).toEqual(["hidden"])
        expect(yield* found({ state: "draft", visibility: "private" })).toEqual([])
        expect(yield* found({ tag: "plain" })).toEqual(["plain"])
        expect(yield* found({ text: "uber TITLE" })).toEqual(["later", "sketch", "hidden", "plain"])
        expect(yield* found({ text: "ketc of" })).toEqual(["sketch"])
        expect(yield* found({ text: "nothing-like-this" })).toEqual([])
        expect(yield* found({ text: " % _ \" ' " })).toEqual(["later", "sketch", "hidden", "plain"])
        expect(yield* found({ state: "deleted", text: "title TRASH" })).toEqual(["trash"])
        expect(yield* found({ state: "deleted", text: "plain" })).toEqual([])
        const page = yield* posts.listOwned({ tag: "owned", text: "title" }, { limit: 2, offset: 1 })
        expect(page).toMatchObject({ hasNewer: true, hasOlder: true })
        yield* TestClock.adjust("1 minute")
        expect(yield* found({ state: "published" })).toEqual(["later", "hidden", "plain"])
      })
    )

    it.effect("S6: an app finds public posts, and its own", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const make = (slug: string, more: Partial<NewPost>) =>
          create(note("", { properties: { content: ["x"], category: ["apps"] }, wishedSlug: `apps-${slug}`, ...more }))
        const app = "https://app.example/"
        const own = yield* make("own", { publishedAt: -3, status: "draft", postedBy: app })
        yield* make("other", { publishedAt: -2, status: "draft", postedBy: "https://other.example/" })
        yield* make("nobodys", { publishedAt: -1, visibility: "private" })
        yield* make("public", { publishedAt: -4, postedBy: "https://other.example/" })
        const found = (readableBy: string, more: Parameters<typeof posts.listOwned>[0] = {}) =>
          Effect.map(posts.listOwned({ ...more, tag: "apps", readableBy }, { limit: 100 }), (page) =>
            page.posts.map(({ slug }) => slug.slice("apps-".length))
          )
        expect(yield* found(app)).toEqual(["own", "public"])
        expect(yield* found(app, { state: "draft" })).toEqual(["own"])
        expect(yield* found("")).toEqual(["public"])
        const changed = yield* posts.update(own.id, (post) =>
          Either.right({ ...note("y"), postedBy: "x", wishedSlug: post.slug })
        )
        expect([own.postedBy, changed.postedBy]).toEqual([app, app])
        expect(Option.getOrThrow(yield* posts.byId(own.id)).postedBy).toBe(app)
      })
    )
  })
