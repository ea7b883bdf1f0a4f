import { readdir } from "node:fs/promises"
import { request as begin } from "node:http"
import { HttpServer } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Stream } from "effect"
import { ImportDesk } from "../../src/services/ImportDesk.js"
import { Posts } from "../../src/services/Posts.js"
import { PostTransfer } from "../../src/services/PostTransfer.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import * as Blog from "../../src/web/blog/Routes.js"
import * as Data from "../../src/web/data/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as Imports from "../../src/web/imports/Routes.js"
import * as Moved from "../../src/web/moved/Routes.js"
import { eventually } from "../fixtures/Eventually.js"
import { claimed, ownerRoutes, serverWith, visitor } from "../fixtures/OwnerServer.js"
import { hostileZips, rawZip } from "../fixtures/RawZip.js"
import { askBytes } from "../fixtures/TestServer.js"
import { ghostExport } from "../layers/portability/sites/GhostExport.js"
import { wordPressExport } from "../layers/portability/sites/WordPressExport.js"

const page = "/admin/data/import"

const site = (settings: Partial<SettingsValues> = {}) =>
  serverWith(serve(Layer.mergeAll(ownerRoutes, Data.routes, Imports.routes, Blog.routes, Moved.routes)), settings)

const loggedIn = Effect.gen(function* () {
  yield* claimed
  const browser = visitor()
  yield* browser.login()
  return browser
})

type Browser = ReturnType<typeof visitor>

const upload = (browser: Browser, name: string, content: string | Uint8Array) => {
  const form = new FormData()
  form.set("file", new File([typeof content === "string" ? content : new Uint8Array(content)], name))
  return browser.send(page, { method: "POST", body: form })
}

const textOf = (browser: Browser) =>
  Effect.flatMap(browser.get(page), (answer) =>
    Effect.succeed({ text: answer.body, headers: answer.headers, status: answer.status })
  )

/** Waits until nothing is underway, and returns the page. */
const settled = (browser: Browser) => eventually(textOf(browser), ({ headers }) => headers.get("refresh") === null)

const choose = (browser: Browser, fields: Readonly<Record<string, string>>) => browser.post(`${page}/choices`, fields)

const workspaces = Effect.flatMap(Settings, ({ dataPath }) =>
  Effect.promise(async () => (await readdir(dataPath)).filter((name) => name.includes("partial")))
)

describe("the page of imports", () => {
  it.scoped("says what would come in, brings it in once, and removes the file", () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      const empty = yield* textOf(browser)
      expect(empty.text).toContain('accept=".zip,.xml,.json,.md')
      expect(empty.text).toContain("up to 1.1 GB")
      const answer = yield* upload(browser, "C:\\old\\export.xml", wordPressExport)
      expect(answer.status).toBe(303)
      expect(answer.headers.get("location")).toBe(page)
      const ready = yield* settled(browser)
      expect(ready.text).toContain("What would be imported")
      expect(ready.text).toContain("7 posts")
      expect(ready.text).toContain("1 draft · 2 private · 5 scheduled")
      expect(ready.text).toContain("1 page")
      expect(ready.text).toContain("In the trash")
      expect(ready.text).toContain("Fetch 3 pictures from old.example, files.example")
      expect(ready.text).not.toMatch(/partial|sesame|\/tmp/)
      expect(yield* Effect.flatMap(PostTransfer, ({ count }) => count)).toBe(0)
      expect(yield* workspaces).toHaveLength(1)

      expect((yield* choose(browser, { action: "import" })).status).toBe(303)
      const done = yield* settled(browser)
      expect(done.text).toContain("What was imported")
      expect(done.text).toContain('href="/admin/?state=draft"')
      expect(yield* workspaces).toEqual([])
      expect((yield* browser.get("/notes/herons")).body).toContain("Herons &amp; &lt;others>")
      expect((yield* browser.get("/about")).status).toBe(200)

      yield* upload(browser, "export.xml", wordPressExport)
      const again = yield* settled(browser)
      expect(again.text).toContain("There is nothing new in this file.")
      expect(again.text).toContain("8 posts are here already")
      expect(again.text).not.toContain("Import these")
      yield* choose(browser, { action: "discard" })
      expect(yield* workspaces).toEqual([])
      expect((yield* textOf(browser)).text).toContain('type="file"')
    }).pipe(Effect.provide(site()))
  )

  it.scoped("surveys again with the owner's choices", () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      yield* upload(browser, "ghost.json", JSON.stringify(ghostExport()))
      const asking = yield* settled(browser)
      expect(asking.text).toContain("Their pictures are missing")
      expect(asking.text).toContain('name="oldSite"')
      yield* choose(browser, { action: "look", oldSite: "https://ghost.example" })
      const looked = yield* settled(browser)
      expect(looked.text).toContain("2 pictures are on ghost.example")
      expect(looked.text).not.toContain("Their pictures are missing")
      yield* choose(browser, { action: "look", oldSite: "javascript:alert(1)", withoutMissingMedia: "on" })
      const without = yield* settled(browser)
      expect(without.text).toContain('name="withoutMissingMedia" checked')
      expect(without.text).not.toContain("javascript:")
      yield* choose(browser, { action: "import", withoutMissingMedia: "on" })
      expect((yield* settled(browser)).text).toContain("4 posts")
    }).pipe(Effect.provide(site()))
  )

  it.scoped("takes the file of “Download everything”", () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      const posts = yield* Posts
      yield* posts.create({
        type: "h-entry",
        properties: { content: ["Hello"] },
        status: "published",
        visibility: "public"
      })
      const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ")
      const everything = yield* askBytes("/admin/data/everything.zip", { headers: { cookie } })
      yield* upload(browser, "everything.zip", everything.bytes)
      const ready = yield* settled(browser)
      expect(ready.text).toContain("1 post is here already")
    }).pipe(Effect.provide(site()))
  )

  it.scoped("refuses hostile files in words, and keeps nothing of them", () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      for (const [title, , make] of hostileZips) {
        yield* upload(browser, "bad.zip", make())
        const refused = yield* settled(browser)
        expect(refused.text, title).toContain("The file cannot be imported")
        expect(refused.text, title).toContain("Nothing was imported, and the file was removed.")
        expect(refused.text, title).not.toMatch(/node:|\.starpunk-partial|at \w+ \(/)
        expect(yield* workspaces, title).toEqual([])
      }
      yield* upload(browser, "notes.txt", "Hello")
      expect((yield* settled(browser)).text).toContain("It is not a zip file")
      yield* upload(browser, "empty.zip", "")
      expect((yield* settled(browser)).text).toContain("It is empty.")
      yield* upload(browser, "readme.zip", rawZip([{ name: "a.bin", content: "x" }]))
      expect((yield* settled(browser)).text).toContain("There is no post in the file.")
    }).pipe(Effect.provide(site()))
  )

  it.scoped("refuses a file above the limit, an upload without a file, and strangers", () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      const large = yield* upload(browser, "large.zip", new Uint8Array(2_300_000))
      expect(large.status).toBe(413)
      expect(yield* workspaces).toEqual([])
      const none = yield* upload(browser, "", "")
      expect(none.headers.get("location")).toBe(`${page}?file=none`)
      expect((yield* browser.get(`${page}?file=none`)).body).toContain("Choose a file first.")
      expect((yield* browser.send(page, { method: "POST", headers: { "sec-fetch-site": "cross-site" } })).status).toBe(
        403
      )
      expect((yield* upload(visitor(), "a.md", "Hello")).status).not.toBe(200)
      expect((yield* textOf(browser)).text).toContain('type="file"')
    }).pipe(Effect.provide(site({ imports: { maxSizeMb: 1 } })))
  )

  it.scoped("shows one import to every browser, refuses a second one, and leaves nothing of one that breaks off", () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      const other = visitor()
      yield* other.login()
      const { address } = yield* HttpServer.HttpServer
      const port = address._tag === "TcpAddress" ? address.port : 0
      const slow = begin({
        port,
        host: "127.0.0.1",
        path: page,
        method: "POST",
        headers: {
          cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; "),
          origin: "https://me.example",
          "sec-fetch-site": "same-origin",
          "content-type": "multipart/form-data; boundary=b",
          "content-length": "1000000"
        }
      }).on("error", () => {})
      slow.write('--b\r\nContent-Disposition: form-data; name="file"; filename="slow.zip"\r\n\r\nPK')
      const seen = yield* eventually(textOf(other), ({ text }) => text.includes("slow.zip is being uploaded"))
      expect(seen.headers.get("refresh")).toBe("3")
      expect((yield* upload(other, "second.md", "---\ndate: 2020-01-01\n---\nHi")).status).toBe(409)
      slow.destroy()
      yield* eventually(textOf(other), ({ text }) => text.includes('type="file"'))
      yield* eventually(workspaces, (left) => left.length === 0)
    }).pipe(Effect.provide(site()))
  )

  // The real clock, because the writer gives way to others between batches.
  it.scopedLive("keeps what came in when it is stopped, and adds the rest the next time", () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      const zip = rawZip(
        Array.from({ length: 600 }, (_, at) => ({
          name: `n${at}.md`,
          content: `---\ntitle: N ${at}\ndate: 2020-01-01\n---\n${"Text. ".repeat(50)}\n`
        }))
      )
      yield* upload(browser, "many.zip", zip)
      expect((yield* settled(browser)).text).toContain("600 posts")
      yield* choose(browser, { action: "import" })
      yield* eventually(textOf(browser), ({ text }) => /Importing posts: [1-9]/.test(text) || !text.includes("Stop"))
      yield* choose(browser, { action: "discard" })
      const stopped = yield* settled(browser)
      expect(stopped.text).toMatch(/was stopped|What was imported/)
      yield* eventually(workspaces, (left) => left.length === 0)
      yield* upload(browser, "many.zip", zip)
      yield* settled(browser)
      yield* choose(browser, { action: "import" })
      yield* settled(browser)
      yield* upload(browser, "many.zip", zip)
      expect((yield* settled(browser)).text).toContain("600 posts are here already")
    }).pipe(Effect.provide(site()))
  )
})

it.scoped("leaves no state of an upload that is interrupted", () =>
  Effect.gen(function* () {
    const desk = yield* ImportDesk
    const receiving = yield* Effect.fork(
      desk.receive("a.zip", Stream.concat(Stream.make(new Uint8Array(3)), Stream.never))
    )
    yield* eventually(desk.state, ({ step }) => step === "receiving")
    yield* Fiber.interrupt(receiving)
    expect(yield* desk.state).toEqual({ step: "none", isCutOff: false })
  }).pipe(Effect.provide(site()))
)
