import { expect } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { mf2 } from "microformats-parser"
import * as MemoryBearerTokens from "../../../layers/memory/BearerTokens.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlAccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as SqlPosts from "../../../layers/sql/stores/Posts.js"
import * as SqliteSearch from "../../../layers/sqlite/search/SearchEngine.js"
import { SearchUpkeep } from "../../../layers/sqlite/search/SearchUpkeep.js"
import type { NewAccessToken } from "../../../src/domain/indieauth/AccessToken.js"
import type { Scope } from "../../../src/domain/indieauth/Scope.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import * as Feeds from "../../../src/web/feeds/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import * as Search from "../../../src/web/search/Routes.js"
import { testDatabase } from "../../TestDatabase.js"
import * as MediaShelf from "./MediaShelf.js"
import { ask, settings, testServer } from "./TestServer.js"

const search = Layer.effectDiscard(Effect.flatMap(SearchUpkeep, ({ start }) => start)).pipe(
  Layer.provideMerge(SqliteSearch.layer)
)

/** The blog, its feeds, its search and its Micropub endpoint on a real server over a real database. */
export const micropubSite = (pool: "thread" | "worker" = "thread", overrides: Partial<SettingsValues> = {}) =>
  testServer(serve(Layer.mergeAll(Blog.routes, Feeds.routes, Search.routes, Micropub.routes)), {
    settings: { ...settings, ...overrides }
  }).pipe(
    Layer.provide(MemoryBearerTokens.layer),
    Layer.provideMerge(Layer.mergeAll(SqlPosts.layer, SqlAccessTokens.layer, MediaShelf.layer)),
    Layer.provideMerge(search),
    // Patient, so that a busy machine does not make what is promised look broken.
    Layer.provideMerge(testDatabase(pool, { acquireTimeout: "30 seconds" })),
    Layer.provide(MemorySecureRandom.layer),
    Layer.provide(Layer.merge(MemoryLogger.layerSilent, Layer.succeed(Settings, { ...settings, ...overrides })))
  )

/** The site's address, as it says of itself. */
export const siteUrl = settings.siteUrl

/** Where on the test server an absolute address of the site is. */
export const pathOf = (url: string) => {
  expect(url.startsWith(`${siteUrl}/`), url).toBe(true)
  return url.slice(siteUrl.length)
}

/** Makes a token for these scopes. */
export const tokenFor = (...scopes: NewAccessToken["scopes"]) =>
  Effect.gen(function* () {
    const tokens = yield* AccessTokens
    const { token } = yield* tokens.create({ label: "test", me: `${siteUrl}/`, scopes })
    return Redacted.value(token)
  })

const everything: ReadonlyArray<Scope> = ["create", "update", "delete", "undelete", "media"]

export const formType = "application/x-www-form-urlencoded"
export const jsonType = "application/json"

/** A client that does all that Micropub has, sending as micropub.rocks does. */
export const client = (scopes: ReadonlyArray<Scope> = everything) =>
  Effect.map(tokenFor(...scopes), (token) => {
    const headers = { authorization: `Bearer ${token}`, accept: jsonType }
    const form = (body: string) =>
      ask("/micropub", { method: "POST", headers: { ...headers, "content-type": formType }, body })
    const json = (body: unknown) =>
      ask("/micropub", {
        method: "POST",
        headers: { ...headers, "content-type": jsonType },
        body: typeof body === "string" ? body : JSON.stringify(body)
      })
    const multipart = (body: FormData) => ask("/micropub", { method: "POST", headers, body })
    const query = (parameters: string) => ask(`/micropub?${parameters}`, { headers })
    return {
      token,
      form,
      json,
      multipart,
      query,
      /** Creates an entry and answers its address. */
      create: (properties: unknown, type = "h-entry") => Effect.map(json({ type: [type], properties }), created),
      /** What the client is told of a post. */
      source: (url: string, more = "") =>
        Effect.map(query(`q=source&url=${encodeURIComponent(url)}${more}`), ({ body, status }) => {
          expect(status, body).toBe(200)
          return JSON.parse(body)
        })
    }
  })

export type Answer = Effect.Effect.Success<ReturnType<typeof ask>>

/** The address of what was created. */
export const created = (answer: Answer): string => {
  expect([201, 202], answer.body).toContain(answer.status)
  const location = answer.headers.get("location") ?? ""
  expect(location).toMatch(/^https:\/\/me\.example\/notes\/[a-z0-9-]+$/)
  return location
}

/** Why a request was refused; every refusal is a JSON object with a sentence in it (Micropub §3.8). */
export const refusal = (answer: Answer) => {
  expect(answer.headers.get("content-type"), answer.body).toBe(jsonType)
  const body = JSON.parse(answer.body)
  expect(body.error_description.length).toBeGreaterThan(20)
  return {
    status: answer.status,
    error: body.error,
    code: String(body.code),
    description: String(body.error_description)
  }
}

/** What visitors get at a post's address. */
export const visit = (url: string) => ask(pathOf(url))

/** The one entry, or event, that a post's page marks up. */
export const shown = (url: string) =>
  Effect.map(visit(url), ({ body, status }) => {
    expect(status, body).toBe(200)
    const posts = mf2(body, { baseUrl: url }).items.filter(({ type }) =>
      type?.some((name) => /^h-(entry|event)$/.test(name))
    )
    expect(posts).toHaveLength(1)
    return { type: posts[0]?.type, html: body, properties: posts[0]?.properties ?? {} }
  })

/** Every address under which a public post with the tag `tag` and the word `word` can be found, its own aside. */
const places = (word: string, tag: string): ReadonlyArray<string> => [
  ...["/", "/feed.rss", "/feed.atom", "/feed.json", "/feed"],
  ...[`/tag/${tag}`, `/tag/${tag}/feed.rss`, `/tag/${tag}/feed.atom`, `/tag/${tag}/feed.json`],
  ...[`/search?q=${word}`, `/api/search?q=${word}`, `/api/search?q=tag:${tag}`]
]

/** Where the post at `url` is found by its address: of none, of some, or of all places. Expects `word` to be in nothing else. */
export const whereFound = (url: string, word: string, tag: string) =>
  Effect.gen(function* () {
    const all = places(word, tag)
    const found = yield* Effect.filter(all, (path) => Effect.map(ask(path), ({ body }) => body.includes(pathOf(url))))
    const permalink = (yield* visit(url)).status
    return { permalink, listed: found.length === all.length ? "everywhere" : found.length === 0 ? "nowhere" : found }
  })
