import { describe, expect, layer } from "@effect/vitest"
import { Context, Effect, Layer, Option } from "effect"
import { Posts } from "../../../src/services/Posts.js"
import { editorServerWith } from "../../fixtures/EditorServer.js"
import { fieldIn, filledIn } from "../../fixtures/HtmlForm.js"

type Server = Effect.Effect.Success<ReturnType<typeof editorServerWith>>

class SharedServer extends Context.Tag("test/EditorTimes")<SharedServer, Server>() {}

const inBerlin = Layer.scoped(SharedServer, editorServerWith({ siteTimeZone: Option.some("Europe/Berlin") }))

/** Sends the form of a page back as a browser without script does; answers the post, and its page afterwards. */
const sent = ({ ask, context }: Server, html: string, filled: Readonly<Record<string, string>>, intent = "publish") =>
  Effect.gen(function* () {
    const action = /<form class="writing"[^>]* action="([^"]*)"/.exec(html)?.[1] ?? ""
    const answer = yield* ask(action, { method: "POST", body: filledIn(html, filled, intent) })
    expect(answer.status, answer.body).toBe(303)
    const address = answer.headers.get("location") ?? ""
    const id = Number(/\/admin\/edit\/(\d+)/.exec(address)?.[1])
    const posts = yield* Effect.provide(Posts, context)
    const post = Option.getOrThrow(yield* posts.byId(id))
    return { post, html: (yield* ask(address)).body }
  })

layer(inBerlin, { excludeTestServices: true })("T1: times in the editor without JavaScript", (it) => {
  const scenario = (name: string, run: (server: Server, blank: string) => Effect.Effect<unknown, unknown>) =>
    it.effect(name, () =>
      Effect.flatMap(SharedServer, (server) =>
        Effect.flatMap(server.ask("/admin/new"), ({ body }) => run(server, body))
      )
    )

  scenario("are of the site's time zone, which their field names", (server, blank) =>
    Effect.gen(function* () {
      expect(blank).toMatch(/Publish at \(<span data-zone[^>]*>Europe\/Berlin</)
      const { html, post } = yield* sent(server, blank, { content: "x", published: "2999-07-01T10:00" })
      expect([post.publishedAt, post.publishedOffset]).toEqual([Date.UTC(2999, 6, 1, 8), 7200])
      expect(post.properties.published).toEqual(["2999-07-01T10:00+02:00"])
      expect(html).toContain("Scheduled for 1 July 2999 at 10:00 UTC+02:00.")
      expect(html).toContain("for 1 July 2999 at 10:00 UTC+02:00")
      expect(fieldIn(html, "published")).toBe("2999-07-01T10:00")
      const winter = yield* sent(server, html, { published: "2999-12-01T10:00" }, "update")
      expect(winter.post.properties.published).toEqual(["2999-12-01T10:00+01:00"])
    })
  )

  scenario("stay by the clock of an author who was elsewhere", (server, blank) =>
    Effect.gen(function* () {
      const away = yield* sent(server, blank, { content: "x", published: "2026-11-12T21:18:16-04:00" })
      expect(away.html).toMatch(/Published \(<span data-zone[^>]*>UTC-04:00</)
      expect([fieldIn(away.html, "published"), fieldIn(away.html, "published_offset")]).toEqual([
        "2026-11-12T21:18",
        "-04:00"
      ])
      const same = yield* sent(server, away.html, { content: "y" }, "update")
      expect([same.post.publishedAt, same.post.publishedOffset]).toEqual([Date.parse("2026-11-13T01:18:16Z"), -14_400])
      const later = yield* sent(server, same.html, { published: "2026-11-12T22:00" }, "update")
      expect(later.post.properties.published).toEqual(["2026-11-12T22:00-04:00"])
      expect([later.post.publishedAt, later.post.publishedOffset]).toEqual([Date.parse("2026-11-13T02:00Z"), -14_400])
    })
  )

  scenario("hardly ahead are published at once, unless they are scheduled", (server, blank) =>
    Effect.gen(function* () {
      const ahead = new Date(Date.now() + 240_000).toISOString()
      const before = Date.now()
      const now = yield* sent(server, blank, { content: "x", published: ahead })
      expect(now.post.publishedAt).toBeGreaterThanOrEqual(before)
      expect(now.post.publishedAt).toBeLessThan(Date.parse(ahead))
      const other = yield* server.ask("/admin/new")
      const waiting = yield* sent(server, other.body, { content: "x", published: ahead }, "schedule")
      expect(waiting.post.publishedAt).toBe(Date.parse(ahead))
    })
  )

  describe("T2: in the nights when clocks change", () => {
    scenario("move forward out of the gap in spring once, and stay there", (server, blank) =>
      Effect.gen(function* () {
        const spring = yield* sent(server, blank, { content: "x", published: "2026-03-29T02:30" })
        expect(spring.post.publishedAt).toBe(Date.parse("2026-03-29T01:30:00Z"))
        expect(fieldIn(spring.html, "published")).toBe("2026-03-29T03:30")
        const again = yield* sent(server, spring.html, {}, "update")
        expect(again.post.publishedAt).toBe(spring.post.publishedAt)
        expect(fieldIn(again.html, "published")).toBe("2026-03-29T03:30")
      })
    )

    scenario("stay the second of two in autumn, and take the offsets of 1890", (server, blank) =>
      Effect.gen(function* () {
        for (const published of ["2026-10-25T02:30+01:00", "1890-07-01T12:00+00:53:28"]) {
          const { html, post } = yield* sent(server, blank, { content: "x", published, form_key: "" })
          const again = yield* sent(server, html, {}, "update")
          expect(again.post).toMatchObject({ publishedAt: post.publishedAt, publishedOffset: post.publishedOffset })
          expect(post.properties.published).toEqual([published])
        }
      })
    )
  })
})
