import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { mf2 } from "microformats-parser"
import type { Post } from "../../src/domain/posts/Post.js"
import { kindOf, type PostKind } from "../../src/domain/posts/PostKind.js"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"

const site = "https://me.example"
const elsewhere = "https://other.example/post"
const theirs = { type: ["h-cite"], properties: { name: ["Their post"], url: [elsewhere] }, value: elsewhere }

/** A link without words is named by its address. */
const link = { type: ["h-cite"], properties: { name: ["other.example/post"], url: [elsewhere] }, value: elsewhere }

interface Sample {
  readonly kind: PostKind
  readonly post: Post
  /** What the page must mark up, beside what every page does. */
  readonly marked: object
  /** The title in feeds; absent where there is none. */
  readonly title?: string
}

const sample = (kind: PostKind, properties: Post["properties"], marked: object, title?: string, type = "h-entry") => ({
  kind,
  post: post({ slug: kind, type, properties }),
  marked,
  ...(title !== undefined && { title })
})

const samples: ReadonlyArray<Sample> = [
  sample("note", { content: ["Hello *world*"] }, { content: [{ value: "Hello world" }] }),
  sample("article", { name: ["A title"], content: ["Long read"] }, { name: ["A title"] }, "A title"),
  sample(
    "reply",
    { content: ["Indeed"], "in-reply-to": [{ type: ["h-cite"], properties: theirs.properties }] },
    { "in-reply-to": [theirs], content: [{ value: "Indeed" }] }
  ),
  sample("like", { "like-of": [elsewhere] }, { "like-of": [link] }, "Likes other.example/post"),
  sample("repost", { "repost-of": [elsewhere] }, { "repost-of": [link] }, "Reposts other.example/post"),
  sample(
    "bookmark",
    { "bookmark-of": [elsewhere], name: ["Worth reading"], content: ["Why"] },
    { "bookmark-of": [link], name: ["Worth reading"] },
    "Worth reading"
  ),
  sample(
    "photo",
    { photo: [{ value: "https://cdn.example/a.jpg", alt: "A heron" }] },
    { photo: [{ value: "https://cdn.example/a.jpg", alt: "A heron" }] },
    "A heron"
  ),
  sample(
    "rsvp",
    { "in-reply-to": [elsewhere], rsvp: ["MAYBE"] },
    { "in-reply-to": [link], rsvp: ["maybe"] },
    "RSVP maybe: other.example/post"
  ),
  sample(
    "event",
    {
      name: ["Homebrew Website Club"],
      start: ["2026-11-25T18:30:00+01:00"],
      end: ["2026-11-25T20:00:00+01:00"],
      location: [{ type: ["h-card"], properties: { name: ["The Pub"], locality: ["Nuremberg"] } }],
      content: ["Bring a laptop"]
    },
    {
      name: ["Homebrew Website Club"],
      start: ["2026-11-25T18:30:00+01:00"],
      end: ["2026-11-25T20:00:00+01:00"],
      location: [{ type: ["h-card"], properties: { name: ["The Pub"], locality: ["Nuremberg"] }, value: "The Pub" }],
      content: [{ value: "Bring a laptop" }]
    },
    "Homebrew Website Club",
    "h-event"
  )
]

/** The properties that a name of their own has nothing to do with. */
const nameless: ReadonlyArray<PostKind> = ["note", "reply", "like", "repost", "photo", "rsvp"]

describe.each(samples)("$kind", ({ kind, marked, post: shown, title }) => {
  it("has its kind", () => expect(kindOf(shown)).toBe(kind))

  it.scopedLive("has one microformat on its page, with the permalink as url and its time with a zone", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([shown])
      const url = `${site}/notes/${kind}`
      const { items } = mf2(yield* text(`/notes/${kind}`), { baseUrl: url })
      const posts = items.filter(({ type }) => !type?.includes("h-card"))
      expect(posts).toHaveLength(1)
      expect(posts[0]?.type).toEqual([kind === "event" ? "h-event" : "h-entry"])
      expect(posts[0]?.properties).toMatchObject({
        ...marked,
        url: [url],
        published: [expect.stringMatching(/^2026-03-01T12:30:00\.000Z$/)],
        author: [{ type: ["h-card"], properties: { name: ["Ada Example"], url: [`${site}/`] } }]
      })
      if (nameless.includes(kind)) expect(posts[0]?.properties).not.toHaveProperty("name")
    })
  )

  it.scopedLive("has the same markup in lists as on its page", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([shown])
      const { items } = mf2(yield* text("/"), { baseUrl: `${site}/` })
      const [child] = items.find(({ type }) => type?.includes("h-feed"))?.children ?? []
      expect(child?.type).toEqual([kind === "event" ? "h-event" : "h-entry"])
      const { content: _, ...listed } = marked as { readonly content?: unknown }
      expect(child?.properties).toMatchObject(listed)
      if (nameless.includes(kind)) expect(child?.properties).not.toHaveProperty("name")
    })
  )

  it.scopedLive("has a title in feeds that names its subject", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([shown])
      const [item] = JSON.parse(yield* text("/feed.json")).items
      expect(item.title).toBe(title)
      expect(item.content_html.length).toBeGreaterThan(0)
      if ("in-reply-to" in shown.properties || "like-of" in shown.properties) {
        expect(item.content_html).toContain(elsewhere)
      }
      const rss = yield* text("/feed.rss")
      if (title === undefined) expect(rss).not.toMatch(/<item>\s*<title>/)
      else expect(rss).toContain(`<title>${title}</title>`)
    })
  )
})

describe("an event", () => {
  const moments = (properties: Post["properties"]) =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([post({ type: "h-event", properties: { name: ["Party"], ...properties } })])
      const html = yield* text("/notes/post-1")
      return [...html.matchAll(/<time class="dt-(?:start|end)" datetime="([^"]*)">([^<]*)</g)].map(
        ([, ...time]) => time
      )
    })

  it.scopedLive.each<[string, string]>([
    ["2026-11-25", "25 Nov 2026"],
    ["2026-11-25T18:30", "25 November 2026 at 18:30"],
    ["2026-11-25T18:30:00-08:00", "25 November 2026 at 18:30 UTC-08:00"],
    ["2026-11-25 18:30+0530", "25 November 2026 at 18:30 UTC+0530"],
    ["2026-11-25T18:30:00.000Z", "25 November 2026 at 18:30 UTC"]
  ])("on %s is shown in its own local time", ([start, said]) =>
    Effect.gen(function* () {
      expect(yield* moments({ start: [start] })).toEqual([[start, said]])
    })
  )

  it.scopedLive("of one day names it once", () =>
    Effect.gen(function* () {
      const start = "2026-11-25T18:30+01:00"
      expect((yield* moments({ start: [start], end: ["2026-11-25T21:00+01:00"] })).map(([, said]) => said)).toEqual([
        "25 November 2026 at 18:30",
        "21:00 UTC+01:00"
      ])
      expect((yield* moments({ start: [start], end: ["2026-11-26T01:00+01:00"] })).map(([, said]) => said)).toEqual([
        "25 November 2026 at 18:30 UTC+01:00",
        "26 November 2026 at 01:00 UTC+01:00"
      ])
    })
  )

  it.scopedLive("with an unreadable time, as an import may bring it, shows none", () =>
    Effect.gen(function* () {
      expect(yield* moments({ start: ["tomorrow"], end: [5] })).toEqual([])
    })
  )

  it.scopedLive("has a place with a page, or merely an address", () =>
    Effect.gen(function* () {
      const locations = [
        { type: ["h-card"], properties: { name: ["The Pub"], url: ["https://pub.example/"] } },
        "https://pub.example/"
      ]
      for (const [index, location] of locations.entries()) {
        const { text } = yield* blogServer([
          post({ type: "h-event", properties: { name: ["x"], location: [location] } })
        ])
        const { items } = mf2(yield* text("/notes/post-1"), { baseUrl: site })
        expect(items[0]?.properties.location).toMatchObject([
          { type: ["h-card"], properties: { name: [["The Pub", "pub.example"][index]], url: ["https://pub.example/"] } }
        ])
      }
    })
  )
})
