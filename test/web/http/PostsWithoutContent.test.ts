import { describe, expect, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { Properties } from "../../../src/domain/posts/Microformats.js"
import { showsNothing } from "../../../src/domain/posts/Shown.js"
import { Posts } from "../../../src/services/Posts.js"
import { unchangedSettings } from "../../../src/services/SiteSettings.js"
import { callOf } from "../../../src/web/editor/PostState.js"
import { makeSite } from "../../../src/web/theme/Site.js"
import { client, micropubSite, pathOf, refusal, shown, siteUrl } from "../../fixtures/MicropubSite.js"
import { post } from "../../fixtures/SamplePost.js"
import { ask, settings } from "../../fixtures/TestServer.js"

const elsewhere = "https://other.example/thing"
const book = { type: ["h-cite"], properties: { name: ["A Book"], author: ["An Author"], uid: ["isbn:9780000000000"] } }
const linked = {
  type: ["h-cite"],
  properties: {
    name: "A Single Name",
    url: elsewhere,
    author: [{ type: ["h-card"], properties: { name: ["Ann"], url: ["https://ann.example/"] } }]
  }
}

interface Sample {
  readonly title: string
  readonly properties: Properties
  readonly type?: string
  /** What readers have to meet on the page, in lists and in feeds. */
  readonly said: ReadonlyArray<string>
  /** What parsers have to find on the page. */
  readonly marked?: object
  /** A word by which search finds it. */
  readonly word?: string
}

const samples: ReadonlyArray<Sample> = [
  {
    title: "a book with a long description (Sparkles)",
    properties: {
      "read-of": [
        { ...book, properties: { ...book.properties, content: ["Once upon a time. ".repeat(1_000)], url: [elsewhere] } }
      ]
    },
    said: ["A Book", "An Author", elsewhere]
  },
  {
    title: "a book that somebody wants to read (indiebookclub)",
    properties: { summary: ["Want to read: A Book by An Author"], "read-status": ["to-read"], "read-of": [book] },
    said: ["Want to read: A Book by An Author", "Wants to read", "A Book", "An Author"],
    marked: {
      summary: ["Want to read: A Book by An Author"],
      "read-status": ["to-read"],
      "read-of": [
        { type: ["h-cite"], properties: { name: ["A Book"], author: [{ properties: { name: ["An Author"] } }] } }
      ]
    },
    word: "author"
  },
  {
    title: "a film, by its address and its author",
    properties: { "watch-of": [linked], progress: ["want"] } as Properties,
    said: ["Wants to watch", "A Single Name", elsewhere, "Ann", "https://ann.example/"],
    marked: {
      "watch-of": [
        {
          properties: {
            name: ["A Single Name"],
            url: [elsewhere],
            author: [{ properties: { name: ["Ann"], url: ["https://ann.example/"] } }]
          }
        }
      ]
    }
  },
  {
    title: "music, by a mere address",
    properties: { "listen-of": [elsewhere] },
    said: ["Listened to", elsewhere],
    marked: { "listen-of": [{ properties: { url: [elsewhere] } }] },
    word: "listened"
  },
  {
    title: "music, by a mere name",
    properties: { "jam-of": ["The Song"] },
    said: ["jamming", "The Song"],
    marked: { "jam-of": ["The Song"] }
  },
  { title: "a quotation", properties: { "quotation-of": [elsewhere] }, said: ["Quotes", elsewhere] },
  { title: "somebody who is followed", properties: { "follow-of": [elsewhere] }, said: ["Follows", elsewhere] },
  {
    title: "a relation nobody heard of",
    properties: { "sketch-of": [book] },
    said: ["Sketch of", "A Book", "An Author"],
    marked: { "sketch-of": [{ properties: { name: ["A Book"] } }] },
    word: "sketch"
  },
  {
    title: "several citations",
    properties: { "read-of": [book, linked] } as Properties,
    said: ["A Book", "A Single Name", elsewhere]
  },
  {
    title: "a citation with nothing but an identifier",
    properties: { "read-of": [{ type: ["h-cite"], properties: { uid: ["doi:10.1000/182"] } }] },
    said: ["doi:10.1000/182"]
  },
  {
    title: "a meal (Teacup)",
    properties: {
      ate: [{ type: ["h-food"], properties: { name: "Porridge" } }],
      created: ["2026-01-01"]
    } as Properties,
    said: ["Ate", "Porridge"],
    marked: { ate: [{ type: ["h-food"], properties: { name: ["Porridge"] } }] },
    word: "porridge"
  },
  {
    title: "a drink, as plain text",
    properties: { drank: ["Ginger tea"] },
    said: ["Drank", "Ginger tea"],
    marked: { drank: ["Ginger tea"] }
  },
  {
    title: "a review without words (Quill)",
    type: "h-review",
    properties: { item: [{ type: ["h-product"], properties: { name: ["A Lamp"], url: [elsewhere] } }], rating: [4] },
    said: ["Reviews", "A Lamp", elsewhere, "Rating", "4"],
    marked: { item: [{ type: ["h-product"] }], rating: ["4"] },
    word: "lamp"
  },
  {
    title: "exercise and a quantity",
    properties: { exercise: ["Run"], distance: [{ type: ["h-measure"], properties: { num: [5], unit: ["km"] } }] },
    said: ["Exercise", "Run", "Distance", "5 km"],
    marked: { exercise: ["Run"] }
  },
  {
    title: "weather, a number and a truth value",
    properties: { weather: ["Sleet"], temperature: [-3.5], windy: [true] },
    said: ["Weather", "Sleet", "-3.5", "Windy", "yes"],
    marked: { weather: ["Sleet"], temperature: ["-3.5"] },
    word: "sleet"
  },
  {
    title: "a journey",
    properties: {
      itinerary: [
        { type: ["h-leg"], properties: { origin: ["PDX"], destination: ["SFO"], operator: ["AS"], number: ["12"] } }
      ]
    },
    said: ["Itinerary", "PDX → SFO (AS 12)"]
  },
  {
    title: "an unknown property that holds a link",
    properties: {
      "checked-in-by": [{ type: ["h-card"], properties: { name: ["Sam"], url: ["https://sam.example/"] } }]
    },
    said: ["Checked in by", "Sam", "https://sam.example/"]
  },
  {
    title: "a picture and a summary",
    properties: { photo: [{ value: "https://cdn.example/a.jpg", alt: "A heron" }], summary: ["At the pond"] },
    said: ["At the pond", "https://cdn.example/a.jpg"],
    marked: { summary: ["At the pond"], photo: [{ alt: "A heron" }] },
    word: "pond"
  },
  { title: "a film alone", properties: { video: ["https://cdn.example/a.mp4"] }, said: ["https://cdn.example/a.mp4"] },
  {
    title: "a recording alone",
    properties: { audio: ["https://cdn.example/a.mp3"] },
    said: ["https://cdn.example/a.mp3"]
  },
  {
    title: "a featured picture alone",
    properties: { featured: ["https://cdn.example/f.jpg"] },
    said: ["https://cdn.example/f.jpg"],
    marked: { featured: ["https://cdn.example/f.jpg"] }
  },
  {
    title: "a place alone",
    properties: { location: ["Lisbon"] },
    said: ["From", "Lisbon"],
    marked: { location: ["Lisbon"] },
    word: "lisbon"
  },
  {
    title: "a name alone",
    properties: { name: ["Only a name"] },
    said: ["Only a name"],
    marked: { name: ["Only a name"] }
  },
  {
    title: "an event without a name",
    type: "h-event",
    properties: { start: ["2026-11-25T18:30:00+01:00"], url: ["https://tickets.example/"] },
    said: ["25 November 2026", "https://tickets.example/"],
    marked: { start: ["2026-11-25T18:30:00+01:00"] }
  },
  {
    title: "a summary beside a text",
    properties: { summary: ["In short: wait"], content: ["The long version of it"] },
    said: ["In short: wait", "The long version of it"],
    marked: { summary: ["In short: wait"] }
  },
  {
    title: "a summary beside a like (Indigenous)",
    properties: { "like-of": [elsewhere], summary: ["Liked: other.example"] },
    said: ["Likes", elsewhere, "Liked: other.example"]
  }
]

layer(micropubSite())((it) => {
  describe("C2: posts without content", () => {
    it.effect.each(samples)(
      "show $title on the page, in lists, in feeds, and in search",
      ({ marked, properties, said, title, type = "h-entry", word }) =>
        Effect.gen(function* () {
          const { create, source } = yield* client()
          const tag = `sample-${samples.findIndex((sample) => sample.title === title)}`
          const url = yield* create({ ...properties, category: [tag] }, type)
          const page = yield* shown(url)
          if (marked !== undefined) expect(page.properties).toMatchObject(marked)
          for (const words of said) expect(page.html, words).toContain(words)
          const json = JSON.parse((yield* ask(`/tag/${tag}/feed.json`)).body)
          expect(json.items).toHaveLength(1)
          const rss = (yield* ask(`/tag/${tag}/feed.rss`)).body
          const atom = (yield* ask(`/tag/${tag}/feed.atom`)).body
          const list = (yield* ask(`/tag/${tag}`)).body
          for (const words of said) {
            expect(json.items[0].content_html, words).toContain(words)
            expect(list, words).toContain(words)
            for (const feed of [rss, atom]) expect(feed, words).toContain(words)
          }
          expect(rss).not.toMatch(/<content:encoded\/>|<content:encoded><\/content:encoded>|<description\/>/)
          expect(/<title>([^<]*)<\/title>/.exec(page.html)?.[1]).not.toBe("")
          const found = JSON.parse((yield* ask(`/api/search?q=${word ?? ""}+tag:${tag}`)).body)
          expect(found.results.map(({ url: hit }: { url: string }) => hit)).toEqual([url])
          expect((yield* source(url)).properties).toMatchObject(properties)
          expect(callOf(post({ type, properties }), makeSite(settings, unchangedSettings))).toMatch(/\p{L}/u)
        })
    )

    it.effect.each([
      [{ syndication: [elsewhere] }, "syndication"],
      [{ category: ["a"], published: ["2026-01-01"] }, "category, published"],
      [{ content: [{ html: "<script>alert(1)</script><style>p{}</style>" }] }, "content"],
      [{ content: [{ html: `<!-- ${"x".repeat(5_000)} --><p>&nbsp;</p><object></object>` }] }, "content"],
      [{ content: [`${"[a]: https://a.example/\n".repeat(3)}`] }, "content"],
      [{ content: ["\u200B"], name: ["\u2060"] }, "content, name"],
      [{ url: [elsewhere], uid: [elsewhere], author: ["Me"] }, "url, uid, author"],
      [{ "read-of": [{ type: ["h-cite"], properties: {} }] }, "read-of"],
      [{ location: ["geo:51.5,-0.1"], "location-visibility": ["private"] }, "location, location-visibility"],
      [{ photo: [] }, ""]
    ] as const)("%j is refused with the names that came", ([properties, names]) =>
      Effect.gen(function* () {
        const { json } = yield* client()
        const { code, description, status } = refusal(yield* json({ type: ["h-entry"], properties }))
        expect({ code, status }).toEqual({ code: "micropub.malformed", status: 400 })
        expect(description).toContain("`properties`")
        expect(description).toContain(names === "" ? "such as content, name or photo" : `; ${names}`)
      })
    )

    it.effect("that are in an older database show what they have", () =>
      Effect.gen(function* () {
        const posts = yield* Posts
        const stored = yield* posts.create({
          type: "h-entry",
          properties: { syndication: [elsewhere], category: ["older"] },
          status: "published",
          visibility: "public"
        })
        expect((yield* shown(`${siteUrl}/notes/${stored.slug}`)).html).toContain(elsewhere)
        expect((yield* ask("/tag/older/feed.json")).body).toContain(elsewhere)
      })
    )

    it.effect("do not repeat a summary that an article begins with", () =>
      Effect.gen(function* () {
        const { create } = yield* client()
        const text = "It begins like this, and goes on for a while."
        const url = yield* create({ name: ["Twice"], summary: ["It begins like this…"], content: [text] })
        expect((yield* shown(url)).properties).not.toHaveProperty("summary")
        expect((yield* ask(pathOf(url))).body).toContain('<meta name="description" content="It begins like this…"')
      })
    )
  })
})

describe("what a post shows", () => {
  it("is determined without delay for a megabyte of HTML", () => {
    for (const html of [
      "<script ".repeat(130_000),
      "<!--".repeat(260_000),
      "<p>&nbsp;".repeat(110_000),
      "<img ".repeat(200_000)
    ]) {
      expect(typeof showsNothing({ type: "h-entry", properties: { content: [{ html }] } })).toBe("boolean")
    }
  })
})
