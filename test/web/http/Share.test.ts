import { HttpServer } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"
import * as Testing from "../../../layers/Testing.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import * as Assets from "../../../src/web/assets/Routes.js"
import * as Editor from "../../../src/web/editor/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { bookmarklets } from "../../../src/web/share/Bookmarklets.js"
import * as Share from "../../../src/web/share/Routes.js"
import { settings } from "../../fixtures/TestServer.js"

const server = Effect.gen(function* () {
  const site = { ...settings, siteUrl: "http://me.localhost", siteName: Option.some("Margins & Stars") }
  const context = yield* Layer.build(
    Testing.site(serve(Layer.mergeAll(Share.routes, Editor.routes, Assets.routes)), { settings: site })
  )
  const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), context)
  const sessions = yield* Effect.provide(SessionManager, context)
  const cookie = `starpunk_session=${Redacted.value(yield* sessions.create({ owner: "http://me.localhost/" }))}`
  return (path: string, init: RequestInit = {}) =>
    Effect.promise(async () => {
      const headers = { accept: "text/html", cookie, ...Object.fromEntries(new Headers(init.headers)) }
      const response = await fetch(`${base}${path}`, { redirect: "manual", ...init, headers })
      return { status: response.status, headers: response.headers, body: await response.text() }
    })
})

/** The value of a field of the editor. */
const valueOf = (html: string, name: string): string | undefined =>
  (new RegExp(`name="${name}"[^>]*? value="([^"]*)"`).exec(html) ??
    new RegExp(`value="([^"]*)"[^>]*? name="${name}"`).exec(html))?.[1]

const shared = (fields: Readonly<Record<string, string | Blob>>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return { method: "POST", body: form, headers: { "sec-fetch-site": "none" } }
}

const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
  "base64"
)

describe("posting from other places", () => {
  it.scoped("announces the site as an app that takes what a phone shares", () =>
    Effect.gen(function* () {
      const ask = yield* server
      const { body, headers, status } = yield* ask("/manifest.webmanifest")
      expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("application/manifest+json")])
      const { icons, name, share_target: target } = JSON.parse(body)
      expect(name).toBe("Margins & Stars")
      expect(icons.length).toBeGreaterThan(0)
      expect([target.action, target.method, target.enctype]).toEqual(["/admin/share", "POST", "multipart/form-data"])
    })
  )

  it.scoped("fills the editor with a shared page, text or picture, and stores no post", () =>
    Effect.gen(function* () {
      const ask = yield* server
      const page = yield* ask("/admin/share", shared({ name: "On bread", content: "https://other.example/bread" }))
      expect(page.status).toBe(200)
      expect(valueOf(page.body, "bookmark-of")).toBe("https://other.example/bread")
      expect(page.body).toContain("On bread")
      const text = yield* ask("/admin/share", shared({ name: "", content: "Just words" }))
      expect(text.body).toContain("Just words</textarea>")
      expect(valueOf(text.body, "bookmark-of") ?? "").toBe("")
      const picture = yield* ask(
        "/admin/share",
        shared({ media_file: new File([onePixel], "a.png", { type: "image/png" }) })
      )
      expect(picture.status).toBe(200)
      expect(picture.body).toMatch(/name="media_url" value="[^"]*\/media\//)
      const refused = yield* ask("/admin/share", shared({ content: "kept", media_file: new File(["no"], "a.exe") }))
      expect(refused.status).toBe(422)
      expect(refused.body).toContain("kept</textarea>")
      expect((yield* ask("/admin/")).body).not.toContain("/admin/edit/")
    })
  )

  it.scoped("accepts nothing from another site", () =>
    Effect.gen(function* () {
      const ask = yield* server
      const foreign = { ...shared({ content: "x" }), headers: { "sec-fetch-site": "cross-site" } }
      expect((yield* ask("/admin/share", foreign)).status).toBe(403)
      expect((yield* ask("/admin/share", { headers: { cookie: "" } })).status).not.toBe(200)
    })
  )

  it.scoped("offers bookmarklets that open the editor with what the browser shows", () =>
    Effect.gen(function* () {
      const ask = yield* server
      const { body } = yield* ask("/admin/share")
      for (const { label } of bookmarklets("http://me.localhost")) expect(body).toContain(`>${label}</a>`)
      const opened = bookmarklets("https://me.example").map(({ href, label }) => {
        let address = ""
        const script = decodeURI(href.replace(/^javascript:/, ""))
        const run = new Function("location", "document", "getSelection", "open", `return ${script}`)
        run(
          { href: "https://o.example/a?b=c&d#e" },
          { title: "T & [u]" },
          () => "one\ntwo",
          (url: string) => {
            address = url
          }
        )
        return [label, Object.fromEntries(new URL(address).searchParams), new URL(address).origin]
      })
      const url = "https://o.example/a?b=c&d#e"
      const quote = "> one\n> two\n\n"
      expect(opened).toEqual([
        ["Post", { content: quote }, "https://me.example"],
        ["Reply", { "in-reply-to": url, content: quote }, "https://me.example"],
        ["Like", { "like-of": url }, "https://me.example"],
        ["Bookmark", { "bookmark-of": url, name: "T & [u]", content: quote }, "https://me.example"],
        ["Quote", { content: `${quote}\n\n— [T &  u ](${url})\n\n` }, "https://me.example"]
      ])
    })
  )
})
