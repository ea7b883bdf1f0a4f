import { describe, expect, layer } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { mf2 } from "microformats-parser"
import type { Scope } from "../../../src/domain/indieauth/Scope.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import {
  type Answer,
  client,
  created,
  formType,
  jsonType,
  micropubSite,
  refusal,
  shown,
  siteUrl,
  tokenFor,
  visit,
  whereFound
} from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

const invalid = { status: 400, error: "invalid_request" }

const empty = (answer: Answer) => expect([answer.status, answer.body]).toEqual([204, ""])

/** The points of the Micropub Recommendation of 23 May 2017, and of the later texts where they differ, by section. */
layer(micropubSite(), { excludeTestServices: true })("Micropub Recommendation", (it) => {
  describe("2.1.3 conformance of servers", () => {
    it.effect("the token is accepted in the header and in a form's body", () =>
      Effect.gen(function* () {
        const { form, token } = yield* client()
        created(yield* form("content=In+the+header"))
        const headers = { "content-type": formType }
        created(yield* ask("/micropub", { method: "POST", headers, body: `content=In+the+body&access_token=${token}` }))
      })
    )

    it.effect("a form creates an h-entry; JSON and q=source are supported, since posts can be updated", () =>
      Effect.gen(function* () {
        const { form, json, source } = yield* client()
        const url = created(yield* form("h=entry&content=From+a+form"))
        expect((yield* source(url)).type).toEqual(["h-entry"])
        empty(yield* json({ action: "update", url, add: { category: ["x"] } }))
      })
    )

    it.effect("q=config names the media endpoint", () =>
      Effect.gen(function* () {
        const config = JSON.parse((yield* (yield* client()).query("q=config")).body)
        expect(new URL(config["media-endpoint"]).pathname).toBe("/micropub/media")
      })
    )
  })

  it.effect("3.1 text is UTF-8 throughout, and errors are JSON", () =>
    Effect.gen(function* () {
      const { form, json, source } = yield* client()
      const text = "Grüße, 世界 🦄 \u2028 ﷽"
      for (const url of [
        created(yield* form(`content=${encodeURIComponent(text)}`)),
        created(yield* json({ type: ["h-entry"], properties: { content: [text] } }))
      ]) {
        expect((yield* source(url)).properties.content).toEqual([text])
        expect((yield* shown(url)).html).toContain("Grüße, 世界 🦄")
      }
      refusal(yield* form("content=%ff"))
    })
  )

  it.effect("3.2 access_token is not stored, and mp- properties are commands", () =>
    Effect.gen(function* () {
      const { form, source } = yield* client()
      const url = created(yield* form("content=Commands&mp-syndicate-to=x&mp-slug=commands&mp-foo[]=a"))
      expect(Object.keys((yield* source(url)).properties)).toEqual([
        "content",
        "published",
        "post-status",
        "visibility"
      ])
    })
  )

  it.effect("3.3 without a type it is an h-entry; several values may be one, with brackets and without", () =>
    Effect.gen(function* () {
      const { form, json, source } = yield* client()
      const urls = [
        created(yield* form("content=x&category=one")),
        created(yield* form("content=x&category[]=one")),
        created(yield* json({ properties: { content: ["x"], category: ["one"] } }))
      ]
      for (const url of urls) {
        expect(yield* source(url)).toMatchObject({ type: ["h-entry"], properties: { category: ["one"] } })
      }
      const two = created(yield* form("content=x&category=one&category=two"))
      expect((yield* source(two)).properties.category).toEqual(["one", "two"])
    })
  )

  it.effect("3.3.5 unknown properties do not prevent the creation; they are kept", () =>
    Effect.gen(function* () {
      const { create, source } = yield* client()
      const odd = { "x-mood": ["fine", 5, true, { deep: [{ er: [1, "a"] }] }], weather: [{ type: ["h-w"] }] }
      // A null says nothing and is left out.
      const url = yield* create({ ...odd, weather: [{ type: ["h-w"], a: null }], content: ["Odd"] })
      const { properties } = yield* source(url)
      expect(properties).toMatchObject(odd)
      expect(Object.keys(properties).slice(0, 3)).toEqual(["x-mood", "weather", "content"])
    })
  )

  it.effect("3.3.6 creation answers 201 with the Location, where the post is available at once", () =>
    Effect.gen(function* () {
      const { form } = yield* client()
      const answer = yield* form("content=At+once")
      expect(answer.status).toBe(201)
      expect((yield* shown(created(answer))).properties.url).toEqual([created(answer)])
    })
  )

  describe("3.4 updates", () => {
    it.effect("3.4.1 replace creates a missing property, and keeps the rest", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const url = yield* create({ content: ["Before"], category: ["kept"] })
        empty(yield* json({ action: "update", url, replace: { content: ["After"], name: ["A name"] } }))
        expect((yield* source(url)).properties).toMatchObject({
          content: ["After"],
          category: ["kept"],
          name: ["A name"]
        })
        const { properties } = yield* shown(url)
        expect(properties).toMatchObject({ name: ["A name"], content: [{ value: "After" }], category: ["kept"] })
        expect(properties.updated).toHaveLength(1)
      })
    )

    it.effect("3.4.2 add keeps the other values", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const url = yield* create({ content: ["x"], category: ["one"] })
        empty(
          yield* json({ action: "update", url, add: { category: ["two", "one"], syndication: ["https://s.example/"] } })
        )
        expect((yield* source(url)).properties).toMatchObject({
          category: ["one", "two"],
          syndication: ["https://s.example/"]
        })
      })
    )

    it.effect("3.4.3 removing the last value removes the property, and a list of names whole properties", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const photo = { value: "https://a.example/x.jpg", alt: "X" }
        const url = yield* create({ content: ["x"], category: ["one", "two"], photo: [photo], "x-mood": ["fine"] })
        empty(yield* json({ action: "update", url, delete: { category: ["one"] } }))
        expect((yield* source(url)).properties.category).toEqual(["two"])
        empty(
          yield* json({
            action: "update",
            url,
            delete: { category: ["two"], photo: [{ alt: "X", value: photo.value }] }
          })
        )
        empty(yield* json({ action: "update", url, delete: ["x-mood"] }))
        expect(Object.keys((yield* source(url)).properties)).toEqual([
          "content",
          "published",
          "post-status",
          "visibility"
        ])
      })
    )

    it.effect("3.4.4 answers each repetition with 204 and no body, or with 201 and the new Location", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const url = yield* create({ content: ["x"] })
        const change = {
          action: "update",
          url,
          add: { category: ["a"] },
          replace: { content: ["y"] },
          delete: ["name"]
        }
        empty(yield* json(change))
        const once = yield* source(url)
        const page = (yield* shown(url)).html
        empty(yield* json(change))
        expect(yield* source(url)).toEqual(once)
        expect((yield* shown(url)).html).toBe(page)
        const moved = yield* json({ action: "update", url, replace: { "mp-slug": ["x-moved"] } })
        expect([moved.status, moved.headers.get("location")]).toEqual([201, `${siteUrl}/notes/x-moved`])
      })
    )

    const long = Array.from({ length: 10_000 }, (_, index) => `value ${index}`)

    it.effect.each<[string, unknown, string]>([
      ["no operation", {}, "replace, add, delete"],
      ["an operation nobody knows", { upsert: { content: ["x"] } }, "upsert"],
      ["replace as text", { replace: "text" }, "replace"],
      ["replace as a list", { replace: ["content"] }, "replace"],
      ["replace as null", { replace: null }, "replace"],
      ["a value that is no list", { replace: { content: "text" } }, "replace.content"],
      ["a value that is an object", { add: { content: { html: "x" } } }, "add.content"],
      ["a value that is a number", { replace: { content: [5] } }, "replace.content"],
      ["add as a list", { add: ["category"] }, "add"],
      ["delete as text", { delete: "category" }, "delete"],
      ["delete of numbers", { delete: [5] }, "delete"],
      ["delete of a value that is no list", { delete: { category: "x" } }, "delete.category"],
      ["a command", { replace: { "mp-syndicate-to": ["x"] } }, "replace.mp-syndicate-to"],
      ["a command to delete", { delete: ["mp-slug"] }, "delete.mp-slug"],
      ["nothing left", { delete: ["content", "category"] }, "at least one visible property"],
      ["a date that is none", { replace: { published: ["soon"] } }, "ISO 8601"],
      ["a status nobody knows", { replace: { "post-status": ["maybe"] } }, "draft"],
      ["a visibility to delete", { delete: ["visibility"] }, "replace"],
      ["10,000 values", { replace: { category: long } }, "at most"],
      ["10,000 properties", { add: Object.fromEntries(long.map((name) => [name, ["x"]])) }, "at most"],
      ["nesting without end", `{"a":`.repeat(5_000), "nesting"],
      ["a script as photo", { replace: { photo: ["javascript:alert(1)"] } }, "replace.photo"],
      ["__proto__", '{"__proto__":{"polluted":["x"]}}', "__proto__"]
    ])("with %s is refused with a reason, and changes nothing", ([_, operations, words]) =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const url = yield* create({ content: ["Kept"], category: ["one"] })
        const before = yield* source(url)
        const whole = { action: "update", url, ...(typeof operations === "object" ? operations : {}) }
        const body =
          typeof operations === "string" ? `{"action":"update","url":"${url}","replace":${operations}}` : whole
        const answer = refusal(yield* json(body))
        expect(answer).toMatchObject(invalid)
        expect(answer.description).toContain(words)
        expect(yield* source(url)).toEqual(before)
        expect({}).not.toHaveProperty("polluted")
      })
    )

    it.effect("text that cannot be stored is repaired, not refused", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const url = yield* create({ content: ["x"] })
        const body = `{"action":"update","url":"${url}","replace":{"content":["a\\ud800b\\u0000c"],"name":["\\udfff"]}}`
        empty(yield* json(body))
        expect((yield* source(url)).properties).toMatchObject({ content: ["a\uFFFDbc"], name: ["\uFFFD"] })
      })
    )

    it.effect("in a form are refused: forms have none", () =>
      Effect.gen(function* () {
        const { create, form } = yield* client()
        const url = yield* create({ content: ["x"] })
        const answer = refusal(yield* form(`action=update&url=${url}&replace[content]=y`))
        expect(answer).toMatchObject(invalid)
        expect(answer.description).toContain("JSON")
      })
    )
  })

  describe("3.5 delete and undelete", () => {
    it.effect("a deleted post is gone everywhere, without its content, and is restored unchanged", () =>
      Effect.gen(function* () {
        const { create, json, query, source } = yield* client()
        const url = yield* create({ content: ["A goneword"], category: ["gonetag"] })
        const found = whereFound(url, "goneword", "gonetag")
        const everywhere = { permalink: 200, listed: "everywhere" }
        expect(yield* found).toEqual(everywhere)
        const before = yield* source(url)
        const page = (yield* shown(url)).html
        const feed = yield* ask("/feed.json")
        const etag = feed.headers.get("etag") ?? ""

        empty(yield* json({ action: "delete", url }))
        expect(yield* found).toEqual({ permalink: 410, listed: "nowhere" })
        expect((yield* visit(url)).body).not.toContain("goneword")
        expect((yield* query("q=category&filter=gonetag")).body).toBe('{"categories":[]}')
        expect((yield* ask("/feed.json", { headers: { "if-none-match": etag } })).status).toBe(200)
        empty(yield* json({ action: "delete", url }))

        empty(yield* json({ action: "undelete", url }))
        expect(yield* found).toEqual(everywhere)
        expect(yield* source(url)).toEqual(before)
        expect((yield* shown(url)).html).toBe(page)
        empty(yield* json({ action: "undelete", url }))
      })
    )

    it.effect("a deleted post can be neither read nor changed, with that reason", () =>
      Effect.gen(function* () {
        const { create, json, query } = yield* client()
        const url = yield* create({ content: ["x"] })
        yield* json({ action: "delete", url })
        for (const answer of [
          yield* json({ action: "update", url, replace: { content: ["y"] } }),
          yield* query(`q=source&url=${url}`)
        ]) {
          expect(refusal(answer)).toMatchObject({ ...invalid, code: "micropub.post_deleted" })
          expect(refusal(answer).description).toMatch(/deleted.*undelete/)
        }
      })
    )

    const addresses: ReadonlyArray<readonly [string, unknown]> = [
      ["missing", undefined],
      ["blank", " "],
      ["no text", 5],
      ["a list", ["https://me.example/notes/x"]],
      ["no address", "x"],
      ["of a post that never existed", `${siteUrl}/notes/no-such-post`],
      ["of another site", "https://other.example/notes/hello"],
      ["of another page of this site", `${siteUrl}/tag/x`],
      ["the site itself", `${siteUrl}/`],
      ["a traversal", `${siteUrl}/notes/../../etc/passwd`],
      ["escaped oddly", `${siteUrl}/notes/%00%2f%ff`],
      ["a script", "javascript:alert(1)"],
      ["endless", `${siteUrl}/notes/${"x".repeat(100_000)}`]
    ]

    it.effect.each(addresses)("a url that is %s is refused with a reason", ([_, url]) =>
      Effect.gen(function* () {
        const { form, json } = yield* client()
        for (const action of ["delete", "undelete", "update"]) {
          expect(refusal(yield* json({ action, url, replace: { content: ["x"] } })), action).toMatchObject(invalid)
          if (action !== "update" && typeof url === "string") {
            expect(refusal(yield* form(`action=${action}&url=${encodeURIComponent(url)}`))).toMatchObject(invalid)
          }
        }
      })
    )

    it.effect("an address is recognised in any spelling", () =>
      Effect.gen(function* () {
        const { create, form } = yield* client()
        const url = yield* create({ content: ["x"], "mp-slug": ["odd-address"] })
        for (const written of [url, `${url}/`, url.replace("https", "HTTP").replace("me.", "ME."), `${url}?a=b%23c`]) {
          expect((yield* form(`action=delete&url=${written}`)).status).toBe(204)
          expect((yield* visit(url)).status).toBe(410)
          expect((yield* form(`action=undelete&url=${written}`)).status).toBe(204)
          expect((yield* visit(url)).status).toBe(200)
        }
      })
    )
  })

  describe("3.7 queries", () => {
    it.effect("3.7.2 the source is unchanged: text as text, HTML as HTML, in its order", () =>
      Effect.gen(function* () {
        const { create, source } = yield* client()
        const text = " Plain *text*\n\n<b>not HTML</b> "
        const html = { html: "<p>Some <b>HTML</b> <script>x</script></p>" }
        expect((yield* source(yield* create({ content: [text] }))).properties.content).toEqual([text])
        const url = yield* create({ content: [html], category: ["z", "a", "m"] })
        const whole = yield* source(url)
        expect(whole.type).toEqual(["h-entry"])
        expect(whole.properties).toMatchObject({ content: [html], category: ["z", "a", "m"] })
        expect(yield* source(url, "&properties=category")).toEqual({ properties: { category: ["z", "a", "m"] } })
        expect(yield* source(url, "&properties[]=name")).toEqual({ properties: {} })
      })
    )

    it.effect("3.7.2 a missing post: 400 invalid_request", () =>
      Effect.gen(function* () {
        const { query } = yield* client()
        expect(refusal(yield* query(`q=source&url=${siteUrl}/notes/missing`))).toMatchObject(invalid)
      })
    )

    it.effect("3.7.3 without syndication targets the list is empty", () =>
      Effect.gen(function* () {
        expect(JSON.parse((yield* (yield* client()).query("q=syndicate-to")).body)).toEqual({ "syndicate-to": [] })
      })
    )
  })

  describe("3.8 errors", () => {
    it.effect("no token: 401 unauthorized with WWW-Authenticate; a wrong one: 401 invalid_token (RFC 6750 3)", () =>
      Effect.gen(function* () {
        for (const init of [{}, { method: "POST", headers: { "content-type": jsonType }, body: "{}" }]) {
          const answer = yield* ask("/micropub?q=config", init)
          expect(refusal(answer)).toMatchObject({ status: 401, error: "unauthorized" })
          expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/)
        }
        const wrong = yield* ask("/micropub?q=config", { headers: { authorization: `Bearer ${"x".repeat(43)}` } })
        expect(refusal(wrong)).toMatchObject({ status: 401, error: "invalid_token" })
        expect(wrong.headers.get("www-authenticate")).toContain('error="invalid_token"')
      })
    )

    it.effect.each<[string, string, ReadonlyArray<Scope>]>([
      ["create", "create", ["update", "delete", "undelete", "media"]],
      ["update", "update", ["create", "draft", "delete", "undelete", "media"]],
      ["delete", "delete", ["create", "draft", "update", "undelete", "media"]],
      ["undelete", "undelete", ["create", "draft", "update", "media"]]
    ])("%s needs its scope: 403 insufficient_scope names it", ([action, needed, scopes]) =>
      Effect.gen(function* () {
        const owner = yield* client()
        const url = yield* owner.create({ content: ["x"] })
        const { json } = yield* client(scopes)
        const body =
          action === "create"
            ? { type: ["h-entry"], properties: { content: ["y"] } }
            : { action, url, replace: { content: ["y"] } }
        const answer = yield* json(body)
        expect(refusal(answer)).toMatchObject({ status: 403, error: "insufficient_scope" })
        expect(JSON.parse(answer.body).scope).toBe(needed)
        expect(answer.headers.get("www-authenticate")).toContain(`scope="${needed}"`)
        expect((yield* owner.source(url)).properties.content).toEqual(["x"])
      })
    )

    it.effect("each scope is enough for its own action, and delete for undelete", () =>
      Effect.gen(function* () {
        const url = yield* (yield* client(["create"])).create({ content: ["x"] })
        empty(yield* (yield* client(["update"])).json({ action: "update", url, replace: { content: ["y"] } }))
        empty(yield* (yield* client(["delete"])).json({ action: "delete", url }))
        empty(yield* (yield* client(["undelete"])).json({ action: "undelete", url }))
        empty(yield* (yield* client(["delete"])).json({ action: "undelete", url }))
      })
    )

    it.effect("unknown actions and types are refused by name", () =>
      Effect.gen(function* () {
        const { form, json } = yield* client()
        expect(refusal(yield* form("action=explode&url=x")).description).toContain("`explode`")
        expect(refusal(yield* json({ action: "publish" })).description).toContain("`publish`")
        expect(refusal(yield* form("h=recipe&name=x")).description).toContain("`h-recipe`")
        const type = refusal(yield* json({ type: ["h-card"], properties: { name: ["x"] } }))
        expect(type.description).toMatch(/`h-card`.*h-entry, h-event or h-review/)
      })
    )
  })

  it.effect("5.3 every page of posts links the endpoint", () =>
    Effect.gen(function* () {
      const { create } = yield* client()
      const url = yield* create({ content: ["x"], category: ["discover"] })
      for (const { body } of [yield* ask("/"), yield* visit(url), yield* ask("/tag/discover")]) {
        expect(mf2(body, { baseUrl: `${siteUrl}/` }).rels.micropub).toEqual([`${siteUrl}/micropub`])
      }
    })
  )

  it.effect("5.4 a token without any scope is refused", () =>
    Effect.gen(function* () {
      const { query, form } = yield* client([])
      for (const answer of [yield* query("q=config"), yield* form("content=x"), yield* form("action=delete&url=x")]) {
        expect(refusal(answer)).toMatchObject({ status: 403, error: "insufficient_scope" })
      }
    })
  )

  it.effect("6.1 photos elsewhere are not fetched, but shown from there", () =>
    Effect.gen(function* () {
      const { create } = yield* client()
      const url = yield* create({ photo: ["http://127.0.0.1:1/secret.jpg"] })
      expect((yield* shown(url)).properties.photo).toEqual(["http://127.0.0.1:1/secret.jpg"])
    })
  )

  describe("RFC 6750", () => {
    it.effect("2 two different tokens at once: 400; 2.3 a token in the address is refused", () =>
      Effect.gen(function* () {
        const { form, query, token } = yield* client()
        expect(refusal(yield* form(`content=x&access_token=${yield* tokenFor("create")}`))).toMatchObject(invalid)
        expect(refusal(yield* ask(`/micropub?q=config&access_token=${token}`))).toMatchObject(invalid)
        expect(refusal(yield* query(`q=config&access_token=${token}`))).toMatchObject(invalid)
      })
    )

    it.effect("a revoked token is rejected from then on", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const { record, token } = yield* tokens.create({ label: "t", me: `${siteUrl}/`, scopes: ["create"] })
        const headers = { authorization: `Bearer ${Redacted.value(token)}` }
        expect((yield* ask("/micropub?q=config", { headers })).status).toBe(200)
        yield* tokens.revoke(record.id)
        expect(refusal(yield* ask("/micropub?q=config", { headers }))).toMatchObject({
          status: 401,
          error: "invalid_token"
        })
      })
    )
  })
})
