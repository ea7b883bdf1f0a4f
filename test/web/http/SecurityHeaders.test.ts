import { HttpServerResponse } from "@effect/platform"
import { describe, expect, it, layer } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import * as MemoryHealth from "../../../layers/memory/HealthChecker.js"
import * as Testing from "../../../layers/Testing.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import * as ActivityRoutes from "../../../src/web/activity/Routes.js"
import * as Assets from "../../../src/web/assets/Routes.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import * as ErrorPages from "../../../src/web/errors/Pages.js"
import * as Feeds from "../../../src/web/feeds/Routes.js"
import * as Health from "../../../src/web/health/Routes.js"
import { conditional } from "../../../src/web/http/Conditional.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { mediaFile, publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { securityHeaders } from "../../../src/web/http/SecurityHeaders.js"
import * as SessionRoutes from "../../../src/web/login/sessions/Routes.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import { ownerPolicy } from "../../../src/web/theme/ContentSecurityPolicy.js"
import { defaultLook } from "../../../src/web/theme/Look.js"
import { lookStylesheet } from "../../../src/web/theme/Stylesheet.js"
import { living } from "../../fixtures/LivingServer.js"
import * as MediaShelf from "../../fixtures/MediaShelf.js"
import { post } from "../../fixtures/SamplePost.js"
import { store } from "../../fixtures/Sqlite.js"
import { ask } from "../../fixtures/TestServer.js"

/** Files as the media store serves them, with a policy of their own; and a bug. */
const more = Layer.merge(
  Routes.one(
    mediaFile,
    "GET",
    "/media/photo.webp",
    conditional(
      HttpServerResponse.uint8Array(new Uint8Array(4), {
        contentType: "image/webp",
        headers: { "content-security-policy": "default-src 'none'; sandbox" }
      })
    )
  ),
  Routes.one(publicPage, "GET", "/broken", Effect.die(new Error("a bug")))
)

const routes = Layer.mergeAll(
  Blog.routes,
  Feeds.routes,
  Micropub.routes,
  Health.routes,
  ErrorPages.routes,
  Assets.routes,
  ActivityRoutes.routes,
  SessionRoutes.routes,
  more
)

const site = (siteUrl: string) =>
  Layer.tap(
    Testing.site(serve(routes).pipe(Layer.provideMerge(Layer.merge(MediaShelf.layer, MemoryHealth.layer))), {
      settings: { siteUrl }
    }),
    (context) => Effect.provide(store([post(), post({ id: 2, deletedAt: 1 })]), context)
  )

/** What differs from answer to answer, or belongs to the connection. */
const volatile = ["date", "etag", "link", "x-request-id", "content-length", "last-modified"]
const connection = ["connection", "keep-alive", "transfer-encoding"]

type HeaderSet = Readonly<Record<string, string>>

const headerSet = (headers: Headers): HeaderSet =>
  Object.fromEntries(
    [...headers.entries()]
      .filter(([name]) => !connection.includes(name))
      .map(([name, value]) => [name, volatile.includes(name) ? "…" : value])
  )

const pagePolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' https: data:; media-src 'self' https:; script-src 'none'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
const ownersPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' https: data: blob:; media-src 'self' https: blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

/** What the Node server, or the pipeline, says on every answer. */
const always = { date: "…", "x-request-id": "…" }

const secure = {
  "content-security-policy": pagePolicy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "strict-origin-when-cross-origin",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY"
}

const page = { ...always, ...secure }
const embeddable = { ...page, "cross-origin-resource-policy": "cross-origin" }
const personal = {
  ...page,
  "cache-control": "no-store",
  "content-security-policy": ownersPolicy,
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex"
}

const sized = { "content-length": "…" }
const validated = { etag: "…", "cache-control": "public, no-cache", vary: "accept-encoding" }
const briefly = { etag: "…", "cache-control": "public, max-age=300", vary: "accept-encoding" }
const htmlType = { ...sized, "content-type": "text/html; charset=utf-8" }
const problemType = {
  ...sized,
  "content-type": "application/problem+json",
  "cache-control": "no-store",
  vary: "accept"
}
const oauthType = { ...sized, "content-type": "application/json", "cache-control": "no-store", vary: "accept" }
const cors = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Location, Link, WWW-Authenticate, Retry-After, X-Request-ID"
}

const browser = { accept: "text/html" }

/** Who asks: nobody in particular, the owner in a browser, or the owner's client. */
type Who = "visitor" | "owner" | "client"

interface Row {
  readonly name: string
  readonly path: string
  readonly who?: Who
  readonly init?: RequestInit
  readonly status: number
  readonly headers: HeaderSet
}

const rows: ReadonlyArray<Row> = [
  { name: "a page", path: "/notes/post-1", status: 200, headers: { ...page, ...htmlType, ...validated } },
  {
    name: "a list",
    path: "/",
    status: 200,
    headers: {
      ...page,
      ...htmlType,
      ...validated,
      link: "…",
      "last-modified": "…",
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "Link"
    }
  },
  {
    name: "a page that the browser has",
    path: "/notes/post-1",
    init: { headers: { "if-none-match": "*" } },
    status: 304,
    headers: { ...page, ...validated }
  },
  {
    name: "a feed",
    path: "/feed.atom",
    status: 200,
    headers: {
      ...embeddable,
      ...sized,
      ...briefly,
      "last-modified": "…",
      "content-type": "application/atom+xml; charset=utf-8"
    }
  },
  {
    name: "a tag's feed that the reader has",
    path: "/tag/x/feed.json",
    init: { headers: { "if-none-match": "*" } },
    status: 304,
    headers: { ...embeddable, ...briefly, "last-modified": "…" }
  },
  {
    name: "a redirect",
    path: "/note/post-1",
    status: 301,
    headers: { ...page, location: "/notes/post-1" }
  },
  {
    name: "a page that is not there",
    path: "/notes/none",
    init: { headers: browser },
    status: 404,
    headers: { ...page, ...htmlType, "cache-control": "no-store", vary: "accept" }
  },
  { name: "a problem", path: "/notes/none", status: 404, headers: { ...page, ...problemType } },
  { name: "a deleted post", path: "/notes/post-2", status: 410, headers: { ...page, ...problemType } },
  {
    name: "a wrong method",
    path: "/notes/post-1",
    init: { method: "DELETE" },
    status: 405,
    headers: { ...page, ...problemType, allow: "GET, HEAD" }
  },
  { name: "a broken address", path: "/notes/%zz", status: 400, headers: { ...page, ...problemType } },
  { name: "a bug", path: "/broken", status: 500, headers: { ...page, ...problemType } },
  {
    name: "health",
    path: "/health/live",
    status: 200,
    headers: {
      ...page,
      ...sized,
      "content-type": "application/json",
      "cache-control": "no-store",
      vary: "accept, authorization"
    }
  },
  {
    name: "the stylesheet",
    path: lookStylesheet(defaultLook).path,
    status: 200,
    headers: {
      ...page,
      ...sized,
      "content-type": "text/css; charset=utf-8",
      vary: "accept-encoding",
      "cache-control": "public, max-age=31536000, immutable"
    }
  },
  {
    name: "a picture",
    path: "/media/photo.webp",
    status: 200,
    headers: {
      ...embeddable,
      ...sized,
      etag: "…",
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox"
    }
  },
  {
    name: "a picture that the browser has keeps its own policy",
    path: "/media/photo.webp",
    init: { headers: { "if-none-match": "*" } },
    status: 304,
    headers: {
      ...embeddable,
      etag: "…",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox"
    }
  },
  {
    name: "an owner's page",
    path: "/admin/sessions",
    who: "owner",
    status: 200,
    headers: { ...personal, ...htmlType }
  },
  {
    name: "an owner's page for nobody",
    path: "/admin/sessions",
    init: { headers: browser },
    status: 303,
    headers: { ...personal, vary: "accept", location: "/auth/login?next=%2Fadmin%2Fsessions" }
  },
  {
    name: "an owner's page for a program",
    path: "/admin/sessions",
    status: 401,
    headers: { ...personal, ...problemType, "www-authenticate": 'Cookie form-action="/auth/login"' }
  },
  {
    name: "a forged form",
    path: "/admin/sessions/end-all",
    who: "owner",
    init: { method: "POST", headers: { "sec-fetch-site": "cross-site", ...browser } },
    status: 403,
    headers: { ...personal, ...htmlType, vary: "accept" }
  },
  {
    name: "an owner's page that is not there",
    path: "/admin/none",
    status: 404,
    headers: { ...personal, ...problemType }
  },
  {
    name: "a client's query",
    path: "/micropub?q=syndicate-to",
    who: "client",
    status: 200,
    headers: { ...personal, ...cors, ...sized, "content-type": "application/json" }
  },
  {
    name: "a client's query without a token",
    path: "/micropub?q=config",
    status: 401,
    headers: { ...personal, ...cors, ...oauthType, "www-authenticate": "Bearer" }
  },
  {
    name: "a preflight",
    path: "/micropub",
    init: { method: "OPTIONS" },
    status: 204,
    headers: {
      ...personal,
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "Authorization, Content-Type, Accept, X-Request-ID",
      "access-control-max-age": "86400"
    }
  }
]

const credentials = Effect.gen(function* () {
  const sessions = yield* SessionManager
  const tokens = yield* AccessTokens
  const session = Redacted.value(yield* sessions.create({ owner: "https://me.example/", proved: true }))
  const { token } = yield* tokens.create({ label: "x", me: "https://me.example/", scopes: ["create"] })
  return {
    visitor: {},
    owner: { cookie: `starpunk_session=${session}` },
    client: { authorization: `Bearer ${Redacted.value(token)}` }
  } satisfies Record<Who, Record<string, string>>
})

const askAs = ({ init, path, who = "visitor" }: Row) =>
  Effect.flatMap(credentials, (credentials) =>
    ask(path, { ...init, headers: { ...credentials[who], ...(init?.headers as Record<string, string> | undefined) } })
  )

layer(site("https://me.example"), { excludeTestServices: true })("the headers of a site on https", (it) => {
  it.effect.each(rows)("$name: $status", (row) =>
    Effect.gen(function* () {
      const answer = yield* askAs(row)
      expect(answer.status).toBe(row.status)
      expect(headerSet(answer.headers)).toEqual(row.headers)
    })
  )

  it.effect("HEAD has the headers of GET", () =>
    Effect.gen(function* () {
      for (const row of rows.filter(({ init, status }) => init === undefined && status === 200)) {
        const answer = yield* askAs({ ...row, init: { method: "HEAD" } })
        expect(headerSet(answer.headers), row.name).toEqual(row.headers)
      }
    })
  )

  it.effect("pages without an owner's address are personal in any spelling", () =>
    Effect.gen(function* () {
      const answer = yield* ask("/%61dmin/sessions", { headers: browser })
      expect(headerSet(answer.headers)).toMatchObject({ "cache-control": "no-store", "referrer-policy": "same-origin" })
    })
  )
})

layer(site("http://192.0.2.7:8000"), { excludeTestServices: true })("the headers of a site without https", (it) => {
  /** No HSTS and no COOP, which mean nothing there, and pictures from sites that have no https either. */
  const withoutHttps = (headers: HeaderSet): HeaderSet => {
    const { "cross-origin-opener-policy": _, "strict-transport-security": __, ...others } = headers
    return { ...others, ...{ "content-security-policy": insecure(others["content-security-policy"] ?? "") } }
  }
  const insecure = (policy: string): string => policy.replaceAll(" https:", " https: http:")

  it.effect.each(rows.filter(({ who }) => who !== "owner"))("$name: $status", (row) =>
    Effect.gen(function* () {
      const answer = yield* askAs(row)
      expect(answer.status).toBe(row.status)
      expect(headerSet(answer.headers)).toEqual(withoutHttps(row.headers))
    })
  )
})

describe("an invalid request", () => {
  it.scopedLive.each([
    ["no HTTP at all", "hello there\r\n\r\n", 400],
    ["two hosts", "GET / HTTP/1.1\r\nHost: me.example\r\nHost: me.example\r\n\r\n", 400],
    ["too many headers", `GET / HTTP/1.1\r\nHost: me.example\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431]
  ] as const)("%s is refused with the headers of a page", ([_, request, status]) =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.send(request)
      const answer = yield* Effect.promise(() => wire.until(/\}$/))
      const [start = "", ...fields] = answer.slice(0, answer.indexOf("\r\n\r\n")).split("\r\n")
      expect(start).toContain(` ${status} `)
      const headers = new Headers(
        fields.map((field) => [field.slice(0, field.indexOf(":")), field.slice(field.indexOf(":") + 1)])
      )
      expect(headers.get("connection")).toBe("close")
      const { vary: _vary, ...expected } = { ...page, ...problemType }
      expect(headerSet(headers)).toEqual(expected)
    })
  )
})

describe("S14: HSTS", () => {
  const hsts = (options: Parameters<typeof securityHeaders>[0]) =>
    new Headers(securityHeaders(options)(publicPage).map(([name, value]) => [name, value])).get(
      "strict-transport-security"
    )

  it("includes subdomains only if the settings say that all of them have https", () => {
    expect(hsts({ siteUrl: "https://me.example", hstsSubdomains: false })).toBe("max-age=31536000")
    expect(hsts({ siteUrl: "https://me.example", hstsSubdomains: true })).toBe("max-age=31536000; includeSubDomains")
    expect(hsts({ siteUrl: "http://me.example", hstsSubdomains: true })).toBeNull()
  })

  it.scopedLive("does so for invalid requests as well", () =>
    Effect.gen(function* () {
      const server = yield* living({ hstsSubdomains: true })
      for (const request of [
        "hello there\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: me.example\r\nConnection: close\r\n\r\n"
      ]) {
        const wire = yield* server.connect
        wire.send(request)
        const answer = yield* Effect.promise(() => wire.until(/\r\n\r\n/))
        expect(answer.toLowerCase()).toContain("strict-transport-security: max-age=31536000; includesubdomains\r\n")
      }
    })
  )
})

describe("the owner's policy", () => {
  it("lets a form redirect only where its page allows it; no page has unsafe-inline", () => {
    const policy = ownerPolicy({ formTargets: ["https://app.example", "app.example:"] })
    expect(policy).toContain("form-action 'self' https://app.example app.example:;")
    expect(ownerPolicy()).toBe(ownersPolicy)
    expect(`${policy}${pagePolicy}`).not.toMatch(/unsafe|\*/)
  })
})
