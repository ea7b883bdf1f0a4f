import { createHash } from "node:crypto"
import { expect } from "@effect/vitest"
import { Effect, Layer, Redacted, Ref } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemoryPosts from "../../../layers/memory/Posts.js"
import * as MemorySafeHttp from "../../../layers/memory/SafeHttp.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as MemorySettings from "../../../layers/memory/Settings.js"
import * as SqlAccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as SqlAuthorizations from "../../../layers/sql/stores/Authorizations.js"
import * as SqlSessions from "../../../layers/sql/stores/SessionManager.js"
import { OutboundFailed, OutboundRefused } from "../../../src/errors/failure/Outbound.js"
import type { OutboundRequest } from "../../../src/services/SafeHttp.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import * as Assets from "../../../src/web/assets/Routes.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as IndieAuth from "../../../src/web/indieauth/Routes.js"
import * as Tokens from "../../../src/web/indieauth/tokens/Routes.js"
import { testDatabase } from "../../TestDatabase.js"
import { ask, settings as serverSettings, testServer } from "./TestServer.js"

/** A picture of one pixel. */
export const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64"
)

/** What servers of apps answer; everything else is not there. */
const servers: Readonly<
  Record<
    string,
    { readonly body: string | Buffer; readonly status?: number; readonly headers?: Record<string, string> }
  >
> = {
  "https://app.example/": {
    body: `<!doctype html><link rel="redirect_uri" href="https://elsewhere.example/callback">
      <link rel="redirect_uri" href="com.example.app:/signed-in"><link rel="redirect_uri" href="http://127.0.0.1/loop">
      <div class="h-app"><img class="u-logo" src="/logo.png"><a class="u-url p-name" href="/">Example App</a></div>`,
    headers: { link: '<https://header.example/back>; rel="redirect_uri"' }
  },
  "https://app.example/logo.png": { body: onePixel, headers: { "content-type": "text/plain" } },
  "https://json.example/id": {
    body: JSON.stringify({
      client_id: "https://json.example/id",
      client_name: "JSON <b>App</b>",
      client_uri: "https://json.example/",
      logo_uri: "https://json.example/logo.svg",
      redirect_uris: ["https://published.example/callback", 7, "javascript:alert(1)"]
    }),
    headers: { "content-type": "application/json" }
  },
  "https://json.example/logo.svg": { body: "<svg onload='alert(1)'/>", headers: { "content-type": "image/png" } },
  "https://liar.example/": {
    body: JSON.stringify({
      client_id: "https://app.example/",
      client_name: "Not the app",
      redirect_uris: ["https://liar-callback.example/"]
    }),
    headers: { "content-type": "application/json" }
  },
  "https://script.example/": {
    body: `<div class="h-x-app"><span class="p-name">&lt;script&gt;alert(1)&lt;/script&gt;\u202e</span></div>`
  },
  "https://good.example/open?to=https://evil.example/page": {
    status: 302,
    body: "",
    headers: {
      location: "https://evil.example/page",
      link: '<https://evil.example/cb>; rel="redirect_uri"'
    }
  },
  "https://evil.example/page": {
    body: `<link rel="redirect_uri" href="https://evil.example/cb"><div class="h-app"><span class="p-name">Good App</span></div>`
  },
  "https://moved.example/": { status: 301, body: "", headers: { location: "/app/" } },
  "https://moved.example/app/": {
    body: `<link rel="redirect_uri" href="com.moved:/cb"><div class="h-app"><span class="p-name">Moved App</span></div>`
  },
  "https://moved.example/json": { status: 302, body: "", headers: { location: "/document" } },
  "https://moved.example/document": {
    body: JSON.stringify({ client_id: "https://moved.example/json", redirect_uris: ["com.moved:/cb"] }),
    headers: { "content-type": "application/json" }
  },
  "https://long.example/": {
    body: `<link rel="redirect_uri" href="com.long:/cb"><div class="h-app"><span class="p-name">Long App</span></div>${"<p>x</p>".repeat(80_000)}`
  },
  "https://other.example/": { body: "<h1>Nothing about an app</h1>" }
}

const asked = Ref.unsafeMake<ReadonlyArray<string>>([])

/** The addresses that the server has asked so far. */
export const askedAddresses = Ref.get(asked)

const answer = (request: OutboundRequest) =>
  Effect.gen(function* () {
    yield* Ref.update(asked, (addresses) => [...addresses, request.url])
    const host = new URL(request.url).hostname
    if (host.startsWith("intranet")) return yield* new OutboundRefused({ host, reason: "address" })
    const found = servers[request.url]
    if (found === undefined) return yield* new OutboundFailed({ host, reason: "connection" })
    const whole = Buffer.from(found.body)
    const maxBytes = request.maxBytes ?? 1_048_576
    if (whole.length > maxBytes && request.mayCut !== true)
      return yield* new OutboundFailed({ host, reason: "too_large" })
    const body = whole.subarray(0, maxBytes)
    return {
      url: request.url,
      status: found.status ?? 200,
      headers: { "content-type": "text/html", ...found.headers },
      body: new Uint8Array(body),
      text: body.toString()
    }
  })

/** A real server with the IndieAuth endpoints, the tokens page and the blog over a real database; apps are made up. */
export const site = (settings = { ...serverSettings, rateLimitEnabled: false }) =>
  testServer(serve(Layer.mergeAll(IndieAuth.routes, Tokens.routes, Blog.routes, Assets.routes)), { settings }).pipe(
    Layer.provideMerge(Layer.mergeAll(SqlAuthorizations.layer, SqlAccessTokens.layer, SqlSessions.layer)),
    Layer.provide(
      Layer.mergeAll(
        testDatabase("thread"),
        MemorySafeHttp.layerOf(answer),
        MemorySettings.layerTest(),
        MemoryPosts.layer.pipe(Layer.provide(MemorySecureRandom.layer))
      )
    ),
    Layer.provide(Layer.merge(MemorySecureRandom.layerSeeded(7), MemoryLogger.layerSilent))
  )

export const clientId = "https://app.example/"
export const redirectUri = "https://app.example/callback"
export const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
export const challenge = createHash("sha256").update(verifier).digest("base64url")

/** A cookie of the owner's, from a new session. */
export const ownerCookie = Effect.gen(function* () {
  const sessions = yield* SessionManager
  const token = yield* sessions.create({ owner: "https://me.example/", proved: true })
  return { cookie: `__Host-starpunk_session=${Redacted.value(token)}` }
})

/** The parameters of a request in which everything is right, with changes; `undefined` takes one out. */
export const parameters = (changes: Readonly<Record<string, string | undefined>> = {}): string =>
  Object.entries({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state: "st+a te/&%",
    code_challenge: challenge,
    code_challenge_method: "S256",
    scope: "create update profile",
    ...changes
  })
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")

export type Headers = Readonly<Record<string, string>>

/** Opens the authorization endpoint as the owner's browser does. */
export const authorize = (query: string, headers: Headers) =>
  ask(`/indieauth/authorize?${query}`, { headers: { accept: "text/html", ...headers } })

/** The pending request that a consent page names. */
export const requestIn = (page: string): string => /name="request" value="([^"]+)"/.exec(page)?.[1] ?? ""

/** Posts a form. */
export const post = (path: string, body: Readonly<Record<string, string>> | string, headers: Headers = {}) =>
  ask(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: typeof body === "string" ? body : new URLSearchParams(body).toString()
  })

/** Decides as the owner about a page that was opened. */
export const decide = (page: string, form: string, headers: Headers) =>
  post("/indieauth/consent", `request=${requestIn(page)}&${form}`, { accept: "text/html", ...headers })

/** Where an answer leads, and with which parameters. */
export const led = (answer: {
  readonly status: number
  readonly headers: globalThis.Headers
  readonly body: string
}) => {
  expect(answer.status, answer.body).toBe(303)
  const url = new URL(answer.headers.get("location") ?? "")
  return { address: `${url.protocol}//${url.host}${url.pathname}`, query: Object.fromEntries(url.searchParams) }
}

/** Signs in to an app with these scopes allowed, as far as to the code. */
export const codeFor = (changes: Readonly<Record<string, string | undefined>> = {}, form?: string) =>
  Effect.gen(function* () {
    const headers = yield* ownerCookie
    const page = yield* authorize(parameters(changes), headers)
    expect(page.status, page.body).toBe(200)
    const scopes = [...page.body.matchAll(/name="scope" value="(\w+)"/g)].map(([, scope]) => `&scope=${scope}`).join("")
    const { query } = led(yield* decide(page.body, form ?? `decision=allow${scopes}`, headers))
    return query.code ?? ""
  })

/** What redeems a code. */
export const redemption = (code: string, changes: Readonly<Record<string, string | undefined>> = {}) => {
  const fields = Object.entries({
    grant_type: "authorization_code",
    code,
    client_id: clientId,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...changes
  })
  return Object.fromEntries(fields.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

/** The refusal of a program's request. */
export const refusal = (answer: {
  readonly status: number
  readonly headers: globalThis.Headers
  readonly body: string
}) => {
  expect(answer.headers.get("content-type"), answer.body).toBe("application/json")
  expect(answer.headers.get("cache-control")).toBe("no-store")
  const { code, error, error_description } = JSON.parse(answer.body)
  return { status: answer.status, error, code, description: String(error_description) }
}
