import { Statement } from "@effect/sql"
import { describe, expect, it, layer } from "@effect/vitest"
import { Context, Effect, Layer, Option } from "effect"
import type { Post } from "../../../src/domain/posts/Post.js"
import { rendererVersion } from "../../../src/domain/posts/Rendering.js"
import { Posts } from "../../../src/services/Posts.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { editorServer } from "../../fixtures/EditorServer.js"
import { fieldIn, fieldsIn, filledIn } from "../../fixtures/HtmlForm.js"
import { post } from "../../fixtures/SamplePost.js"
import { others } from "../../fixtures/Samples.js"
import { isOverPostgres } from "../../fixtures/SiteEngine.js"
import { store } from "../../fixtures/Sqlite.js"

type Server = Effect.Effect.Success<typeof editorServer>

const page = ({ ask }: Server, path: string) =>
  Effect.map(ask(path), (answer) => {
    expect(answer.status, answer.body).toBe(200)
    return answer.body
  })

/** Fills in the form of a page and sends it back, as a browser without script does. */
const send = (
  { ask }: Server,
  html: string,
  filled: Readonly<Record<string, string | ReadonlyArray<string>>>,
  intent?: string,
  files: ReadonlyArray<File> = []
) => {
  const action = /<form class="writing"[^>]* action="([^"]*)"/.exec(html)?.[1] ?? ""
  return ask(action, { method: "POST", body: filledIn(html, filled, intent, files) })
}

const idIn = (answer: { readonly status: number; readonly headers: Headers; readonly body: string }): number => {
  expect(answer.status, answer.body).toBe(303)
  return Number(/^\/admin\/edit\/(\d+)\?saved=/.exec(answer.headers.get("location") ?? "")?.[1])
}

const stored = ({ context }: Server, id: number): Effect.Effect<Post> =>
  Effect.flatMap(Posts, (posts) => posts.byId(id)).pipe(
    Effect.map(Option.getOrThrow),
    Effect.orDie,
    Effect.provide(context)
  )

/** Requests a page as a visitor. */
const visit = ({ ask }: Server, path: string) => ask(path, { headers: { cookie: "" } })

const autosave = ({ ask }: Server, fields: Readonly<Record<string, string>>) =>
  Effect.map(
    ask("/admin/autosave", {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(fields)
    }),
    (answer) => ({ ...answer, json: JSON.parse(answer.body) })
  )

/** Ten thousand notes, a minute apart; every fiftieth is about herons, every thousandth a draft. */
const manyPosts = Effect.flatMap(SqlPool, (pool) =>
  pool.write((sql) =>
    Effect.all([
      sql`WITH RECURSIVE notes(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM notes WHERE n < 10000)
        INSERT INTO posts (id, slug, type, properties, status, visibility, published_at, created_at, updated_at)
        SELECT n, 'note-' || n, 'h-entry', '{"content":["Note number ' || n || ' about '
            || CASE n % 50 WHEN 1 THEN 'herons' ELSE 'stones' END || '"]}',
          CASE n % 1000 WHEN 1 THEN 'draft' ELSE 'published' END, 'public', 1767225600000 + n * 60000, 0, 0 FROM notes`,
      sql`INSERT INTO search_documents (post_id, title, body, tags)
        SELECT id, '', ' note number ' || id || CASE id % 50 WHEN 1 THEN ' about herons ' ELSE ' about stones ' END, '' FROM posts`,
      sql`INSERT INTO post_renderings (post_id, version, state, is_listed_whole, opening, listed, html, text)
        SELECT id, ${rendererVersion}, 'rendered', 1, said, '{}', '<p>' || said || '</p>', said FROM (
          SELECT id, 'Note number ' || id || ' about ' || CASE id % 50 WHEN 1 THEN 'herons' ELSE 'stones' END AS said FROM posts) AS note`
    ])
  )
)

/** A site of its own, without posts. */
const fresh = (name: string, run: (server: Server) => Effect.Effect<unknown, unknown>) =>
  it.scopedLive(name, () => Effect.flatMap(editorServer, run), 60_000)

class SharedServer extends Context.Tag("test/EditorServer")<SharedServer, Server>() {}

/** A site that many tests share, none of which minds the others' posts. */
const shared = Layer.scoped(SharedServer, editorServer)

const png = new File(
  [
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64"
    )
  ],
  "star.png",
  { type: "image/png" }
)
const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], "drawing.svg", { type: "image/svg+xml" })

layer(shared, { excludeTestServices: true })((it) => {
  const scenario = (name: string, run: (server: Server) => Effect.Effect<unknown, unknown>) =>
    it.effect(name, () => Effect.flatMap(SharedServer, run), 60_000)

  describe("the editor without JavaScript", () => {
    scenario("writes, edits, deletes and restores a post by plain forms", (server) =>
      Effect.gen(function* () {
        const { ask } = server
        const blank = yield* page(server, "/admin/new")
        const created = yield* send(
          server,
          blank,
          { name: "Hello, World", content: "First\r\nline", category: "a, b" },
          "publish"
        )
        const id = idIn(created)
        expect(created.headers.get("location")).toBe(`/admin/edit/${id}?saved=published`)
        expect((yield* stored(server, id)).properties).toEqual({
          name: ["Hello, World"],
          content: ["First\nline"],
          category: ["a", "b"]
        })
        const visited = yield* ask("/notes/hello-world", { headers: { cookie: "" } })
        expect(visited.status).toBe(200)
        expect(visited.body).toContain("First\nline")
        expect(visited.body).not.toContain("Edited")

        const edit = yield* page(server, `/admin/edit/${id}?saved=published`)
        expect(edit).toContain("View on your site")
        expect(fieldIn(edit, "slug")).toBe("hello-world")
        const updated = yield* send(server, edit, { content: "Second", slug: "second-thoughts" }, "update")
        expect(updated.headers.get("location")).toBe(`/admin/edit/${id}?saved=updated`)
        expect((yield* ask("/notes/second-thoughts")).body).toContain("Second")
        expect((yield* ask("/notes/hello-world")).headers.get("location")).toContain("/notes/second-thoughts")

        expect(yield* page(server, `/admin/delete/${id}`)).toContain("Delete this post?")
        expect((yield* ask("/notes/second-thoughts")).status).toBe(200)
        const deleted = yield* ask(`/admin/delete/${id}`, { method: "POST" })
        expect([deleted.status, deleted.headers.get("location")]).toEqual([303, `/admin/?deleted=${id}`])
        expect((yield* ask("/notes/second-thoughts")).status).toBe(410)
        expect(yield* page(server, `/admin/?deleted=${id}`)).toContain("Undo")
        expect(yield* page(server, `/admin/edit/${id}`)).toContain("Deleted post")

        const restored = yield* ask(`/admin/restore/${id}`, { method: "POST" })
        expect(restored.headers.get("location")).toBe(`/admin/edit/${id}?saved=restored`)
        expect((yield* ask("/notes/second-thoughts")).status).toBe(200)
      })
    )

    scenario("keeps a draft to the owner, and names it when it is published", (server) =>
      Effect.gen(function* () {
        const draft = idIn(yield* send(server, yield* page(server, "/admin/new"), { content: "Wh" }, "draft"))
        const { slug, status } = yield* stored(server, draft)
        expect([status, slug]).toEqual(["draft", expect.stringMatching(/^draft-[0-9a-f]{16}$/)])
        expect((yield* visit(server, `/notes/${slug}`)).status).toBe(404)
        expect(yield* page(server, `/admin/preview/${draft}`)).toContain("Wh")
        const edit = yield* page(server, `/admin/edit/${draft}`)
        expect(fieldIn(edit, "slug")).toBe("")
        yield* send(server, edit, { content: "What I did today" }, "publish")
        expect(yield* stored(server, draft)).toMatchObject({ status: "published", slug: "what-i-did-today" })
      })
    )

    scenario("schedules a post, and never shows it early", (server) =>
      Effect.gen(function* () {
        const blank = yield* page(server, "/admin/new")
        const past = yield* send(server, blank, { content: "Later", published: "2020-01-01T00:00" }, "schedule")
        expect([past.status, past.body.includes("Choose a time in the future")]).toEqual([422, true])
        const unsaid = yield* send(server, blank, { content: "Later" }, "schedule")
        expect(unsaid.status).toBe(422)
        const scheduled = yield* send(server, blank, { content: "Later", published: "2999-01-01T10:00" }, "schedule")
        const id = idIn(scheduled)
        expect(scheduled.headers.get("location")).toContain("saved=scheduled")
        expect((yield* visit(server, "/notes/later")).status).toBe(404)
        const edit = yield* page(server, `/admin/edit/${id}`)
        expect(edit).toContain("1 January 2999 at 10:00 UTC")
        expect(yield* page(server, "/admin/?state=scheduled")).toContain("Later")
        yield* send(server, edit, { published: "" }, "update")
        expect((yield* server.ask("/notes/later")).status).toBe(200)
      })
    )

    fresh("makes one post of a form that is sent twice", (server) =>
      Effect.gen(function* () {
        const blank = yield* page(server, "/admin/new")
        const answers = yield* Effect.all(
          Array.from({ length: 5 }, () => send(server, blank, { content: "Once" }, "publish")),
          { concurrency: "unbounded" }
        )
        expect(new Set(answers.map(idIn)).size).toBe(1)
        expect((yield* page(server, "/admin/")).match(/<h3/g)).toHaveLength(1)
      })
    )

    scenario("gives back what was typed together with what is wrong, each with a way to its field", (server) =>
      Effect.gen(function* () {
        const typed = {
          name: '<script>alert("1")</script>',
          content: "</textarea><script>alert(2)</script>\r\n\r\n  & more",
          slug: "???",
          "in-reply-to": "javascript:alert(3)",
          category: '" onfocus="alert(4)',
          summary: "S",
          visibility: "unlisted"
        }
        const blank = yield* page(server, "/admin/new")
        const answer = yield* send(server, blank, typed, "publish")
        expect(answer.status).toBe(422)
        expect(answer.body).not.toContain("<script>alert")
        expect(answer.body).toContain('href="#field-slug"')
        expect(answer.body).toContain('href="#field-in-reply-to"')
        expect(answer.body).toMatch(/<input id="field-slug"[^>]*aria-describedby="field-slug-fault field-slug-hint"/)
        for (const [name, value] of Object.entries(typed)) expect(fieldIn(answer.body, name)).toBe(value)
        expect(fieldIn(answer.body, "form_key")).toBe(fieldIn(blank, "form_key"))
        const mended = yield* send(
          server,
          answer.body,
          { slug: "mended", "in-reply-to": "https://a.example/" },
          "publish"
        )
        const { properties, slug } = yield* stored(server, idIn(mended))
        expect([slug, properties.content]).toEqual(["mended", [typed.content.replaceAll("\r\n", "\n")]])
        const shown = yield* server.ask("/notes/mended")
        expect(shown.body).not.toContain("<script>alert")
      })
    )

    fresh("asks for something to say", (server) =>
      Effect.gen(function* () {
        for (const intent of ["publish", "draft", undefined]) {
          const answer = yield* send(server, yield* page(server, "/admin/new"), { category: "tags alone" }, intent)
          expect([answer.status, answer.body.includes("Enter a text, a title")]).toEqual([422, true])
        }
        expect(yield* page(server, "/admin/")).toContain("Write your first post")
      })
    )

    scenario("publishes nothing by the Enter key, and takes nothing back by it", (server) =>
      Effect.gen(function* () {
        const draft = idIn(yield* send(server, yield* page(server, "/admin/new"), { content: "x" }))
        expect((yield* stored(server, draft)).status).toBe("draft")
        yield* send(server, yield* page(server, `/admin/edit/${draft}`), {}, "publish")
        yield* send(server, yield* page(server, `/admin/edit/${draft}`), { name: "y" })
        expect(yield* stored(server, draft)).toMatchObject({ status: "published", properties: { name: ["y"] } })
      })
    )

    scenario("takes a post back to the drafts", (server) =>
      Effect.gen(function* () {
        const id = idIn(yield* send(server, yield* page(server, "/admin/new"), { content: "Backwards" }, "publish"))
        const answer = yield* send(server, yield* page(server, `/admin/edit/${id}`), {}, "draft")
        expect(answer.headers.get("location")).toContain("saved=unpublished")
        expect((yield* visit(server, "/notes/backwards")).status).toBe(404)
      })
    )

    scenario("shows both versions when a post was changed elsewhere, and loses neither", (server) =>
      Effect.gen(function* () {
        const id = idIn(yield* send(server, yield* page(server, "/admin/new"), { content: "Original" }, "publish"))
        const mine = yield* page(server, `/admin/edit/${id}`)
        const theirs = yield* page(server, `/admin/edit/${id}`)
        idIn(yield* send(server, theirs, { content: "Theirs <b>" }, "update"))
        const conflict = yield* send(server, mine, { content: "Mine", name: "My title" }, "update")
        expect(conflict.status).toBe(409)
        expect(conflict.body).toContain("Theirs &lt;b>")
        expect([fieldIn(conflict.body, "content"), fieldIn(conflict.body, "name")]).toEqual(["Mine", "My title"])
        expect((yield* stored(server, id)).properties.content).toEqual(["Theirs <b>"])
        // Asking for more (a picture moved, a fault) does not make the other version forgotten.
        const again = yield* send(server, mine, { content: "Mine", slug: "???" }, "update")
        expect(again.status).toBe(422)
        expect((yield* send(server, again.body, { slug: "" }, "update")).status).toBe(409)
        idIn(yield* send(server, conflict.body, {}, "update"))
        expect((yield* stored(server, id)).properties).toEqual({ content: ["Mine"], name: ["My title"] })
      })
    )

    scenario("is not in conflict with itself after a step back in the browser", (server) =>
      Effect.gen(function* () {
        const id = idIn(yield* send(server, yield* page(server, "/admin/new"), { content: "a" }, "publish"))
        const edit = yield* page(server, `/admin/edit/${id}`)
        idIn(yield* send(server, edit, { content: "b" }, "update"))
        idIn(yield* send(server, edit, { content: "c" }, "update"))
        expect((yield* stored(server, id)).properties.content).toEqual(["c"])
      })
    )

    fresh("edits what clients have sent without damage", (server) =>
      Effect.gen(function* () {
        const properties = {
          name: ["N"],
          content: [{ html: "<p>One</p>\n<script>x</script>", value: "One", lang: "en" }],
          photo: [{ value: "https://a.example/1.jpg", alt: "One" }],
          category: [{ type: ["h-card"], properties: { name: ["Somebody"] } }, "tag"],
          "x-unknown": [{ a: [1, { b: true }] }]
        }
        yield* Effect.provide(store([post({ id: 7, properties })]), server.context)
        const edit = yield* page(server, "/admin/edit/7")
        expect(edit).toContain("This post is HTML")
        const before = yield* stored(server, 7)
        idIn(yield* send(server, edit, {}, "update"))
        expect(yield* stored(server, 7)).toEqual(before)
        idIn(yield* send(server, edit, { content: "<p>Two</p>" }, "update"))
        expect((yield* stored(server, 7)).properties).toEqual({
          ...properties,
          content: [{ html: "<p>Two</p>", lang: "en" }]
        })
      })
    )

    scenario("keeps files with the form, in the order that is asked for, each with its description", (server) =>
      Effect.gen(function* () {
        const blank = yield* page(server, "/admin/new")
        const uploaded = yield* send(server, blank, { content: "With pictures" }, "upload", [png, png])
        expect([uploaded.status, fieldIn(uploaded.body, "content")]).toEqual([200, "With pictures"])
        const urls = (html: string) => fieldsIn(html).flatMap(([name, value]) => (name === "media_url" ? [value] : []))
        const [first, second] = urls(uploaded.body)
        expect(first).toMatch(/^http:\/\/me\.localhost\/./)
        const swapped = yield* send(server, uploaded.body, { media_alt: ["One", "Two"] }, "down:0")
        expect(urls(swapped.body)).toEqual([second, first])
        const third = yield* send(server, swapped.body, {}, "publish", [png])
        const { properties } = yield* stored(server, idIn(third))
        expect(properties.photo).toEqual([
          { value: second, alt: "Two" },
          { value: first, alt: "One" },
          expect.any(String)
        ])
        const edit = yield* page(server, third.headers.get("location") ?? "")
        const removed = yield* send(server, edit, {}, "remove:1")
        expect(urls(removed.body)).toEqual([second, properties.photo?.[2]])
      })
    )

    scenario("says which file was refused, and keeps the text and the other files", (server) =>
      Effect.gen(function* () {
        const answer = yield* send(server, yield* page(server, "/admin/new"), { content: "Kept" }, "publish", [
          svg,
          png
        ])
        expect(answer.status).toBe(422)
        expect(answer.body).toContain("drawing.svg")
        expect(fieldIn(answer.body, "content")).toBe("Kept")
        expect(fieldsIn(answer.body).filter(([name]) => name === "media_url")).toHaveLength(1)
        expect((yield* send(server, answer.body, {}, "publish")).status).toBe(303)
      })
    )

    scenario("fills in what the address brings along", (server) =>
      Effect.gen(function* () {
        const blank = yield* page(
          server,
          "/admin/new?in-reply-to=https://a.example/1&content=Hi&visibility=x&format=html"
        )
        const [reply, content, visibility, format] = ["in-reply-to", "content", "visibility", "format"].map((name) =>
          fieldIn(blank, name)
        )
        expect([reply, content, visibility, format]).toEqual(["https://a.example/1", "Hi", "public", "markdown"])
      })
    )

    scenario("begins a page from a link in the list", (server) =>
      Effect.gen(function* () {
        const list = yield* page(server, "/admin/")
        const [, href = ""] = /<a href="([^"]*)">New page<\/a>/.exec(list) ?? []
        const blank = yield* page(server, href)
        expect(fieldIn(blank, "kind")).toBe("page")
        const fields = { name: "Begun in the list", content: "I grow things." }
        expect((yield* send(server, blank, fields, "publish")).status).toBe(303)
        expect((yield* server.ask("/begun-in-the-list")).status).toBe(200)
      })
    )

    fresh("bears a megabyte of text, long words, other scripts and emoji", (server) =>
      Effect.gen(function* () {
        const text = `${"Wörter ".repeat(100)}שלום 🎉 ${"x".repeat(980_000)}`
        const id = idIn(yield* send(server, yield* page(server, "/admin/new"), { content: text }, "publish"))
        expect((yield* stored(server, id)).properties.content).toEqual([text])
        expect(fieldIn(yield* page(server, `/admin/edit/${id}`), "content")).toBe(text)
        expect((yield* page(server, "/admin/")).length).toBeLessThan(20_000)
      })
    )
  })

  describe("autosave", () => {
    scenario("makes a draft the first time, and changes it from then on", (server) =>
      Effect.gen(function* () {
        const form_key = fieldIn(yield* page(server, "/admin/new"), "form_key") ?? ""
        const first = yield* autosave(server, { form_key, content: "One" })
        expect([first.status, first.json.problems]).toEqual([200, []])
        // The answer was lost on the way: the same again, and one more word.
        const second = yield* autosave(server, { form_key, content: "One two" })
        expect(second.json.id).toBe(first.json.id)
        const third = yield* autosave(server, {
          ...{ form_key, content: "One two three" },
          ...{ post_id: String(second.json.id), based_on: String(second.json.updatedAt) }
        })
        expect(yield* stored(server, third.json.id)).toMatchObject({
          status: "draft",
          properties: { content: ["One two three"] },
          updatedAt: third.json.updatedAt
        })
        const opened = yield* page(server, `/admin/edit/${first.json.id}`)
        expect(fieldIn(opened, "content")).toBe("One two three")
      })
    )

    scenario("finds its draft again after a restart", (server) =>
      Effect.gen(function* () {
        const form_key = "00112233445566ff"
        const { json } = yield* autosave(server, { form_key, content: "One" })
        expect((yield* stored(server, json.id)).slug).toBe(`draft-${form_key}`)
      })
    )

    scenario("keeps what it can, and says what it cannot", (server) =>
      Effect.gen(function* () {
        const { json, status } = yield* autosave(server, { form_key: "", content: "One", "in-reply-to": "exam" })
        expect(status).toBe(200)
        expect(json.problems).toEqual([expect.stringContaining("“exam” isn't a web address")])
        expect((yield* stored(server, json.id)).properties).toEqual({ content: ["One"] })
      })
    )

    scenario("never touches what is published, deleted, or changed elsewhere, nor makes empty drafts", (server) =>
      Effect.gen(function* () {
        const empty = yield* autosave(server, { form_key: "ff00112233445566" })
        expect([empty.status, empty.json.code]).toEqual([422, "editor.incomplete"])
        const id = idIn(yield* send(server, yield* page(server, "/admin/new"), { content: "Out" }, "publish"))
        const { updatedAt } = yield* stored(server, id)
        const fields = { post_id: String(id), based_on: String(updatedAt), content: "Changed" }
        const published = yield* autosave(server, fields)
        expect([published.status, published.json.code]).toEqual([409, "editor.autosave_refused"])
        expect((yield* stored(server, id)).properties.content).toEqual(["Out"])
        yield* send(server, yield* page(server, `/admin/edit/${id}`), {}, "draft")
        const stale = yield* autosave(server, fields)
        expect([stale.status, stale.json.code]).toEqual([409, "editor.conflict"])
        yield* server.ask(`/admin/delete/${id}`, { method: "POST" })
        expect((yield* autosave(server, fields)).json.code).toBe("editor.autosave_refused")
        expect((yield* autosave(server, { ...fields, post_id: "999" })).status).toBe(200)
      })
    )
  })

  describe("the preview", () => {
    fresh("shows a form as visitors would see it, harmless, and keeps nothing", (server) =>
      Effect.gen(function* () {
        const body = new URLSearchParams({ name: "T", content: "**bold** <script>x</script> [x](javascript:y)" })
        const answer = yield* server.ask("/admin/preview", { method: "POST", body })
        expect(answer.status).toBe(200)
        expect(answer.body).toContain("<strong>bold</strong>")
        expect(answer.body).not.toMatch(/<script>x|href="javascript/)
        expect(answer.body).toContain('class="post h-entry"')
        expect(yield* page(server, "/admin/")).toContain("Write your first post")
      })
    )
  })

  describe("uploading", () => {
    scenario("answers where a file is, or why it was not taken", (server) =>
      Effect.gen(function* () {
        const upload = (file: File | undefined) => {
          const body = new FormData()
          if (file !== undefined) body.append("file", file)
          return server.ask("/admin/media", { method: "POST", body, headers: { accept: "application/json" } })
        }
        const taken = yield* upload(png)
        expect([taken.status, JSON.parse(taken.body)]).toMatchObject([201, { property: "photo", alt: "" }])
        const refused = yield* upload(svg)
        expect([refused.status, JSON.parse(refused.body).code]).toEqual([415, "media.unsupported"])
        expect(refused.headers.get("content-type")).toBe("application/problem+json")
        expect(JSON.parse((yield* upload(undefined)).body).code).toMatch(
          /^(?:editor\.file_missing|http\.body_malformed)$/
        )
      })
    )
  })

  scenario("keeps films and recordings as what they are", (server) =>
    Effect.gen(function* () {
      const files = ["audio/mpeg", "video/mp4"].map(
        (type) => new File([new Uint8Array(others[type] ?? [])], "file", { type })
      )
      const blank = yield* page(server, "/admin/new")
      const answer = yield* send(server, blank, { content: "To hear and to see" }, "publish", files)
      const { properties } = yield* stored(server, idIn(answer))
      expect(properties).toMatchObject({
        audio: [expect.stringMatching(/\/media\/.*\.mp3$/)],
        video: [expect.stringMatching(/\/media\/.*\.mp4$/)]
      })
    })
  )

  describe("the list of posts", () => {
    fresh("shows ten thousand posts page by page, each way, along an index", (server) =>
      Effect.gen(function* () {
        yield* Effect.provide(manyPosts, server.context)
        const seen = (html: string) =>
          [...html.matchAll(/Note number (\d+) about \w+<\/a>/g)].map(([, number]) => Number(number))
        const href = (html: string, rel: string) =>
          (new RegExp(`rel="${rel}" href="([^"]*)"`).exec(html)?.[1] ?? "").replaceAll("&amp;", "&")
        const first = yield* page(server, "/admin/")
        expect(seen(first)).toEqual(Array.from({ length: 30 }, (_, index) => 10_000 - index))
        const second = yield* page(server, href(first, "next"))
        expect(seen(second)[0]).toBe(9_970)
        expect(seen(yield* page(server, href(second, "prev")))).toEqual(seen(first))

        const found = yield* page(server, "/admin/?q=HERONS")
        expect(seen(found)).toHaveLength(30)
        expect(seen(yield* page(server, href(found, "next")))[0]).toBe(9_951 - 30 * 50)
        expect(href(found, "next")).toContain("q=HERONS")
        expect(seen(yield* page(server, "/admin/?state=draft"))).toEqual(
          Array.from({ length: 10 }, (_, index) => 9_001 - index * 1_000)
        )

        const posts = yield* Effect.provide(Posts, server.context)
        for (const [name, filter, expected, index] of [
          ["all", {}, 30, "posts_kept"],
          ["drafts", { state: "draft" }, 10, "posts_drafts"],
          ["scheduled", { state: "scheduled" }, 0, "posts_kept"],
          ["deleted", { state: "deleted" }, 0, "posts_deleted"],
          ["found", { text: "herons" }, 30, "posts_kept"],
          ["nothing", { text: "nothinglikethis" }, 0, "posts_kept"]
        ] as const) {
          const asked: Array<ReturnType<Statement.Statement<unknown>["compile"]>> = []
          const owned = yield* Statement.withTransformer(posts.listOwned(filter, { limit: 30 }), (statement) =>
            Effect.sync(() => {
              asked.push(statement.compile())
              return statement
            })
          )
          expect([name, owned.posts.length]).toEqual([name, expected])
          expect([name, asked.length > 0]).toEqual([name, true])
          // Only SQLite describes its plan in this form.
          if (isOverPostgres) continue
          const plan = yield* Effect.provide(
            Effect.flatMap(SqlPool, (pool) =>
              pool.read((sql) =>
                Effect.forEach(asked, ([text, params]) =>
                  sql.unsafe<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, params)
                )
              )
            ),
            server.context
          )
          const steps = plan.flat().map(({ detail }) => detail)
          // The walk follows an index and ends at the page's last post: nothing is read whole to be sorted.
          expect([name, steps[0]]).toEqual([name, expect.stringContaining(`USING INDEX ${index}`)])
          expect([name, steps.filter((step) => /TEMP B-TREE|SCAN posts(?! USING)/.test(step))]).toEqual([name, []])
        }
      })
    )

    fresh("posts a note with a picture from the form above it, and opens one in the editor", (server) =>
      Effect.gen(function* () {
        const note = (html: string, content: string, intent: string, files: ReadonlyArray<File> = []) => {
          const form = /<form class="card composer".*?<\/form>/s.exec(html)?.[0] ?? ""
          const body = new FormData()
          for (const [, name = "", value = ""] of form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
            body.append(name, value)
          }
          body.append("content", content)
          for (const file of files) body.append("files", file)
          body.append("intent", intent)
          return server.ask("/admin/new", { method: "POST", body })
        }
        const list = yield* page(server, "/admin/")
        const twice = yield* Effect.all([note(list, "Hello", "publish", [png]), note(list, "Hello", "publish", [png])])
        for (const { headers, status } of twice) {
          expect([status, headers.get("location")]).toEqual([303, "/admin/?posted=1"])
        }
        const { properties, status } = yield* stored(server, 1)
        expect([status, properties.content, properties.photo?.length]).toEqual(["published", ["Hello"], 1])
        const after = yield* page(server, "/admin/?posted=1")
        expect(after).toContain("Posted.")
        expect(after).toContain("No description")

        const opened = yield* note(after, "To be continued", "upload", [png])
        expect([opened.status, fieldIn(opened.body, "content")]).toEqual([200, "To be continued"])
        expect(fieldsIn(opened.body).filter(([name]) => name === "media_url")).toHaveLength(1)
        const empty = yield* note(after, "", "publish")
        expect([empty.status, empty.body.includes("Enter a text, a title")]).toEqual([422, true])
      })
    )

    fresh("shows scheduled posts in the order of their time, and counts what waits", (server) =>
      Effect.gen(function* () {
        const at = (id: number, year: number) =>
          post({ id, slug: `in-${year}`, properties: { content: [`In ${year}`] }, publishedAt: Date.UTC(year, 0) })
        const many = Array.from({ length: 40 }, (_, index) => at(index + 1, 2900 + index))
        yield* Effect.provide(store([...many, post({ id: 99, status: "draft" })]), server.context)
        const years = (html: string) => [...html.matchAll(/>In (\d+)<\/a>/g)].map(([, year]) => Number(year))
        const first = yield* page(server, "/admin/?state=scheduled")
        expect(years(first)).toEqual(Array.from({ length: 30 }, (_, index) => 2900 + index))
        const next = (/rel="prev" href="([^"]*)"/.exec(first)?.[1] ?? "").replaceAll("&amp;", "&")
        expect(years(yield* page(server, next))).toEqual(Array.from({ length: 10 }, (_, index) => 2930 + index))
        expect(first).toMatch(/>Drafts 1<.*>Scheduled 40<.*>Deleted 0</s)
      })
    )

    fresh("filters by tag, and says so when nothing fits", (server) =>
      Effect.gen(function* () {
        const tagged = post({ id: 1, properties: { content: ["Tagged"], category: ["Slow Web"] } })
        yield* Effect.provide(store([tagged, post({ id: 2, properties: { content: ["Other"] } })]), server.context)
        const html = yield* page(server, "/admin/?tag=Slow+Web")
        expect([html.includes("Tagged</a>"), html.includes("Other</a>")]).toEqual([true, false])
        expect(yield* page(server, "/admin/?q=zzz")).toContain("No matching posts")
        expect(yield* page(server, "/admin/?state=draft")).toContain("No drafts")
      })
    )

    fresh("escapes what titles smuggle", (server) =>
      Effect.gen(function* () {
        const hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
        yield* Effect.provide(
          store([post({ id: 1, properties: { name: [hostile], category: [hostile], content: ["x"] } })]),
          server.context
        )
        for (const path of [
          "/admin/",
          "/admin/edit/1",
          "/admin/delete/1",
          "/admin/preview/1",
          `/admin/?q=${encodeURIComponent(hostile)}`
        ]) {
          const html = yield* page(server, path)
          expect(html).not.toMatch(/<img src=x|<script>alert/)
        }
      })
    )
  })

  describe("access to the editor", () => {
    const reads = ["/admin/", "/admin/new", "/admin/edit/1", "/admin/delete/1", "/admin/preview/1"]
    const writes = [
      "/admin/new",
      "/admin/edit/1",
      "/admin/delete/1",
      "/admin/restore/1",
      "/admin/preview",
      "/admin/autosave",
      "/admin/media"
    ]

    fresh("the owner alone: others are led to the login, programs are told", (server) =>
      Effect.gen(function* () {
        yield* Effect.provide(store([post({ id: 1 })]), server.context)
        for (const path of reads) {
          const answer = yield* server.ask(path, { headers: { cookie: "starpunk_session=forged" } })
          expect([answer.status, answer.headers.get("location")], path).toEqual([
            303,
            `/auth/login?${new URLSearchParams({ next: path })}`
          ])
        }
        for (const path of writes) {
          const headers = { cookie: "", accept: "application/json" }
          const answer = yield* server.ask(path, {
            method: "POST",
            headers,
            body: new URLSearchParams({ content: "x" })
          })
          expect(answer.status, path).toBe(401)
        }
        expect((yield* stored(server, 1)).deletedAt).toBeUndefined()
      })
    )

    fresh("no other site in the owner's name", (server) =>
      Effect.gen(function* () {
        yield* Effect.provide(store([post({ id: 1 })]), server.context)
        for (const path of writes) {
          const answer = yield* server.ask(path, { method: "POST", headers: { "sec-fetch-site": "cross-site" } })
          expect(answer.status, path).toBe(403)
        }
        expect((yield* stored(server, 1)).deletedAt).toBeUndefined()
      })
    )

    fresh("nothing is kept by caches, and addresses of nothing are 404", (server) =>
      Effect.gen(function* () {
        const answer = yield* server.ask("/admin/new")
        expect(answer.headers.get("cache-control")).toBe("no-store")
        expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'")
        for (const id of ["0", "2", "-1", "1.5", "x", "99999999999999999999", "1e3"]) {
          expect((yield* server.ask(`/admin/edit/${id}`)).status, id).toBe(404)
          expect((yield* server.ask(`/admin/delete/${id}`, { method: "POST" })).status, id).toBe(404)
        }
        expect((yield* server.ask("/admin/?state=lost")).status).toBe(400)
        expect((yield* server.ask("/admin/?before=x")).status).toBe(400)
      })
    )
  })
})
