import { describe, expect, layer } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import * as Testing from "../../../layers/Testing.js"
import type { NewAccessToken } from "../../../src/domain/indieauth/AccessToken.js"
import { limits } from "../../../src/domain/posts/Microformats.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { routes } from "../../../src/web/micropub/Routes.js"
import * as MediaShelf from "../../fixtures/MediaShelf.js"
import { ask } from "../../fixtures/TestServer.js"

const site = Testing.site(serve(routes).pipe(Layer.provideMerge(MediaShelf.layer)))

const tokenFor = (...scopes: NewAccessToken["scopes"]) =>
  Effect.gen(function* () {
    const tokens = yield* AccessTokens
    const { token } = yield* tokens.create({ label: "test", me: "https://me.example/", scopes })
    return Redacted.value(token)
  })

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const formType = "application/x-www-form-urlencoded"

const postForm = (token: string, body: string) =>
  ask("/micropub", { method: "POST", headers: { ...bearer(token), "content-type": formType }, body })
const postJson = (token: string, body: unknown) =>
  ask("/micropub", {
    method: "POST",
    headers: { ...bearer(token), "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body)
  })
const entry = (properties: unknown) => ({ type: ["h-entry"], properties })
const get = (token: string, query: string) => ask(`/micropub?${query}`, { headers: bearer(token) })
const sourceOf = (token: string, url: string, more = "") =>
  Effect.map(get(token, `q=source&url=${encodeURIComponent(url)}${more}`), ({ body }) => JSON.parse(body))

type Answer = Effect.Effect.Success<ReturnType<typeof ask>>
const location = (answer: Answer) => {
  expect(answer.status, answer.body).toBe(201)
  return answer.headers.get("location") ?? ""
}
const refusal = (answer: Answer) => {
  expect(answer.headers.get("content-type")).toBe("application/json")
  const body = JSON.parse(answer.body)
  return { status: answer.status, error: body.error, code: body.code, description: String(body.error_description) }
}

describe("Micropub", () =>
  layer(site, { excludeTestServices: true })((it) => {
    describe("creating", () => {
      it.effect("a form and JSON create posts with an address below the site's", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          const form = yield* postForm(token, "h=entry&content=Hello+form&category[]=test1&category[]=test2&mood=fine")
          expect(location(form)).toBe("https://me.example/notes/hello-form")
          expect(yield* sourceOf(token, location(form))).toMatchObject({
            type: ["h-entry"],
            properties: { content: ["Hello form"], category: ["test1", "test2"], mood: ["fine"] }
          })
          const properties = {
            content: [{ html: "<p>Hello <b>JSON</b></p>" }],
            photo: [{ value: "https://a.example/x.jpg", alt: "X" }],
            checkin: [{ type: ["h-card"], properties: { name: ["Home"], latitude: [45.5] } }],
            published: ["2020-01-02T03:04:05+01:00"]
          }
          const json = yield* postJson(token, entry(properties))
          expect(location(json)).toBe("https://me.example/notes/hello-json")
          expect(yield* sourceOf(token, location(json))).toEqual({
            type: ["h-entry"],
            properties: { ...properties, "post-status": ["published"], visibility: ["public"] }
          })
        })
      )

      it.effect("mp-slug is used in a form and in JSON, and sanitised", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          expect(location(yield* postForm(token, "content=x&mp-slug=my-own-slug"))).toMatch(/\/notes\/my-own-slug$/)
          const json = yield* postJson(token, entry({ content: ["x"], "mp-slug": ["my-own-slug"] }))
          expect(location(json)).toMatch(/\/notes\/my-own-slug-2$/)
          const injected = yield* postForm(token, "content=x&mp-slug=a%0d%0aSet-Cookie:%20b=c/../../admin")
          expect(location(injected)).toBe("https://me.example/notes/a-set-cookie-b-c-admin")
          expect(injected.headers.get("set-cookie")).toBeNull()
          expect(location(yield* postForm(token, "content=x&mp-slug=feed"))).toMatch(/\/notes\/feed-2$/)
          expect(location(yield* postForm(token, "content=Only+words&mp-slug=%2F%2F"))).toMatch(/\/notes\/only-words$/)
        })
      )

      it.effect("the token may be in the form, and is not stored", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          const created = yield* ask("/micropub", {
            method: "POST",
            headers: { "content-type": `${formType}; charset=UTF-8` },
            body: `h=entry&content=Secretly&access_token=${token}`
          })
          const source = yield* sourceOf(token, location(created))
          expect(JSON.stringify(source)).not.toContain("access_token")
          expect(source.properties.content).toEqual(["Secretly"])
        })
      )

      it.effect("a token for drafts creates drafts", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("draft")
          const created = yield* postForm(token, "content=Not+yet&post-status=published")
          expect((yield* sourceOf(token, location(created))).properties["post-status"]).toEqual(["draft"])
        })
      )
    })

    describe("queries", () => {
      it.effect("q=config, q=syndicate-to, q=post-types and q=category answer plain JSON", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          yield* postForm(token, "content=x&category=Query+Tag&category=Other+Tag")
          const config = yield* get(token, "q=config")
          expect(config.headers.get("content-type")).toBe("application/json")
          expect(config.headers.get("cache-control")).toBe("no-store")
          expect(JSON.parse(config.body)).toMatchObject({ "syndicate-to": [], q: expect.arrayContaining(["source"]) })
          expect(JSON.parse(config.body)).toHaveProperty("media-endpoint", "https://me.example/micropub/media")
          expect(JSON.parse((yield* get(token, "q=syndicate-to")).body)).toEqual({ "syndicate-to": [] })
          expect(JSON.parse((yield* get(token, "q=category")).body).categories).toContain("Other Tag")
          expect(JSON.parse((yield* get(token, "q=category&filter=query%20")).body)).toEqual({
            categories: ["Query Tag"]
          })
        })
      )

      it.effect("q=source answers only the properties that were asked for", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          const url = location(yield* postForm(token, "content=Some&category[]=test1&category[]=test2"))
          const expected = { properties: { content: ["Some"], category: ["test1", "test2"] } }
          expect(yield* sourceOf(token, url, "&properties[]=content&properties[]=category")).toEqual(expected)
          expect(yield* sourceOf(token, url, "&properties=content&properties=category")).toEqual(expected)
          expect(yield* sourceOf(token, `${url}/?a=b#c`, "&properties=constructor")).toEqual({ properties: {} })
        })
      )

      it.effect("q=source without an address lists posts in pages, drafts included", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          const urls: Array<string> = []
          for (const year of [2094, 2093, 2092, 2091]) {
            urls.push(location(yield* postForm(token, `content=x&published=${year}-01-01&post-status=draft`)))
          }
          const page = (query: string) =>
            Effect.map(get(token, `q=source&properties=url&${query}`), ({ body }) => {
              const { items, paging } = JSON.parse(body)
              return {
                urls: items.map((item: { properties: { url: ReadonlyArray<string> } }) => item.properties.url[0]),
                paging
              }
            })
          const first = yield* page("limit=2")
          expect(first.urls).toEqual(urls.slice(0, 2))
          expect(first.paging).not.toHaveProperty("before")
          const second = yield* page(`limit=2&after=${first.paging.after}`)
          expect(second.urls).toEqual(urls.slice(2, 4))
          expect((yield* page(`limit=2&before=${second.paging.before}`)).urls).toEqual(urls.slice(0, 2))
          expect((yield* page("limit=2&offset=1")).urls).toEqual(urls.slice(1, 3))
        })
      )
    })

    describe("a client in a browser", () => {
      it.effect("may send requests from any origin, and read the answers and the refusals", () =>
        Effect.gen(function* () {
          const origin = { origin: "https://client.example" }
          const preflight = yield* ask("/micropub", { method: "OPTIONS", headers: origin })
          expect(preflight.status).toBe(204)
          expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization")
          const refused = yield* ask("/micropub?q=config", { headers: origin })
          expect(refused.status).toBe(401)
          expect(refused.headers.get("access-control-allow-origin")).toBe("*")
          expect(refused.headers.get("access-control-allow-credentials")).toBeNull()
          const created = yield* postForm(yield* tokenFor("create"), "content=From+a+browser")
          expect(created.headers.get("access-control-expose-headers")).toContain("Location")
        })
      )
    })

    describe("missing rights", () => {
      it.effect("without a token: 401 unauthorized", () =>
        Effect.gen(function* () {
          for (const answer of [
            yield* ask("/micropub?q=config"),
            yield* ask("/micropub", { method: "POST", body: new URLSearchParams({ content: "x" }) }),
            yield* ask("/micropub", { method: "POST", headers: { "content-type": "application/json" }, body: "{" }),
            yield* ask("/micropub", { method: "POST" }),
            yield* ask("/micropub?q=config", { headers: { authorization: "Basic YTpi" } }),
            yield* ask("/micropub?q=config", { headers: { authorization: "Bearer " } })
          ]) {
            expect(refusal(answer)).toMatchObject({ status: 401, error: "unauthorized" })
            expect(answer.headers.get("www-authenticate")).toBe("Bearer")
          }
        })
      )

      it.effect.each(["wrong", "a".repeat(43), "a b", "' OR 1=1 --"])("with the token %j: 401 invalid_token", (token) =>
        Effect.gen(function* () {
          const answer = yield* get(token, "q=config")
          expect(refusal(answer)).toMatchObject({ status: 401, error: "invalid_token" })
          expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"')
        })
      )

      it.effect("with a token that lacks the scope: 403 insufficient_scope", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("profile")
          for (const answer of [yield* postForm(token, "content=x"), yield* get(token, "q=config")]) {
            expect(refusal(answer)).toMatchObject({ status: 403, error: "insufficient_scope" })
          }
        })
      )

      it.effect("with two different tokens, or with one in the address: 400 invalid_request", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          const two = refusal(yield* postForm(token, `content=x&access_token=${yield* tokenFor("create")}`))
          expect(two).toMatchObject({ status: 400, error: "invalid_request", code: "auth.token_ambiguous" })
          const inAddress = refusal(yield* ask(`/micropub?q=config&access_token=${token}`))
          expect(inAddress).toMatchObject({ status: 400, error: "invalid_request" })
          expect(inAddress.description).toContain("never in the URL")
        })
      )
    })

    describe("C1: the same token in several places is one token", () => {
      const send = (body: string | FormData, headers: Record<string, string> = {}) =>
        ask("/micropub", {
          method: "POST",
          headers: typeof body === "string" ? { ...headers, "content-type": formType } : headers,
          body
        })
      const formOf = (...fields: ReadonlyArray<readonly [string, string]>) => {
        const body = new FormData()
        for (const [name, value] of fields) body.append(name, value)
        return body
      }
      const given = (token: string) => ({ authorization: `Bearer ${token}` })

      it.effect.each<[string, (token: string) => ReturnType<typeof send>]>([
        ["a form", (token) => send(`h=entry&content=x&access_token=${token}`, given(token))],
        ["a multipart form", (token) => send(formOf(["content", "x"], ["access_token", token]), given(token))],
        [
          "a scheme in lower case",
          (token) => send(`content=x&access_token=${token}`, { authorization: `bearer ${token}` })
        ],
        ["a scheme in capitals", (token) => send("content=x", { authorization: `BEARER  ${token} ` })],
        ["a field given twice", (token) => send(`content=x&access_token=${token}&access_token=${token}`)],
        ["a list of one", (token) => send(`content=x&access_token[]=${token}`, given(token))],
        [
          "two parts of a form",
          (token) => send(formOf(["access_token", token], ["content", "x"], ["access_token", token]))
        ],
        ["a blank field beside the header", (token) => send("content=x&access_token=", given(token))],
        [
          "a blank header beside the field",
          (token) => send(`content=x&access_token=${token}`, { authorization: "Bearer " })
        ],
        [
          "a password for a proxy beside the field",
          (token) => send(`content=x&access_token=${token}`, { authorization: "Basic YTpi" })
        ],
        [
          "a blank parameter of the address",
          (token) =>
            ask("/micropub?access_token=", {
              method: "POST",
              headers: { ...given(token), "content-type": formType },
              body: "content=x"
            })
        ]
      ])("in %s", ([, post]) =>
        Effect.gen(function* () {
          const url = location(yield* post(yield* tokenFor("create")))
          const source = yield* get(yield* tokenFor("update"), `q=source&url=${encodeURIComponent(url)}`)
          expect(JSON.parse(source.body).properties).toMatchObject({ content: ["x"] })
          expect(source.body).not.toContain("access_token")
        })
      )

      it.effect.each<[string, (token: string, other: string) => ReturnType<typeof send>]>([
        ["a form", (token, other) => send(`content=x&access_token=${other}`, given(token))],
        ["a multipart form", (token, other) => send(formOf(["content", "x"], ["access_token", other]), given(token))],
        ["the second of two fields", (token, other) => send(`content=x&access_token=${token}&access_token=${other}`)],
        ["a token that is none", (token) => send("content=x&access_token=x", given(token))]
      ])("different tokens are refused, in %s", ([, post]) =>
        Effect.gen(function* () {
          const answer = refusal(yield* post(yield* tokenFor("create"), yield* tokenFor("create")))
          expect(answer).toMatchObject({ status: 400, error: "invalid_request", code: "auth.token_ambiguous" })
          expect(answer.description).toContain("different")
        })
      )
    })

    it.effect("a query without q describes the token, since clients use it as a test", () =>
      Effect.gen(function* () {
        const token = yield* tokenFor("create", "update")
        for (const query of ["", "q="]) {
          const answer = yield* get(token, query)
          expect(answer.status, query).toBe(200)
          expect(JSON.parse(answer.body)).toMatchObject({ me: "https://me.example/", scope: "create update" })
        }
      })
    )

    describe("bad input", () => {
      const invalid = { status: 400, error: "invalid_request" }

      it.effect.each<[string, unknown, string]>([
        ["malformed JSON", "{", "JSON"],
        ["an empty body", "", "body"],
        ["a list", [], "object"],
        ["content that is no list", entry({ content: 5 }), "a list"],
        ["content that is a number", entry({ content: [5] }), "properties.content"],
        ["content that is null alone", entry({ content: [null] }), "at least one visible property"],
        ["no properties", { type: ["h-entry"] }, "properties"],
        ["empty properties", entry({}), "at least one visible property"],
        ["a type that is no text", { type: 5, properties: { content: ["x"] } }, "type"],
        ["another type", { type: ["h-card"], properties: { name: ["x"] } }, "h-card"],
        ["a date that is none", entry({ content: ["x"], published: ["tomorrow"] }), "ISO 8601"],
        ["an unknown status", entry({ content: ["x"], "post-status": ["maybe"] }), "draft"],
        ["an unknown visibility", entry({ content: ["x"], visibility: ["maybe"] }), "unlisted"],
        ["an unknown action", { action: "explode", url: "https://me.example/notes/x" }, "create"],
        ["an action that is no text", { action: 5 }, "action"],
        ["a script as photo", entry({ photo: ["javascript:alert(1)"] }), "http"],
        ["10,000 values", entry({ content: ["x"], category: Array(10_000).fill("y") }), "at most"],
        [
          "10,000 properties",
          entry(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, ["x"]]))),
          "at most"
        ],
        ["an answer to no invitation", entry({ rsvp: ["yes"] }), "properties.in-reply-to"],
        ["an answer that is none", entry({ rsvp: ["perhaps"] }), "interested"],
        ["a reply to a script", entry({ content: ["x"], "in-reply-to": ["javascript:alert(1)"] }), "http"],
        ["an event at no time", { type: ["h-event"], properties: { name: ["x"], start: ["soon"] } }, "ISO 8601"],
        ["too many values", entry({ content: ["x"], x: Array(limits.values + 1).fill("y") }), "at most"],
        [
          "nesting without end",
          `{"properties":{"content":["x"],"x":[${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}]}}`,
          "Reduce the nesting"
        ]
      ])("%s is refused with an explanation", ([_, body, words]) =>
        Effect.gen(function* () {
          const answer = refusal(yield* postJson(yield* tokenFor("create"), body))
          expect(answer).toMatchObject(invalid)
          expect(answer.code).toMatch(/^[a-z]+\.[a-z_]+$/)
          expect(answer.description).toContain(words)
        })
      )

      it.effect.each<[string, string]>([
        ["no fields", ""],
        ["only a type", "h=entry"],
        ["a blank content", "h=entry&content=%20%0a"],
        ["another type", "h=card&name=x"],
        ["an unknown action", "action=explode&url=x"],
        ["invalid UTF-8", "content=%ff%fe"],
        ["a bad escape", "content=%zz"],
        ["too many fields", "x=1&".repeat(2_000)],
        ["a name without end", `${"x".repeat(5_000)}=1&content=x`]
      ])("a form with %s is refused with a sentence", ([_, body]) =>
        Effect.gen(function* () {
          const answer = refusal(yield* postForm(yield* tokenFor("create"), body))
          expect(answer).toMatchObject(invalid)
          expect(answer.description.length).toBeGreaterThan(20)
        })
      )

      it.effect("an unknown action is refused with the known ones", () =>
        Effect.gen(function* () {
          const answer = refusal(yield* postForm(yield* tokenFor("create"), "action=explode&url=x"))
          expect(answer.description).toMatch(/action .*create/)
        })
      )

      it.effect("invalid UTF-8, another content type, and too large a body are refused", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          const send = (type: string, body: NonNullable<RequestInit["body"]>) =>
            Effect.map(
              ask("/micropub", { method: "POST", headers: { ...bearer(token), "content-type": type }, body }),
              refusal
            )
          expect(yield* send("application/json", new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject(invalid)
          expect(yield* send("text/plain", "hello")).toMatchObject({ status: 415 })
          expect(yield* send("application/json; charset=latin1", "{}")).toMatchObject({ status: 415 })
          const multipart = yield* send("multipart/form-data; boundary=x", "--x--\r\n")
          expect(multipart).toMatchObject({ status: 400, error: "invalid_request" })
          expect(yield* send(formType, `content=${"x".repeat(1_100_000)}`)).toMatchObject({ status: 413 })
        })
      )

      it.effect.each([
        "q=nonsense",
        "q=source&url=https://other.example/notes/x",
        "q=source&url=https://me.example/notes/no-such-note",
        "q=source&url=javascript:alert(1)",
        "q=source&url=https://me.example/notes/..%2f..%2fetc",
        "q=source&limit=0",
        "q=source&limit=-1",
        "q=source&offset=x",
        "q=source&after=x",
        "q=source&after=1_1&before=1_1",
        `q=${"x".repeat(5_000)}`
      ])("the query %j is refused with a sentence", (query) =>
        Effect.gen(function* () {
          const answer = refusal(yield* get(yield* tokenFor("create"), query))
          expect(answer).toMatchObject(invalid)
          expect(answer.description.length).toBeGreaterThan(20)
        })
      )

      it.effect("names of JavaScript's own properties do no harm", () =>
        Effect.gen(function* () {
          const token = yield* tokenFor("create")
          const body = '{"type":["h-entry"],"properties":{"content":["x"],"constructor":["y"],"toString":["z"]}}'
          const url = location(yield* postJson(token, body))
          expect((yield* sourceOf(token, url)).properties).toMatchObject({ constructor: ["y"], toString: ["z"] })
          const polluting = yield* postJson(token, '{"properties":{"content":["x"],"__proto__":{"polluted":[1]}}}')
          expect([201, 400]).toContain(polluting.status)
          expect({}).not.toHaveProperty("polluted")
        })
      )

      it.effect("refuses other methods, and names the allowed ones", () =>
        Effect.gen(function* () {
          const answer = yield* ask("/micropub", { method: "DELETE" })
          expect(answer.status).toBe(405)
          expect(answer.headers.get("allow")).toContain("POST")
        })
      )
    })
  }))
