import { expect, layer as withLayer } from "@effect/vitest"
import { Chunk, Effect, type Layer, Stream } from "effect"
import type { MovedPost } from "../../../src/domain/archive/MovedPost.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { PostTransfer } from "../../../src/services/PostTransfer.js"

const post = (slug: string, more: Partial<MovedPost> = {}): MovedPost => ({
  slug: Slug.make(slug),
  feedId: `urn:starpunk:test:${slug}`,
  type: "h-entry",
  properties: { content: [`Post ${slug}`], category: ["Tag"], "x-unknown": [{ a: [1, "two", null] }] },
  status: "published",
  visibility: "public",
  publishedAt: 1_700_000_000_000,
  createdAt: 1_700_000_000_001,
  updatedAt: 1_700_000_000_002,
  formerSlugs: [],
  ...more
})

const arrive = (posts: ReadonlyArray<MovedPost>, options: { dryRun?: boolean; publishedIsGuess?: boolean } = {}) =>
  Effect.flatMap(PostTransfer, ({ arrive }) =>
    arrive(
      posts.map((post) => ({ post, publishedIsGuess: options.publishedIsGuess ?? false })),
      { dryRun: options.dryRun ?? false }
    )
  )

const all = Effect.flatMap(PostTransfer, ({ all }) => Effect.map(Stream.runCollect(all), Chunk.toReadonlyArray))
const count = Effect.flatMap(PostTransfer, ({ count }) => count)

/** Contract of PostTransfer; called once per layer. */
export const conforms = (name: string, implementation: Layer.Layer<PostTransfer>) => {
  const on = (promise: string, test: Effect.Effect<void, unknown, PostTransfer>) =>
    withLayer(implementation)(`PostTransfer: ${name}`, (it) => {
      it.effect(promise, () => test)
    })

  on(
    "posts come out as they went in, in every state and in their order",
    Effect.gen(function* () {
      const posts = [
        post("b", { properties: { name: ["B"], photo: [{ value: "/media/b.jpg", alt: "b" }] } }),
        post("a", { status: "draft", visibility: "private" }),
        post("scheduled", { publishedAt: 4_000_000_000_000, visibility: "unlisted", type: "h-event" }),
        post("deleted", { deletedAt: 1_800_000_000_000 }),
        post("moved", {
          formerSlugs: [
            { slug: Slug.make("z-first"), replacedAt: 1 },
            { slug: Slug.make("a-second"), replacedAt: 2 }
          ]
        })
      ]
      expect(yield* arrive(posts)).toEqual(posts.map(() => "stored"))
      expect(yield* all).toEqual(posts)
      expect(yield* count).toBe(posts.length)
    })
  )

  on(
    "I2: old addresses come out as they went in, are learned later, and belong to the first that claims them",
    Effect.gen(function* () {
      yield* arrive([
        post("a", { oldAddresses: ["/2020/a", "/old a"] }),
        post("b", { oldAddresses: ["/2020/a"] }),
        post("c")
      ])
      yield* arrive([post("c", { oldAddresses: ["/old a", "/c.php"] }), post("a", { oldAddresses: ["/A"] })])
      expect((yield* all).map(({ oldAddresses }) => oldAddresses)).toEqual([
        ["/2020/a", "/A", "/old a"],
        undefined,
        ["/c.php"]
      ])
      yield* arrive([post("c", { oldAddresses: ["/never"] })], { dryRun: true })
      expect((yield* all).map(({ oldAddresses }) => oldAddresses?.length ?? 0)).toEqual([3, 0, 1])
    })
  )

  on(
    "what is there already is passed over, however often it comes",
    Effect.gen(function* () {
      expect(yield* arrive([post("a"), post("b")])).toEqual(["stored", "stored"])
      expect(yield* arrive([post("b"), post("c"), post("a", { updatedAt: 5 })])).toEqual([
        "present",
        "stored",
        "present"
      ])
      expect(yield* arrive([post("a", { publishedAt: 3 })], { publishedIsGuess: true })).toEqual(["present"])
      expect((yield* all).map(({ slug }) => slug)).toEqual(["a", "b", "c"])
      expect((yield* all)[0]?.updatedAt).toBe(post("a").updatedAt)
    })
  )

  on(
    "a slug that is taken stays where it is",
    Effect.gen(function* () {
      const other = { properties: { content: ["Other"] } }
      yield* arrive([
        post("mine", { formerSlugs: [{ slug: Slug.make("once-mine"), replacedAt: 1 }] }),
        post("gone", { deletedAt: 7 })
      ])
      const before = yield* all
      expect(
        yield* arrive([
          post("mine", other),
          post("mine", { publishedAt: 3 }),
          post("once-mine"),
          post("gone"),
          post("wants", { formerSlugs: [{ slug: Slug.make("mine"), replacedAt: 1 }] }),
          post("wants-too", { formerSlugs: [{ slug: Slug.make("once-mine"), replacedAt: 1 }] })
        ])
      ).toEqual(["taken", "taken", "former", "deleted", "taken", "taken"])
      expect(yield* all).toEqual(before)
    })
  )

  on(
    "of two that arrive together with one slug the first comes in",
    Effect.gen(function* () {
      const other = { properties: { content: ["Other"] } }
      expect(yield* arrive([post("a"), post("a"), post("a", other), post("b")])).toEqual([
        "stored",
        "present",
        "taken",
        "stored"
      ])
      expect(yield* count).toBe(2)
    })
  )

  on(
    "a dry run says the same and leaves nothing",
    Effect.gen(function* () {
      yield* arrive([post("a")])
      expect(yield* arrive([post("a"), post("b"), post("a", { status: "draft" })], { dryRun: true })).toEqual([
        "present",
        "stored",
        "taken"
      ])
      expect(yield* count).toBe(1)
    })
  )

  on(
    "many are read to the last, none twice",
    Effect.gen(function* () {
      const posts = Array.from({ length: 1_003 }, (_, number) => post(`n${number}`))
      for (let from = 0; from < posts.length; from += 100) yield* arrive(posts.slice(from, from + 100))
      expect((yield* all).map(({ slug }) => slug)).toEqual(posts.map(({ slug }) => slug))
      expect(yield* arrive([])).toEqual([])
    })
  )
}
