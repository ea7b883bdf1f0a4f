import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { NewPost } from "../../../src/domain/posts/Post.js"
import { Posts } from "../../../src/services/Posts.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { editorServer } from "../../fixtures/EditorServer.js"

const note = (content: string, more: Partial<NewPost> = {}): NewPost => ({
  type: "h-entry",
  properties: { content: [content] },
  status: "published",
  visibility: "public",
  ...more
})

const server = Effect.gen(function* () {
  const { ask, context } = yield* editorServer
  const posts = yield* Effect.provide(Posts, context)
  const anonymous = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    ask(path, { headers: { ...headers, cookie: "" } })
  return { ask, anonymous, context, posts }
})

const bar = '<aside class="owner"'

describe("the owner on their own site", () => {
  it.scoped("has links to write and to edit on every page, and no cache keeps these pages", () =>
    Effect.gen(function* () {
      const { anonymous, ask, posts } = yield* server
      const { id, slug } = yield* posts.create(note("Seen"))
      const path = `/notes/${slug}`
      for (const page of ["/", path, "/archive", "/notes"]) {
        const mine = yield* ask(page)
        expect(mine.status, page).toBe(200)
        expect(mine.body, page).toContain(bar)
        expect(mine.headers.get("cache-control"), page).toBe("no-store")
        const theirs = yield* anonymous(page)
        expect(theirs.body, page).not.toContain(bar)
        expect(theirs.headers.get("cache-control"), page).toContain("public")
      }
      expect((yield* ask(path)).body).toContain(`href="/admin/edit/${id}"`)
      expect((yield* ask("/")).body).not.toContain("/admin/edit/")
    })
  )

  it.scoped("sees the number of drafts", () =>
    Effect.gen(function* () {
      const { anonymous, ask, posts } = yield* server
      const drafts = (body: string) => /href="\/admin\/\?state=draft">([^<]*)</.exec(body)?.[1]
      yield* posts.create(note("Seen"))
      expect(drafts((yield* ask("/")).body)).toBe("Drafts")
      yield* posts.create(note("One", { status: "draft" }))
      expect(drafts((yield* ask("/")).body)).toBe("1 draft")
      yield* posts.create(note("Two", { status: "draft" }))
      expect(drafts((yield* ask("/archive")).body)).toBe("2 drafts")
      expect((yield* anonymous("/")).body).not.toContain("draft")
    })
  )

  it.scoped("gets the page with these links although the browser has the one from before the login", () =>
    Effect.gen(function* () {
      const { anonymous, ask, posts } = yield* server
      const { slug } = yield* posts.create(note("Seen"))
      const path = `/notes/${slug}`
      const before = yield* anonymous(path)
      const validators = {
        "if-none-match": before.headers.get("etag") ?? "",
        "if-modified-since": before.headers.get("last-modified") ?? new Date().toUTCString()
      }
      expect((yield* anonymous(path, { "if-none-match": validators["if-none-match"] })).status).toBe(304)
      const after = yield* ask(path, { headers: validators })
      expect(after.status).toBe(200)
      expect(after.body).toContain(bar)
    })
  )

  it.scoped("sees drafts, private and scheduled posts at their address, which nobody else does", () =>
    Effect.gen(function* () {
      const { anonymous, ask, posts } = yield* server
      const hidden = [
        [note("Draft", { status: "draft" }), "Draft. Only you see this."],
        [note("Private", { visibility: "private" }), "Private post. Only you see this."],
        [note("Later", { publishedAt: Date.parse("2999-01-01") }), "Scheduled for 1 January 2999"],
        [
          { ...note("Page", { status: "draft" }), properties: { name: ["P"], content: ["x"], "post-type": ["page"] } },
          "Draft."
        ]
      ] as const
      for (const [post, words] of hidden) {
        const { properties, slug } = yield* posts.create(post)
        const path = properties["post-type"] === undefined ? `/notes/${slug}` : `/${slug}`
        const mine = yield* ask(path)
        expect(mine.status, path).toBe(200)
        expect(mine.body).toContain(words)
        expect(mine.body).toContain('<meta name="robots" content="noindex"')
        expect((yield* anonymous(path)).status, path).toBe(404)
        expect((yield* anonymous(path, { cookie: "starpunk_session=made-up" })).status, path).toBe(404)
      }
      const gone = yield* posts.create(note("Gone"))
      yield* posts.delete(gone.id)
      expect((yield* ask(`/notes/${gone.slug}`)).status).toBe(410)
    })
  )

  it.scoped("gets no preview card of a post that visitors cannot open, because caches would keep it permanently", () =>
    Effect.gen(function* () {
      const { ask, posts } = yield* server
      const cardIn = (html: string) =>
        /<meta property="og:image" content="https?:\/\/[^/]*([^"]*)"/.exec(html)?.[1] ?? ""
      const hidden = [
        note("Draft", { status: "draft" }),
        note("Private", { visibility: "private" }),
        note("Later", { publishedAt: Date.parse("2999-01-01") })
      ]
      for (const post of hidden) {
        const { slug } = yield* posts.create(post)
        const path = cardIn((yield* ask(`/notes/${slug}`)).body)
        expect(path).toMatch(/^\/cards\//)
        const card = yield* ask(path)
        expect(card.status).toBe(404)
        expect(card.headers.get("cache-control") ?? "").not.toMatch(/public|immutable/)
      }
      const { slug } = yield* posts.create(note("Seen"))
      expect((yield* ask(cardIn((yield* ask(`/notes/${slug}`)).body))).status).toBe(200)
    })
  )

  it.scoped("is a visitor after the session has ended, and for a session cookie that is none", () =>
    Effect.gen(function* () {
      const { ask, context, posts } = yield* server
      yield* posts.create(note("Seen"))
      expect((yield* ask("/", { headers: { cookie: "starpunk_session=made-up" } })).body).not.toContain(bar)
      yield* Effect.flatMap(Effect.provide(SessionManager, context), ({ endAll }) => endAll)
      const page = yield* ask("/")
      expect(page.status).toBe(200)
      expect(page.body).not.toContain(bar)
    })
  )
})
