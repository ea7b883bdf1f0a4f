import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import * as SafeHttp from "../../../layers/memory/SafeHttp.js"
import { contentHtml, contentOf } from "../../../src/domain/posts/Content.js"
import { hostileZips, rawZip } from "../../fixtures/RawZip.js"
import * as Samples from "../../fixtures/Samples.js"
import { heldBack, notPublic, publicSlugs, withSite } from "./ImportedSite.js"
import { ghostExport } from "./sites/GhostExport.js"
import { wordPressExport, wordPressFrame } from "./sites/WordPressExport.js"

const shown = (post: { readonly properties: Parameters<typeof contentOf>[0] } | undefined): string => {
  const content = contentOf(post?.properties ?? {})
  return content === undefined ? "" : contentHtml(content)
}

/** An old site that serves one picture at every address below a path. */
const oldServer = (png: Uint8Array, below: string) => {
  const asked: Array<string> = []
  const layer = SafeHttp.layerOf((request) => {
    asked.push(request.url)
    return Effect.succeed(
      request.url.startsWith(below)
        ? { ...SafeHttp.answering(request, ""), body: png }
        : SafeHttp.answering(request, "gone", { status: 404 })
    )
  })
  return { asked, layer }
}

describe("a WordPress export", () => {
  const files = { "export.xml": wordPressExport }

  it.live("brings in posts, pages and drafts, and publishes only what WordPress shows", () =>
    withSite(files, ({ bring, posts }) =>
      Effect.gen(function* () {
        const planned = yield* bring({ given: "export.xml", dryRun: true })
        expect(planned).toMatchObject({ generator: "wxr", broken: 0, dryRun: true })
        expect(yield* posts).toEqual({})
        const report = yield* bring({ given: "export.xml" })
        expect({ ...report, dryRun: true }).toEqual(planned)
        expect(report.posts).toEqual({
          stored: 8,
          present: 0,
          drafts: 1,
          private: 2,
          unlisted: 0,
          scheduled: 1,
          pages: 1
        })
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["about", "herons", "otters", "spaeter", "to-come"])
        expect(Object.values(notPublic(report)).toSorted()).toEqual([
          "draft: status: draft",
          "private: password",
          "private: status: private"
        ])
        expect(Object.values(heldBack(report))).toEqual(["trash"])
        expect(report.passedOver.map(({ count }) => count).toSorted()).toEqual([1, 1, 2])
        expect(JSON.stringify([report, there])).not.toContain("sesame")
        expect(there.herons?.properties).toMatchObject({
          name: ["Herons & <others>"],
          summary: ["A short look"],
          category: ["slow web", "Birds"]
        })
        expect(there.herons).toMatchObject({ publishedAt: Date.parse("2014-03-05T20:30:00Z"), publishedOffset: 3_600 })
        expect(there.herons?.oldAddresses).toEqual(["/2014/03/herons", "/blog/2014/03/herons"])
        expect(there.about?.properties["post-type"]).toEqual(["page"])
        expect(report.oldAddresses).toBeGreaterThan(8)
      })
    )
  )

  it.live("shows texts as WordPress does, safely", () =>
    withSite(files, ({ bring, posts }) =>
      Effect.gen(function* () {
        yield* bring({ given: "export.xml" })
        const { herons, otters } = yield* posts
        const html = shown(herons)
        expect(html).toContain("<p>First line<br />\nsecond line</p>")
        expect(html).toContain('<a href="/notes/otters">otters</a>')
        expect(html).toContain("<pre>kept\n\nas it is</pre>")
        expect(html).toContain('<a href="https://www.youtube.com/watch?v=abcdefghijk">')
        expect(html).toContain("<figcaption>At dawn</figcaption>")
        expect(html).not.toMatch(/alert|contact-form|\[caption/)
        expect(shown(otters)).toContain("Blocks ]]&gt; and {{ braces }}")
        expect(shown(otters)).toContain('<a href="https://example.org/a">')
        expect(shown(otters)).toContain('<img src="https://files.example/otter.jpg" alt="" />')
        expect(shown(otters)).not.toContain("gallery")
      })
    )
  )

  it.live("is complete after the first time: a second one adds nothing", () =>
    withSite(files, ({ bring, posts }) =>
      Effect.gen(function* () {
        yield* bring({ given: "export.xml" })
        const before = yield* posts
        expect(yield* bring({ given: "export.xml", dryRun: true })).toMatchObject({
          posts: { stored: 0, present: 8 },
          broken: 0
        })
        expect(yield* bring({ given: "export.xml" })).toMatchObject({ posts: { stored: 0, present: 8 }, broken: 0 })
        expect(yield* posts).toEqual(before)
      })
    )
  )

  it.live("leaves pictures on the old site unless it is told to fetch them, and then fetches each once", () =>
    Effect.flatMap(
      Effect.promise(() => Samples.png()),
      (png) => {
        const { asked, layer } = oldServer(png, "https://old.example/blog/wp-content/")
        return withSite(
          files,
          ({ bring, posts }) =>
            Effect.gen(function* () {
              const planned = yield* bring({ given: "export.xml", dryRun: true, fetchMedia: true })
              expect(planned.remote).toEqual({
                named: 3,
                fetched: 0,
                failed: 0,
                hosts: ["old.example", "files.example"],
                isPlaceUnknown: false
              })
              expect(asked).toEqual([])
              const report = yield* bring({ given: "export.xml", fetchMedia: true })
              expect(report).toMatchObject({
                remote: { named: 3, fetched: 2, failed: 1 },
                media: { stored: 1 },
                broken: 0
              })
              expect(asked.toSorted()).toEqual([
                "https://files.example/otter.jpg",
                "https://old.example/blog/wp-content/uploads/2014/03/heron-300x200.jpg",
                "https://old.example/blog/wp-content/uploads/2014/03/heron.jpg"
              ])
              const { herons } = yield* posts
              expect(shown(herons)).toMatch(/<img src="\/media\/[^"]+\.png" alt="A heron"/)
              expect(herons?.properties.photo).toEqual([
                { value: expect.stringMatching(/^\/media\//), alt: "A heron by the river" }
              ])
              asked.length = 0
              expect(yield* bring({ given: "export.xml", fetchMedia: true })).toMatchObject({
                posts: { stored: 0, present: 8 }
              })
              expect(asked).toEqual(["https://files.example/otter.jpg"])
            }),
          layer
        )
      }
    )
  )

  it.live("is refused if it is incomplete, not an export, too deep, or not UTF-8", () =>
    withSite(
      {
        "cut.xml": wordPressExport.slice(0, -20),
        "feed.xml": '<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title></channel></rss>',
        "deep.xml": wordPressFrame(`<item>${"<a>".repeat(1_000)}`),
        "latin.xml": Buffer.from(wordPressFrame("<item><title>\u00e9</title></item>"), "latin1")
      },
      ({ refusal }) =>
        Effect.gen(function* () {
          const reasonOf = (given: string) =>
            Effect.map(refusal(given), (failure) => ("reason" in failure ? failure.reason : failure._tag))
          expect(yield* reasonOf("cut.xml")).toBe("xml")
          expect(yield* reasonOf("feed.xml")).toBe("kind")
          expect(yield* reasonOf("deep.xml")).toBe("part_too_large")
          expect(yield* reasonOf("latin.xml")).toBe("encoding")
        }).pipe(Effect.orDie)
    )
  )

  it.live("expands no entities", () =>
    withSite(
      {
        "laughs.xml": wordPressExport
          .replace(
            "<rss",
            `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(1_000)}"><!ENTITY c "${"&b;".repeat(1_000)}">]>\n<rss`
          )
          .replace("<title>The old site", "<title>&c;")
          .replace("<![CDATA[About]]>", "&c;")
      },
      ({ bring, posts }) =>
        Effect.gen(function* () {
          expect(yield* bring({ given: "laughs.xml" })).toMatchObject({ posts: { stored: 8 } })
          expect((yield* posts).about?.properties.name).toEqual(["&c;"])
        })
    )
  )
})

describe("a Ghost export", () => {
  const files = { "ghost.json": JSON.stringify(ghostExport()) }

  it.live("brings in posts and pages with tags, and nothing of members in public", () =>
    withSite(files, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring({ given: "ghost.json", withoutMissingMedia: true })
        expect(report).toMatchObject({ generator: "ghost", posts: { stored: 5, drafts: 2, private: 1, pages: 1 } })
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["about-us", "coming-soon"])
        expect(there["coming-soon"]?.properties).toMatchObject({
          name: ["Coming soon"],
          summary: ["A beginning"],
          category: ["News", "Lakes"]
        })
        expect(shown(there["coming-soon"])).toContain('<a href="/notes/second">the second</a>')
        expect(shown(there["coming-soon"])).not.toContain("alert")
        expect(there["coming-soon"]?.oldAddresses).toEqual(["/coming-soon"])
        expect(shown(there.idea)).toBe("<p>One</p>\n<p>Two &lt;b&gt;</p>")
        expect(yield* bring({ given: "ghost.json", withoutMissingMedia: true })).toMatchObject({
          posts: { stored: 0, present: 5 }
        })
      })
    )
  )

  it.live("asks where its pictures are, takes them from its zip file, or fetches them", () =>
    Effect.flatMap(
      Effect.promise(() => Samples.png()),
      (png) => {
        const { asked, layer } = oldServer(png, "https://ghost.example/content/images/")
        const zip = rawZip([
          { name: "old-blog/ghost.json", content: JSON.stringify(ghostExport()), isDeflated: true },
          { name: "old-blog/content/images/2023/01/lake.png", content: png },
          { name: "old-blog/content/images/2023/01/cover.png", content: png }
        ])
        return withSite(
          { ...files, "ghost.zip": zip },
          ({ bring, posts }) =>
            Effect.gen(function* () {
              const asking = yield* bring({ given: "ghost.json", dryRun: true })
              expect(asking).toMatchObject({ remote: { named: 0, isPlaceUnknown: true }, broken: 1 })
              const named = yield* bring({ given: "ghost.json", dryRun: true, oldSite: "https://ghost.example" })
              expect(named).toMatchObject({ remote: { named: 2, isPlaceUnknown: false }, broken: 0 })
              const zipped = yield* bring({ given: "ghost.zip", dryRun: true })
              expect(zipped).toMatchObject({
                remote: { named: 0 },
                media: { stored: 2 },
                broken: 0,
                posts: { stored: 5 }
              })
              yield* bring({ given: "ghost.json", fetchMedia: true, oldSite: "https://ghost.example/" })
              expect(asked).toHaveLength(2)
              expect((yield* posts)["coming-soon"]?.properties.photo).toMatchObject([{ alt: "A cover" }])
              expect(yield* bring({ given: "ghost.zip" })).toMatchObject({
                posts: { stored: 0, present: 5 },
                media: { stored: 0 }
              })
            }),
          layer
        )
      }
    )
  )

  it.live("is refused if it is incomplete, no export, or nested too deep", () =>
    withSite(
      {
        "cut.json": files["ghost.json"].slice(0, -3),
        "other.json": '{"data": {"posts": []}, "meta": {}}',
        "deep.json": `{"db": [{"data": {"posts": [${"[".repeat(10_000)}`,
        "broken.json": '{"db": [{"data": {"posts": [{"id": nonsense}]}}]}'
      },
      ({ refusal }) =>
        Effect.gen(function* () {
          const reasonOf = (given: string) =>
            Effect.map(refusal(given), (failure) => ("reason" in failure ? failure.reason : failure._tag))
          expect(yield* reasonOf("cut.json")).toBe("json")
          expect(yield* reasonOf("other.json")).toBe("kind")
          expect(yield* reasonOf("deep.json")).toBe("part_too_large")
          expect(yield* reasonOf("broken.json")).toBe("json")
        }).pipe(Effect.orDie)
    )
  )
})

describe("a zip file", () => {
  it.live("is read like the folder in it, whatever its top folder is called", () =>
    Effect.flatMap(
      Effect.promise(() => Samples.png()),
      (png) =>
        withSite(
          {
            "site.zip": rawZip([
              { name: "my-site/", mode: 0o040755 },
              { name: "my-site/_config.yml", content: "title: Old\nurl: https://old.example\n" },
              {
                name: "my-site/_posts/2016-01-05-hello.md",
                content: "---\ntitle: Hello\n---\n![A](/a.png)\n",
                isDeflated: true
              },
              { name: "my-site/a.png", content: png },
              { name: "__MACOSX/my-site/._a.png", content: "x" }
            ]),
            "2020-02-03-alone.md": "---\ntitle: Alone\ndate: 2020-01-01\n---\nText"
          },
          ({ bring, posts }) =>
            Effect.gen(function* () {
              expect(yield* bring({ given: "site.zip" })).toMatchObject({
                generator: "jekyll",
                posts: { stored: 1 },
                media: { stored: 1 },
                broken: 0
              })
              expect(yield* bring({ given: "2020-02-03-alone.md" })).toMatchObject({ posts: { stored: 1 } })
              expect(Object.keys(yield* posts).toSorted()).toEqual(["alone", "hello"])
            })
        )
    )
  )

  it.live("reads nothing above its own folder", () =>
    withSite(
      {
        "_config.yml": "title: Not mine\n",
        "secret.md": "---\ntitle: Secret\ndate: 2020-01-01\n---\nSecret",
        "a.zip": rawZip([
          { name: "a.md", content: "---\ntitle: A\ndate: 2020-01-01\n---\n![x](../secret.md) ![y](../../a.zip)" }
        ])
      },
      ({ bring }) =>
        Effect.gen(function* () {
          const report = yield* bring({ given: "a.zip", dryRun: true })
          expect(report).toMatchObject({ generator: "markdown", posts: { stored: 0 }, broken: 1 })
        })
    )
  )

  it.live.each(hostileZips.map(([title, reason, make]) => ({ title, reason, make })))(
    "is refused with $title",
    ({ make, reason }) =>
      withSite({ "bad.zip": make() }, ({ posts, refusal }) =>
        Effect.gen(function* () {
          expect(yield* refusal("bad.zip")).toMatchObject({ _tag: "ImportFileRefused", reason })
          expect(yield* posts).toEqual({})
        }).pipe(Effect.orDie)
      )
  )

  it.live("is refused if its kind is unknown or it is empty", () =>
    withSite({ "a.bin": Buffer.from([1, 2, 3]), "empty.zip": "" }, ({ refusal }) =>
      Effect.gen(function* () {
        expect(yield* refusal("a.bin")).toMatchObject({ reason: "kind" })
        expect(yield* refusal("empty.zip")).toMatchObject({ reason: "empty" })
      }).pipe(Effect.orDie)
    )
  )
})
