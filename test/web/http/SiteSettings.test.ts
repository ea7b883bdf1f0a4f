import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { mf2 } from "microformats-parser"
import { MediaStore } from "../../../src/services/MediaStore.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import * as Feeds from "../../../src/web/feeds/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import * as SiteSettings from "../../../src/web/settings/Routes.js"
import { claimed, formIn, ownerRoutes, serverWith, visitor } from "../../fixtures/OwnerServer.js"
import { ask, askBytes } from "../../fixtures/TestServer.js"

/** A site whose environment fixes only what `fixed` says. */
const site = (fixed: Partial<SettingsValues> = {}) =>
  serverWith(serve(Layer.mergeAll(ownerRoutes, SiteSettings.routes, Blog.routes, Feeds.routes, Micropub.routes)), {
    siteName: Option.none(),
    siteAuthor: Option.none(),
    ...fixed
  })

const owner = Effect.gen(function* () {
  yield* claimed
  const browser = visitor()
  yield* browser.login()
  return browser
})

type Browser = ReturnType<typeof visitor>

/** Saves a section as a browser without script does: the form of its page, with changes. */
const save = (browser: Browser, path: string, changes: Readonly<Record<string, string>>) =>
  Effect.gen(function* () {
    const { fields } = formIn((yield* browser.get(path)).body, path)
    for (const [name, value] of Object.entries(changes)) fields.set(name, value)
    return yield* browser.post(path, fields)
  })

const test = <A, E, R>(title: string, effect: Effect.Effect<A, E, R>, fixed?: Partial<SettingsValues>) =>
  it.effect(title, () => Effect.provide(effect as Effect.Effect<A, E>, site(fixed) as never))

describe("the owner's settings", () => {
  test(
    "are for the owner only",
    Effect.gen(function* () {
      const answer = yield* ask("/admin/settings", { headers: { accept: "text/html" } })
      expect(answer.headers.get("location")).toBe("/auth/login?next=%2Fadmin%2Fsettings")
      expect((yield* ask("/admin/settings", { method: "POST" })).status).toBe(401)
    })
  )

  test(
    "rename the site at once, on pages, in feeds and for apps, in two steps",
    Effect.gen(function* () {
      const browser = yield* owner
      const etag = (yield* ask("/feed.rss")).headers.get("etag") ?? ""
      const saved = yield* save(browser, "/admin/settings", { name: "Low & Tide", tagline: "Mud\r\nflats" })
      expect([saved.status, saved.headers.get("location")]).toEqual([303, "/admin/settings?saved"])
      expect((yield* browser.get("/admin/settings?saved")).body).toContain('role="status">Saved.')
      const home = (yield* ask("/")).body
      expect(home).toContain("<title>Low &amp; Tide</title>")
      expect(home).toContain("Mud flats")
      const feed = yield* ask("/feed.rss", { headers: { "if-none-match": etag } })
      expect([feed.status, feed.body.includes("<title>Low &amp; Tide</title>")]).toEqual([200, true])
    })
  )

  test(
    "show the look in a frame that loads nothing from elsewhere and runs nothing, for the owner only",
    Effect.gen(function* () {
      const path = "/admin/settings/look/preview"
      expect((yield* ask(path, { headers: { accept: "text/html" } })).status).toBe(303)
      const browser = yield* owner
      yield* save(browser, "/admin/settings/look", { css: "body { color: red }" })
      const form = yield* browser.get("/admin/settings/look")
      expect(form.headers.get("content-security-policy")).toContain("frame-src 'self'")
      // Without script there is no frame.
      expect(form.body).toMatch(/<div class="look-preview" hidden/)
      const { body, headers } = yield* browser.get(path)
      expect(body).toContain("A heading")
      expect(body).not.toContain("/static/custom/")
      expect(headers.get("x-frame-options")).toBe("SAMEORIGIN")
      expect(headers.get("cache-control")).toBe("no-store")
      const policy = headers.get("content-security-policy")?.split("; ")
      expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "sandbox allow-same-origin"]))
      expect(policy).toContain("img-src 'self' data:")
      expect(policy?.join()).not.toMatch(/script-src|unsafe|https:/)
      expect((yield* browser.get("/admin/settings")).headers.get("content-security-policy")).not.toContain("frame-src")
    })
  )

  test(
    "leave what the environment fixes, and say so",
    Effect.gen(function* () {
      const browser = yield* owner
      const { body } = yield* browser.get("/admin/settings")
      expect(body).toContain("Set by the server (<code>STARPUNK_SITE_NAME</code>)")
      expect(body).toMatch(/<input id="set-name" value="Fixed" readonly/)
      yield* browser.post("/admin/settings", { "based-on": "0", name: "Mine", tagline: "T", timeZone: "Europe/Paris" })
      const home = (yield* ask("/")).body
      expect(home).toContain("<title>Fixed</title>")
      expect(home).toContain(">T</span>")
    }),
    { siteName: Option.some("Fixed") }
  )

  test(
    "of two browsers: the second sees both versions, and decides",
    Effect.gen(function* () {
      const browser = yield* owner
      const path = "/admin/settings/footer"
      const { fields } = formIn((yield* browser.get(path)).body, path)
      const mine = new URLSearchParams(fields)
      fields.set("text", "theirs")
      mine.set("text", "mine")
      expect((yield* browser.post(path, fields)).status).toBe(303)
      const conflict = yield* browser.post(path, mine)
      expect(conflict.status).toBe(409)
      expect(conflict.body).toContain("These settings were changed elsewhere after you opened them")
      expect(conflict.body).toMatch(/<pre class="kept"[^>]*>theirs<\/pre>/)
      const again = formIn(conflict.body, path)
      expect(again.fields.get("text")).toBe("mine")
      expect((yield* browser.post(path, again.fields)).status).toBe(303)
      expect(formIn((yield* browser.get(path)).body, path).fields.get("text")).toBe("mine")
      // A form that is sent twice is no conflict.
      expect((yield* browser.post(path, again.fields)).status).toBe(303)
    })
  )

  test(
    "refuse a menu that leads to other schemes, and keep what was typed",
    Effect.gen(function* () {
      const browser = yield* owner
      const path = "/admin/settings/menu"
      const addresses = ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "file:///etc"]
      for (const href of addresses) {
        const answer = yield* browser.post(path, { "based-on": "0", "items.0.label": "A", "items.0.href": href })
        expect([href, answer.status]).toEqual([href, 422])
        expect(answer.body).toContain("isn&#39;t a path such as /about or a web address.".replace("&#39;", "'"))
        expect(answer.body).toContain('aria-invalid="true"')
        expect(answer.body).toContain(`value="${href}"`)
      }
      const good = { "items.0.label": "About", "items.0.href": "/about", "items.1.label": "", "items.1.href": "" }
      expect((yield* browser.post(path, { "based-on": "0", ...good })).status).toBe(303)
      const { body } = yield* browser.get(path)
      expect([body.includes('value="/about"'), body.includes('name="items.1.href"')]).toEqual([true, false])
    })
  )

  test(
    "sort, add and remove rows without script, and save nothing by that",
    Effect.gen(function* () {
      const browser = yield* owner
      const path = "/admin/settings/menu"
      const two = {
        "based-on": "0",
        ...{ "items.0.label": "One", "items.0.href": "/one", "items.1.label": "Two", "items.1.href": "/two" }
      }
      const labels = (body: string) =>
        [...body.matchAll(/name="items\.\d\.label" value(?:="(\w*)")?/g)].map(([, text = ""]) => text)
      expect(labels((yield* browser.post(path, { ...two, do: "down.0" })).body)).toEqual(["Two", "One"])
      expect(labels((yield* browser.post(path, { ...two, do: "remove.0" })).body)).toEqual(["Two"])
      const added = yield* browser.post(path, { ...two, do: "add.0" })
      expect([added.status, labels(added.body)]).toEqual([200, ["One", "Two", ""]])
      expect(added.body.match(/autofocus/g)).toHaveLength(1)
      expect(labels((yield* browser.get(path)).body)).toEqual([])
    })
  )

  test(
    "refuse addresses, e-mail addresses and zones that are none",
    Effect.gen(function* () {
      const browser = yield* owner
      const you = yield* browser.post("/admin/settings/you", {
        "based-on": "0",
        ...{ name: "Ada", email: "not one", "links.0.url": "not a url", "links.0.label": "" }
      })
      expect(you.status).toBe(422)
      expect(you.body).toContain("“not a url” isn't a web address.")
      expect(you.body).toContain("“not one” isn't an e-mail address.")
      const zone = yield* browser.post("/admin/settings", { "based-on": "0", timeZone: "Mars/Olympus" })
      expect(zone.status).toBe(422)
    })
  )

  const css = (text: string) => ({ "based-on": "0", preset: "night", width: "wide", accent: "", css: text })

  test(
    "accept custom CSS up to its limit, without remote loads and without closing tags",
    Effect.gen(function* () {
      const browser = yield* owner
      const path = "/admin/settings/look"
      for (const text of [
        "@import 'https://evil.example/x.css';",
        "@im\\70ort url(x.css);",
        "a { background: url(https://evil.example/x.png) }",
        "a { background: u\\72l(//evil.example/x.png) }",
        "a { background: image-set('https://evil.example/x.png' 1x) }",
        "a {} </style><script>alert(1)</script>",
        "a{}\u0000",
        `a::after { content: "${"x".repeat(32_768)}" }`
      ]) {
        expect([text.slice(0, 40), (yield* browser.post(path, css(text))).status]).toEqual([text.slice(0, 40), 422])
      }
      const good = 'a { background: url("/media/x.png") } /* url(https://a comment) */\n.b::after { content: "@" }'
      expect((yield* browser.post(path, css(good))).status).toBe(303)
      const { body } = yield* browser.get(path)
      expect(formIn(body, path).fields.get("css")?.replaceAll("\r\n", "\n")).toBe(good)
      expect(body).toMatch(/value="night"[^>]*checked|checked[^>]*value="night"/)
    })
  )

  test(
    "give posts without an offset the time zone of the owner",
    Effect.gen(function* () {
      const browser = yield* owner
      yield* save(browser, "/admin/settings", { timeZone: "Asia/Tokyo", language: "de" })
      const home = (yield* ask("/")).body
      expect(home).toContain('<html lang="de">')
    })
  )

  it.effect("are kept over the end of a session", () =>
    Effect.gen(function* () {
      const browser = yield* owner
      const sessions = yield* SessionManager
      for (const { id } of yield* sessions.list) yield* sessions.end(id)
      const answer = yield* browser.post("/admin/settings", { "based-on": "0", name: "Kept" })
      expect(answer.status).toBe(401)
    }).pipe(Effect.provide(site()))
  )
})

const sharpOf = Effect.promise(async () => (await import("sharp")).default)

/** A portrait of `width` × `height` with a red upper half, a location and a turned orientation. */
const portrait = (width: number, height: number) =>
  Effect.flatMap(sharpOf, (sharp) =>
    Effect.promise(() => {
      const upper = { create: { width, height: Math.floor(height / 2), channels: 3 as const, background: "#d02020" } }
      return sharp({ create: { width, height, channels: 3, background: "#2040d0" } })
        .composite([{ input: upper, left: 0, top: 0 }])
        .withExif({ IFD3: { GPSLatitude: "51/1 2/1 3/1" } })
        .jpeg({ quality: 50 })
        .toBuffer()
    })
  )

const upload = (browser: Browser, picture: Uint8Array, name = "me.jpg") =>
  Effect.gen(function* () {
    const form = new FormData()
    form.append("photo", new File([Uint8Array.from(picture)], name, { type: "image/jpeg" }))
    return yield* browser.send("/admin/settings/photo", { method: "POST", body: form })
  })

/** A picture of the site, with the colour in its middle. */
const picture = (path: string) =>
  Effect.gen(function* () {
    const sharp = yield* sharpOf
    const { bytes, headers, status } = yield* askBytes(path)
    if (status !== 200) return { status }
    const { exif, format, height, width } = yield* Effect.promise(() => sharp(bytes).metadata())
    const middle = { left: Math.floor(width / 2), top: Math.floor(height / 2), width: 1, height: 1 }
    const [red = 0, , blue = 0] = yield* Effect.promise(() => sharp(bytes).extract(middle).raw().toBuffer())
    return {
      status,
      format,
      width,
      height,
      isBare: exif === undefined,
      colour: red > blue ? "red" : "blue",
      length: bytes.length,
      cache: headers.get("cache-control")
    }
  })

describe("the owner's photo", () => {
  test(
    "is a small square of a 60-megapixel portrait, without metadata, and leaves no file behind",
    Effect.gen(function* () {
      const browser = yield* owner
      expect((yield* picture("/photo.jpg")).status).toBe(404)
      const big = yield* portrait(6_700, 9_000)
      const answer = yield* upload(browser, big)
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/admin/settings/you?saved"])
      expect(yield* picture("/photo.jpg")).toMatchObject({
        ...{ status: 200, format: "jpeg", width: 512, height: 512, isBare: true, cache: "public, max-age=300" }
      })
      expect(yield* picture("/apple-touch-icon.png")).toMatchObject({ format: "png", width: 180, height: 180 })
      const media = yield* MediaStore
      expect(yield* media.list({ limit: 10 })).toEqual([])
    })
  )

  test(
    "is cropped, by the owner only and never from an older version, and removed",
    Effect.gen(function* () {
      const browser = yield* owner
      yield* upload(browser, yield* portrait(300, 900))
      const { body } = yield* browser.get("/admin/settings/you")
      const { fields } = formIn(body, "/admin/settings/photo/crop")
      fields.set("y", "100")
      fields.set("zoom", "200")
      expect((yield* browser.post("/admin/settings/photo/crop", fields)).status).toBe(303)
      expect(yield* picture("/photo.jpg")).toMatchObject({ width: 150, height: 150, colour: "blue" })
      expect((yield* browser.post("/admin/settings/photo/crop", fields)).status).toBe(409)
      const now = formIn((yield* browser.get("/admin/settings/you")).body, "/admin/settings/photo/crop").fields
      now.set("y", "0")
      now.set("zoom", "not a number")
      expect((yield* browser.post("/admin/settings/photo/crop", now)).status).toBe(303)
      expect(yield* picture("/photo.jpg")).toMatchObject({ width: 300, height: 300, colour: "red" })
      for (const path of ["", "/crop", "/remove"]) {
        expect((yield* ask(`/admin/settings/photo${path}`, { method: "POST" })).status).toBe(401)
      }
      expect((yield* ask("/admin/settings/photo")).status).toBe(401)
      expect((yield* browser.post("/admin/settings/photo/remove", {})).status).toBe(303)
      expect((yield* picture("/photo.jpg")).status).toBe(404)
    })
  )

  test(
    "is refused if it is no picture, and the former one stays",
    Effect.gen(function* () {
      const browser = yield* owner
      yield* upload(browser, yield* portrait(300, 300))
      for (const [text, status] of [
        ["no picture", 415],
        ["", 400]
      ] as const) {
        expect((yield* upload(browser, new TextEncoder().encode(text))).status).toBe(status)
      }
      const whole = yield* portrait(400, 400)
      expect((yield* upload(browser, whole.subarray(0, whole.length / 2))).status).toBe(400)
      expect(yield* picture("/photo.jpg")).toMatchObject({ status: 200, width: 300 })
      expect(yield* (yield* MediaStore).list({ limit: 10 })).toEqual([])
    })
  )

  test(
    "is in feeds",
    Effect.gen(function* () {
      const browser = yield* owner
      yield* upload(browser, yield* portrait(300, 300))
      const url = "https://me.example/photo.jpg"
      expect((yield* ask("/feed.rss")).body).toMatch(/<image>\s*<url>https:\/\/me\.example\/photo\.jpg<\/url>/)
      expect((yield* ask("/feed.atom")).body).toContain(`<icon>${url}</icon>`)
      expect(JSON.parse((yield* ask("/feed.json")).body)).toMatchObject({ icon: url, authors: [{ avatar: url }] })
    })
  )
})

describe("the author", () => {
  const you = {
    ...{ "based-on": "0", name: "Ada", bio: "Walks the flats", email: "ada@me.example" },
    ...{ "links.0.url": "https://social.example/@ada", "links.0.label": "Social" },
    ...{ "links.1.url": "https://code.example/ada", "links.1.label": "" }
  }

  test(
    "is the representative h-card of the home page, with photo, bio, e-mail address and links to profiles",
    Effect.gen(function* () {
      const browser = yield* owner
      yield* browser.post("/admin/settings/you", you)
      yield* upload(browser, yield* portrait(300, 300))
      const { body } = yield* ask("/")
      const { items, rels } = mf2(body, { baseUrl: "https://me.example/" })
      const cards = items.filter(({ type }) => type?.includes("h-card"))
      expect(cards.map(({ properties }) => properties)).toMatchObject([
        {
          name: ["Ada"],
          uid: ["https://me.example/"],
          photo: ["https://me.example/photo.jpg"],
          note: ["Walks the flats"],
          email: ["mailto:ada@me.example"],
          url: ["https://me.example/", "https://social.example/@ada", "https://code.example/ada"]
        }
      ])
      expect(rels.me).toEqual(
        expect.arrayContaining(["https://social.example/@ada", "https://code.example/ada", "https://me.example/"])
      )
      expect(body).toContain('<link rel="apple-touch-icon" href="/apple-touch-icon.png"/>')
    })
  )

  test(
    "of a site that has chosen nothing has no photo, and no link to a missing icon",
    Effect.gen(function* () {
      const { body } = yield* ask("/")
      expect(body).not.toMatch(/apple-touch-icon|u-photo|u-email/)
    })
  )
})

describe("the footer", () => {
  test(
    "is Markdown without anything unsafe",
    Effect.gen(function* () {
      const browser = yield* owner
      const text = "© Ada, [CC BY](https://cc.example/by) <script>alert(1)</script> [x](javascript:alert(1))"
      yield* browser.post("/admin/settings/footer", { "based-on": "0", text })
      const foot = /<footer.*<\/footer>/s.exec((yield* ask("/")).body)?.[0] ?? ""
      expect(foot).toContain('<a href="https://cc.example/by">CC BY</a>')
      expect(foot).not.toMatch(/<script|href="javascript/)
    })
  )
})

describe("custom CSS", () => {
  test(
    "is a stylesheet of its own on public pages only, whose address changes with it",
    Effect.gen(function* () {
      const browser = yield* owner
      const linkIn = (body: string) => /href="(\/static\/custom\/\w+\.css)"/.exec(body)?.[1]
      const path = "/admin/settings/look"
      expect(linkIn((yield* ask("/")).body)).toBeUndefined()
      yield* save(browser, path, { css: ".brand { letter-spacing: 1px }" })
      const first = linkIn((yield* ask("/")).body) ?? ""
      const sheet = yield* ask(first)
      expect([sheet.status, sheet.body]).toEqual([200, ".brand { letter-spacing: 1px }"])
      expect(sheet.headers.get("cache-control")).toContain("immutable")
      expect(sheet.headers.get("content-type")).toBe("text/css; charset=utf-8")
      expect(sheet.headers.get("x-content-type-options")).toBe("nosniff")
      expect(linkIn((yield* browser.get(path)).body)).toBeUndefined()
      expect(linkIn((yield* ask("/auth/login")).body)).toBeUndefined()
      yield* save(browser, path, { css: ".brand { letter-spacing: 2px }" })
      const second = linkIn((yield* ask("/")).body) ?? ""
      expect(second).not.toBe(first)
      expect([(yield* ask(first)).status, (yield* ask(second)).status]).toEqual([404, 200])
    })
  )
})

describe("the page after the passphrase", () => {
  const form = (fields: Readonly<Record<string, string>>, photo?: Uint8Array) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ "site-based-on": "0", "you-based-on": "0", ...fields })) {
      body.append(name, value)
    }
    const content = photo === undefined ? [] : [Uint8Array.from(photo)]
    body.append("photo", new File(content, photo === undefined ? "" : "me.jpg", { type: "image/jpeg" }))
    return { method: "POST", body }
  }
  const path = "/admin/welcome"

  test(
    "names the site and its owner, and leads to the editor",
    Effect.gen(function* () {
      const browser = yield* owner
      const { body } = yield* browser.get(path)
      expect(body).toContain('data-zone="propose"')
      expect(body).toContain('<a href="/admin/new">Skip</a>')
      const fields = { author: "Ada", name: "Low Tide", tagline: "Mud", timeZone: "Asia/Tokyo" }
      const answer = yield* browser.send(path, form(fields, yield* portrait(300, 400)))
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/admin/new"])
      const home = (yield* ask("/")).body
      for (const text of ["<title>Low Tide</title>", "Ada", "Mud"]) expect(home).toContain(text)
      expect(yield* picture("/photo.jpg")).toMatchObject({ status: 200, width: 300 })
      expect((yield* browser.get("/admin/settings")).body).toMatch(
        /value="Asia\/Tokyo" selected|selected value="Asia\/Tokyo"/
      )
    })
  )

  test(
    "keeps what was typed when something is wrong, and stores nothing",
    Effect.gen(function* () {
      const browser = yield* owner
      const damaged = (yield* portrait(300, 400)).subarray(0, 900)
      const wrongPhoto = yield* browser.send(path, form({ author: "Ada", name: "Low Tide" }, damaged))
      expect(wrongPhoto.status).toBe(400)
      const wrongZone = yield* browser.send(path, form({ author: "Ada", timeZone: "Mars/Olympus" }))
      expect(wrongZone.status).toBe(422)
      expect(wrongZone.body).toContain('value="Ada"')
      expect((yield* ask("/")).body).toContain("<title>StarPunk</title>")
    })
  )

  test(
    "asks for nothing that the server fixes",
    Effect.gen(function* () {
      const browser = yield* owner
      const { body } = yield* browser.get(path)
      expect(body).not.toContain('name="name"')
      yield* browser.send(path, form({ author: "Ada" }))
      expect((yield* ask("/")).body).toContain("<title>Fixed</title>")
    }),
    { siteName: Option.some("Fixed") }
  )
})
