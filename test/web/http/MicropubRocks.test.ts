import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import {
  client,
  created,
  formType,
  jsonType,
  micropubSite,
  refusal,
  shown,
  tokenFor,
  visit
} from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

/** The images that micropub.rocks asks to be shown. */
const photo = "https://micropub.rocks/media/sunset.jpg"
const photo2 = "https://micropub.rocks/media/city-at-night.jpg"

const text = (test: string) => `Micropub test of ${test}. This should have its own text.`

const entry = (properties: unknown) => ({ type: ["h-entry"], properties })

/** An update may be answered 200 or 204, or 201 with the new address. */
const done = (answer: { readonly status: number; readonly headers: Headers }) => {
  if (answer.status === 201) expect(answer.headers.get("location")).toBeTruthy()
  else expect([200, 204]).toContain(answer.status)
}

const deleted = (answer: { readonly status: number }) => expect([200, 201, 204]).toContain(answer.status)

/** The tests of https://micropub.rocks/server-tests, under their numbers and in its way of sending. */
layer(micropubSite(), { excludeTestServices: true })("micropub.rocks", (it) => {
  it.effect("100: create an h-entry post (form-encoded)", () =>
    Effect.gen(function* () {
      const { form } = yield* client()
      const url = created(yield* form(`h=entry&content=${encodeURIComponent(text("creating an h-entry"))}`))
      expect((yield* shown(url)).properties.content).toMatchObject([{ value: text("creating an h-entry") }])
    })
  )

  it.effect("101: create an h-entry post with multiple categories (form-encoded)", () =>
    Effect.gen(function* () {
      const { form } = yield* client()
      const url = created(yield* form("h=entry&content=With+categories&category[]=test1&category[]=test2"))
      expect((yield* shown(url)).properties.category).toEqual(["test1", "test2"])
    })
  )

  it.effect("104: create an h-entry with a photo referenced by URL (form-encoded)", () =>
    Effect.gen(function* () {
      const { form } = yield* client()
      const url = created(yield* form(`h=entry&content=With+photo&photo=${encodeURIComponent(photo)}`))
      expect((yield* shown(url)).properties.photo).toEqual([photo])
    })
  )

  it.effect("107: create an h-entry post with one category (form-encoded)", () =>
    Effect.gen(function* () {
      const { form } = yield* client()
      const url = created(yield* form("h=entry&content=With+one+category&category=test1"))
      expect((yield* shown(url)).properties.category).toEqual(["test1"])
    })
  )

  it.effect("200: create an h-entry post (JSON)", () =>
    Effect.gen(function* () {
      const { json } = yield* client()
      const url = created(yield* json(entry({ content: [text("creating with JSON")] })))
      expect((yield* shown(url)).properties.content).toMatchObject([{ value: text("creating with JSON") }])
    })
  )

  it.effect("201: create an h-entry post with multiple categories (JSON)", () =>
    Effect.gen(function* () {
      const { json } = yield* client()
      const url = created(yield* json(entry({ content: ["x"], category: ["test1", "test2"] })))
      expect((yield* shown(url)).properties.category).toEqual(["test1", "test2"])
    })
  )

  it.effect("202: create an h-entry with HTML content (JSON)", () =>
    Effect.gen(function* () {
      const { json } = yield* client()
      const html = "<p>This post has <b>bold</b> and <i>italic</i> text.</p>"
      const url = created(yield* json(entry({ content: [{ html }] })))
      expect((yield* shown(url)).properties.content).toMatchObject([{ html }])
    })
  )

  it.effect("203: create an h-entry with a photo referenced by URL (JSON)", () =>
    Effect.gen(function* () {
      const { json } = yield* client()
      const url = created(yield* json(entry({ content: ["x"], photo: [photo] })))
      expect((yield* shown(url)).properties.photo).toEqual([photo])
    })
  )

  it.effect("204: create an h-entry post with a nested object (JSON)", () =>
    Effect.gen(function* () {
      const { json, source } = yield* client()
      const checkin = {
        type: ["h-card"],
        properties: {
          name: ["Los Gorditos"],
          url: ["https://foursquare.com/v/502c4bbde4b06e61e06d1ebf"],
          latitude: [45.524330801154],
          longitude: [-122.68068808051],
          "street-address": ["922 NW Davis St"]
        }
      }
      const published = "2017-05-31T12:03:36-07:00"
      const url = created(
        yield* json(entry({ published: [published], content: ["Lunch meeting"], checkin: [checkin] }))
      )
      expect((yield* source(url)).properties).toMatchObject({ checkin: [checkin], published: [published] })
      const { properties } = yield* shown(url)
      expect(properties.content).toMatchObject([{ value: "Lunch meeting" }])
      expect(properties.published).toEqual(["2017-05-31T12:03:36.000-07:00"])
      expect(properties.checkin).toMatchObject([{ properties: { name: [expect.stringContaining("Los Gorditos")] } }])
    })
  )

  it.effect("205: create an h-entry post with a photo with alt text (JSON)", () =>
    Effect.gen(function* () {
      const { json } = yield* client()
      const described = { value: photo, alt: "Photo of a sunset" }
      const url = created(yield* json(entry({ content: ["x"], photo: [described] })))
      expect((yield* shown(url)).properties.photo).toEqual([described])
    })
  )

  it.effect("206: create an h-entry with multiple photos referenced by URL (JSON)", () =>
    Effect.gen(function* () {
      const { json } = yield* client()
      const url = created(yield* json(entry({ content: ["x"], photo: [photo, photo2] })))
      expect((yield* shown(url)).properties.photo).toEqual([photo, photo2])
    })
  )

  const jpeg = () => new File(["a picture"], "sunset.jpg", { type: "image/jpeg" })

  it.effect("300: create an h-entry post with a photo (multipart)", () =>
    Effect.gen(function* () {
      const { multipart } = yield* client()
      const form = new FormData()
      form.append("h", "entry")
      form.append("content", "Nice sunset in Portland tonight")
      form.append("photo", jpeg())
      const { properties } = yield* shown(created(yield* multipart(form)))
      expect(properties.content).toMatchObject([{ value: "Nice sunset in Portland tonight" }])
      expect(properties.photo).toEqual([expect.stringMatching(/^https:\/\/me\.example\/media\/.+/)])
    })
  )

  it.effect("301: create an h-entry post with two photos (multipart)", () =>
    Effect.gen(function* () {
      const { multipart } = yield* client()
      const form = new FormData()
      form.append("h", "entry")
      form.append("content", "City lights and sunset")
      form.append("photo[]", jpeg())
      form.append("photo[]", jpeg())
      const { properties } = yield* shown(created(yield* multipart(form)))
      expect(new Set(properties.photo).size).toBe(2)
    })
  )

  it.effect("400: replace a property", () =>
    Effect.gen(function* () {
      const { create, json } = yield* client()
      const url = yield* create({ content: ["This content should be replaced"] })
      done(yield* json({ action: "update", url, replace: { content: ["This is the updated text"] } }))
      expect((yield* shown(url)).properties.content).toMatchObject([{ value: "This is the updated text" }])
    })
  )

  it.effect("401: add a value to an existing property", () =>
    Effect.gen(function* () {
      const { create, json } = yield* client()
      const url = yield* create({ content: ["x"], category: ["test1"] })
      done(yield* json({ action: "update", url, add: { category: ["test2"] } }))
      expect((yield* shown(url)).properties.category).toEqual(["test1", "test2"])
    })
  )

  it.effect("402: add a value to a non-existent property", () =>
    Effect.gen(function* () {
      const { create, json } = yield* client()
      const url = yield* create({ content: ["x"] })
      done(yield* json({ action: "update", url, add: { category: ["test1"] } }))
      expect((yield* shown(url)).properties.category).toEqual(["test1"])
    })
  )

  it.effect("403: remove a value from a property", () =>
    Effect.gen(function* () {
      const { create, json } = yield* client()
      const url = yield* create({ content: ["x"], category: ["test1", "test2"] })
      done(yield* json({ action: "update", url, delete: { category: ["test2"] } }))
      expect((yield* shown(url)).properties.category).toEqual(["test1"])
    })
  )

  it.effect("404: remove a property", () =>
    Effect.gen(function* () {
      const { create, json, source } = yield* client()
      const url = yield* create({ content: ["x"], category: ["test1", "test2"] })
      done(yield* json({ action: "update", url, delete: ["category"] }))
      expect((yield* shown(url)).properties).not.toHaveProperty("category")
      expect((yield* source(url)).properties).not.toHaveProperty("category")
    })
  )

  it.effect("405: reject the request if operation is not an object", () =>
    Effect.gen(function* () {
      const { create, json } = yield* client()
      const url = yield* create({ content: ["x"] })
      const answer = refusal(yield* json({ action: "update", url, replace: "This is not a valid update request." }))
      expect(answer).toMatchObject({ status: 400, error: "invalid_request" })
      expect(answer.description).toContain("replace")
    })
  )

  it.effect("500: delete a post (form-encoded)", () =>
    Effect.gen(function* () {
      const { create, form } = yield* client()
      const url = yield* create({ content: ["This post should be deleted"] })
      deleted(yield* form(`action=delete&url=${url}`))
      expect((yield* visit(url)).status).toBe(410)
    })
  )

  it.effect("501: delete a post (JSON)", () =>
    Effect.gen(function* () {
      const { create, json } = yield* client()
      const url = yield* create({ content: ["This post should be deleted"] })
      deleted(yield* json({ action: "delete", url }))
      expect((yield* visit(url)).status).toBe(410)
    })
  )

  it.effect("502: undelete a post (form-encoded)", () =>
    Effect.gen(function* () {
      const { create, form } = yield* client()
      const url = yield* create({ content: ["This post should come back"] })
      deleted(yield* form(`action=delete&url=${url}`))
      deleted(yield* form(`action=undelete&url=${url}`))
      expect((yield* shown(url)).properties.content).toMatchObject([{ value: "This post should come back" }])
    })
  )

  it.effect("503: undelete a post (JSON)", () =>
    Effect.gen(function* () {
      const { create, json } = yield* client()
      const url = yield* create({ content: ["This post should come back"] })
      deleted(yield* json({ action: "delete", url }))
      deleted(yield* json({ action: "undelete", url }))
      expect((yield* shown(url)).properties.content).toMatchObject([{ value: "This post should come back" }])
    })
  )

  it.effect("600: configuration query", () =>
    Effect.gen(function* () {
      const answer = yield* (yield* client()).query("q=config")
      expect(answer.status).toBe(200)
      expect(answer.headers.get("content-type")).toContain("application/json")
      expect(answer.body.startsWith("{")).toBe(true)
      expect(JSON.parse(answer.body)).toBeTypeOf("object")
    })
  )

  it.effect("601: syndication endpoint query", () =>
    Effect.gen(function* () {
      const answer = yield* (yield* client()).query("q=syndicate-to")
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body)).toEqual({ "syndicate-to": [] })
    })
  )

  it.effect("602: source query (all properties)", () =>
    Effect.gen(function* () {
      const { form, source } = yield* client()
      const content = "Test of querying the endpoint for the source content"
      const url = created(
        yield* form(`h=entry&content=${content.replaceAll(" ", "+")}&category[]=micropub&category[]=test`)
      )
      const { properties } = yield* source(url)
      expect(properties.content[0]).toBe(content)
      expect(properties.category).toEqual(["micropub", "test"])
    })
  )

  it.effect("603: source query (specific properties)", () =>
    Effect.gen(function* () {
      const { form, source } = yield* client()
      const content = "Test of querying the endpoint for the source content"
      const url = created(
        yield* form(`h=entry&content=${content.replaceAll(" ", "+")}&category[]=micropub&category[]=test`)
      )
      expect(yield* source(url, "&properties[]=content&properties[]=category")).toEqual({
        properties: { content: [content], category: ["micropub", "test"] }
      })
    })
  )

  it.effect("800: accept access token in HTTP header", () =>
    Effect.gen(function* () {
      const token = yield* tokenFor("create")
      const headers = { authorization: `Bearer ${token}`, "content-type": formType, accept: jsonType }
      created(yield* ask("/micropub", { method: "POST", headers, body: "h=entry&content=Token+in+header" }))
    })
  )

  const withTokenInBody = (token: string) =>
    ask("/micropub", {
      method: "POST",
      headers: { "content-type": formType, accept: jsonType },
      body: `h=entry&content=Token+in+body&access_token=${token}`
    })

  it.effect("801: accept access token in POST body", () =>
    Effect.gen(function* () {
      created(yield* withTokenInBody(yield* tokenFor("create")))
    })
  )

  it.effect("802: does not store access token property", () =>
    Effect.gen(function* () {
      const { source, token } = yield* client()
      const url = created(yield* withTokenInBody(token))
      const { properties } = yield* source(url)
      expect(properties.content).toEqual(["Token in body"])
      expect(properties).not.toHaveProperty("access_token")
      expect((yield* shown(url)).html).not.toContain(token)
    })
  )

  it.effect("803: rejects unauthenticated requests", () =>
    Effect.gen(function* () {
      const headers = { "content-type": formType, accept: jsonType }
      const answer = yield* ask("/micropub", { method: "POST", headers, body: "h=entry&content=Nobody" })
      expect(refusal(answer)).toMatchObject({ status: 401, error: "unauthorized" })
    })
  )

  it.effect("804: rejects unauthorized access tokens (403, as the text has it since 2020)", () =>
    Effect.gen(function* () {
      const { form } = yield* client(["profile"])
      const answer = yield* form("h=entry&content=Not+allowed")
      expect(refusal(answer)).toMatchObject({ status: 403, error: "insufficient_scope" })
      expect(answer.headers.get("www-authenticate")).toContain('scope="create"')
    })
  )

  it.effect("805: rejects different tokens; accepts one that is sent in both ways, unlike the suite", () =>
    Effect.gen(function* () {
      const { form, token } = yield* client()
      const answer = refusal(yield* form(`h=entry&content=Twice&access_token=${yield* tokenFor("create")}`))
      expect(answer).toMatchObject({ status: 400, error: "invalid_request" })
      created(yield* form(`h=entry&content=Twice&access_token=${token}`))
    })
  )
})
