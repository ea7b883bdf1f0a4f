import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { clientSite } from "../../fixtures/ClientSite.js"
import {
  type Answer,
  formType,
  jsonType,
  pathOf,
  shown,
  siteUrl,
  tokenFor,
  visit
} from "../../fixtures/MicropubSite.js"
import * as Samples from "../../fixtures/Samples.js"
import { ask } from "../../fixtures/TestServer.js"

const folder = new URL("../../clients/", import.meta.url)

const Field = Schema.Tuple(Schema.String, Schema.Union(Schema.String, Schema.Struct({ file: Schema.String })))

/**
 * One request as a program sends it, and what has to come of it. `$token`, `$url` (of the last post), `$encodedUrl`, `$file`
 * (the last upload) and `$site` are filled in.
 */
const Step = Schema.Struct({
  does: Schema.String,
  /** `micropub` when absent. */
  to: Schema.optional(Schema.Literal("micropub", "media")),
  /** Where the token is; in the header when absent. `both` and `body` have it among the fields as well. */
  token: Schema.optional(Schema.Literal("header", "body", "both")),
  /** Fields that are sent escaped, a body that is sent as it stands, a form with files, JSON, or a query. */
  form: Schema.optional(Schema.Array(Schema.Tuple(Schema.String, Schema.String))),
  raw: Schema.optional(Schema.String),
  multipart: Schema.optional(Schema.Array(Field)),
  json: Schema.optional(Schema.Unknown),
  query: Schema.optional(Schema.String),
  /** 201 for what creates, 200 for queries, when absent. */
  status: Schema.optional(Schema.Number),
  /** What the answer's JSON has to hold. */
  answers: Schema.optional(Schema.Unknown),
  /** The path of the post that was made. */
  address: Schema.optional(Schema.String),
  /** What its page, the home page and every feed have to show, and must not show. */
  shows: Schema.optional(Schema.Array(Schema.String)),
  hides: Schema.optional(Schema.Array(Schema.String)),
  /** What its page has to mark up. */
  marks: Schema.optional(Schema.Unknown),
  /** By what search has to find it. */
  word: Schema.optional(Schema.String),
  /** Visitors must not see it, or not any more. */
  hidden: Schema.optional(Schema.Boolean),
  gone: Schema.optional(Schema.Boolean)
})
type Step = typeof Step.Type

const Recorded = Schema.parseJson(
  Schema.Struct({
    client: Schema.String,
    /** How we know. */
    seen: Schema.String,
    steps: Schema.Array(Step)
  })
)

const recordings = readdirSync(folder)
  .filter((name) => name.endsWith(".posts.json"))
  .map((name) => Schema.decodeSync(Recorded)(readFileSync(new URL(name, folder), "utf8")))

const files: Readonly<Record<string, () => Promise<File>>> = {
  photo: async () => new File([new Uint8Array(await Samples.photo(400, 300, 1))], "photo.jpg", { type: "image/jpeg" }),
  picture: async () => new File([new Uint8Array(await Samples.png(200, 100))], "picture.png", { type: "image/png" }),
  film: async () => new File([new Uint8Array(Samples.film())], "film.mov", { type: "video/mov" })
}

/** What is filled in. */
interface Known {
  readonly token: string
  url: string
  file: string
}

const fill = (text: string, { file, token, url }: Known) =>
  text
    .replaceAll("$token", token)
    .replaceAll("$encodedUrl", encodeURIComponent(url))
    .replaceAll("$url", url)
    .replaceAll("$file", file)
    .replaceAll("$site", siteUrl)

const filled = (value: unknown, known: Known): unknown => JSON.parse(fill(JSON.stringify(value), known))

const bodyOf = async ({ form, json, multipart, raw }: Step, known: Known): Promise<RequestInit> => {
  if (json !== undefined) return { body: JSON.stringify(filled(json, known)), headers: { "content-type": jsonType } }
  if (multipart !== undefined) {
    const body = new FormData()
    for (const [name, value] of multipart) {
      const file = typeof value === "string" ? undefined : await files[value.file]?.()
      body.append(name, file ?? fill(String(value), known))
    }
    return { body }
  }
  const fields = (form ?? []).map((pair) => pair.map((part) => encodeURIComponent(fill(part, known))).join("="))
  return { body: raw === undefined ? fields.join("&") : fill(raw, known), headers: { "content-type": formType } }
}

const send = (step: Step, known: Known): Effect.Effect<Answer, never, Effect.Effect.Context<ReturnType<typeof ask>>> =>
  Effect.gen(function* () {
    const path = step.to === "media" ? "/micropub/media" : "/micropub"
    const bearer: Record<string, string> = step.token === "body" ? {} : { authorization: `Bearer ${known.token}` }
    if (step.query !== undefined) return yield* ask(`${path}?${fill(step.query, known)}`, { headers: bearer })
    const { body, headers } = yield* Effect.promise(() => bodyOf(step, known))
    return yield* ask(path, { method: "POST", ...(body && { body }), headers: { ...bearer, ...(headers as object) } })
  })

const decoded = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")

/** The part of a list or feed that is about one post: what stands between its address and the next post. */
const partAbout = (document: string, url: string, separator: RegExp) =>
  document.split(separator).find((part) => part.includes(url)) ?? ""

/** All that readers see of a post, by where they see it. */
const readersSee = (url: string) =>
  Effect.gen(function* () {
    const [item] = JSON.parse((yield* ask("/feed.json")).body).items.filter((each: { url: string }) => each.url === url)
    return {
      page: decoded((yield* visit(url)).body),
      home: decoded(partAbout((yield* ask("/")).body, url, /<article/)),
      json: decoded(`${item?.title ?? ""} ${item?.content_html ?? ""} ${item?.tags ?? ""}`),
      rss: decoded(decoded(partAbout((yield* ask("/feed.rss")).body, url, /<item>/))),
      atom: decoded(decoded(partAbout((yield* ask("/feed.atom")).body, url, /<entry>/)))
    }
  })

const found = (word: string) =>
  Effect.map(ask(`/api/search?q=${encodeURIComponent(word)}`), ({ body }) =>
    JSON.parse(body).results.map(({ url }: { readonly url: string }) => url)
  )

const check = (step: Step, known: Known) =>
  Effect.gen(function* () {
    const seen = yield* readersSee(known.url)
    for (const [place, text] of Object.entries(seen)) {
      for (const words of step.shows ?? []) expect.soft(text, `${step.does}: ${words} in ${place}`).toContain(words)
      for (const words of step.hides ?? []) expect.soft(text, `${step.does}: ${words} in ${place}`).not.toContain(words)
    }
    const { properties } = yield* shown(known.url)
    if (step.marks !== undefined) expect.soft(properties, step.does).toMatchObject(step.marks as object)
    if (step.word !== undefined) expect.soft(yield* found(step.word), step.does).toContain(known.url)
  })

const play = (step: Step, known: Known) =>
  Effect.gen(function* () {
    const answer = yield* send(step, known)
    expect(answer.status, `${step.does}: ${answer.body}`).toBe(step.status ?? (step.query === undefined ? 201 : 200))
    const location = answer.headers.get("location")
    if (location !== null && step.to === "media") known.file = location
    else if (location !== null) known.url = location
    if (step.answers !== undefined) {
      expect(JSON.parse(answer.body), step.does).toMatchObject(filled(step.answers, known) as object)
    }
    if (step.address !== undefined) expect(pathOf(known.url)).toBe(step.address)
    if (step.shows !== undefined) yield* check(step, known)
    if (step.hidden || step.gone) {
      expect((yield* visit(known.url)).status, step.does).toBe(step.gone ? 410 : 404)
      expect((yield* ask("/feed.json")).body, step.does).not.toContain(`"${known.url}"`)
    }
  })

describe("clients that post, edit and upload", () => {
  it.scopedLive.each(recordings)("$client", ({ steps }) =>
    Effect.gen(function* () {
      const token = yield* tokenFor("create", "update", "delete", "undelete", "media")
      const known: Known = { token, url: "", file: "" }
      for (const step of steps) yield* play(step, known)
    }).pipe(Effect.provide(clientSite))
  )
})
