import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { client, created, micropubSite, pathOf, siteUrl } from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

const count = 100

/** A word that stands in no other post. */
const wordOf = (index: number) => `word${index.toString().padStart(3, "0")}z`

layer(micropubSite("worker"), { excludeTestServices: true })("A hundred clients at once", (it) => {
  it.effect("get a hundred permalinks; every post is stored, listed and found", () =>
    Effect.gen(function* () {
      const clients = yield* Effect.forEach(Array.from({ length: count }), () => client())
      const urls = yield* Effect.forEach(
        clients,
        ({ form, json }, index) =>
          Effect.map(
            index % 2 === 0
              ? form(`h=entry&content=Everybody+writes+this+at+once,+${wordOf(index)}&category[]=crowd`)
              : json({
                  type: ["h-entry"],
                  properties: { content: [`Everybody writes this at once, ${wordOf(index)}`], category: ["crowd"] }
                }),
            created
          ),
        { concurrency: "unbounded" }
      )
      expect(new Set(urls).size).toBe(count)

      yield* Effect.forEach(
        urls,
        (url, index) =>
          Effect.gen(function* () {
            const word = wordOf(index)
            const page = yield* ask(pathOf(url))
            expect(page.status).toBe(200)
            expect(page.body).toContain(word)
            const { results, total } = JSON.parse((yield* ask(`/api/search?q=${word}`)).body)
            expect([total, results[0]?.url]).toEqual([1, url])
          }),
        { concurrency: 10 }
      )
      const { total } = JSON.parse((yield* ask("/api/search?q=everybody&limit=1")).body)
      expect(total).toBe(count)
      const [first] = clients
      const { items } = JSON.parse((yield* first?.query("q=source&limit=100") ?? Effect.die("no client")).body)
      expect(new Set(items.map((item: { properties: { url: [string] } }) => item.properties.url[0]))).toEqual(
        new Set(urls)
      )
    })
  )

  it.effect("may change, move, delete and restore one post without losing an update", () =>
    Effect.gen(function* () {
      const { create, json, source } = yield* client()
      const url = yield* create({ content: ["Shared"], "mp-slug": ["shared"] })
      const answers = yield* Effect.forEach(
        Array.from({ length: 50 }, (_, index) => index),
        (index) =>
          index % 10 === 9
            ? json({ action: "update", url, replace: { "mp-slug": [`shared-${index}`] } })
            : json({ action: "update", url, add: { category: [`tag${index}`] } }),
        { concurrency: "unbounded" }
      )
      for (const { body, status } of answers) expect([200, 201, 204], body).toContain(status)
      const { properties } = yield* source(url)
      expect(properties.category).toHaveLength(45)
      for (const slug of ["shared", "shared-9", "shared-19", "shared-29", "shared-39", "shared-49"]) {
        const { headers, status } = yield* ask(`/notes/${slug}`)
        expect([200, 301]).toContain(status)
        if (status === 301) expect((yield* ask(headers.get("location") ?? "")).status).toBe(200)
        expect(yield* source(`${siteUrl}/notes/${slug}`)).toEqual(yield* source(url))
      }
    })
  )
})
