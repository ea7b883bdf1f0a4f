import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { vi } from "vitest"
import { client, micropubSite, pathOf } from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

const count = vi.hoisted(() => ({ parsed: 0 }))

// Whatever makes HTML of a text goes through these, in whatever thread of thought it was called.
vi.mock("../../../src/domain/markdown/Markdown.js", async (original) => {
  const real = await original<typeof import("../../../src/domain/markdown/Markdown.js")>()
  const counted =
    <A extends ReadonlyArray<unknown>, B>(make: (...given: A) => B) =>
    (...given: A): B => {
      count.parsed += 1
      return make(...given)
    }
  const { articleHtml, documentHtml, noteHtml } = real
  return {
    ...real,
    articleHtml: counted(articleHtml),
    documentHtml: counted(documentHtml),
    noteHtml: counted(noteHtml)
  }
})

const articles = 55

layer(micropubSite())("S4: views of 55 articles", (it) => {
  it.effect("render no article again: home, permalink, tag, feeds and search", () =>
    Effect.gen(function* () {
      const app = yield* client()
      const text = "A *walk* along the river, with birds. ".repeat(60)
      let last = ""
      for (let number = 0; number < articles; number++) {
        last = yield* app.create({ name: [`Walk ${number}`], content: [text], category: ["walks"] })
      }
      expect(count.parsed).toBeGreaterThanOrEqual(articles)
      const paths = [
        ...["/", "/feed.rss", "/feed.atom", "/feed.json", "/tag/walks", "/tag/walks/feed.rss", pathOf(last)],
        ...["/search?q=river", "/api/search?q=river&limit=50", "/search?q=tag:walks"]
      ]
      for (const path of paths) {
        const before = count.parsed
        const { body, status } = yield* ask(path)
        expect([path, status]).toEqual([path, 200])
        expect(body, path).toContain("Walk ")
        expect([path, count.parsed - before]).toEqual([path, 0])
      }
      const before = count.parsed
      const { body } = yield* app.query("q=source&limit=50")
      expect(JSON.parse(body).items).toHaveLength(50)
      expect(count.parsed - before).toBe(0)
    })
  )
})
