import { HttpServerResponse } from "@effect/platform"
import { describe, expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { serve } from "../../../src/web/http/Pipeline.js"
import { publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { ask, settings, testServer } from "../../fixtures/TestServer.js"

const done = HttpServerResponse.empty({ status: 204 })

const guarded = [
  "/admin/delete/1",
  "/auth/login",
  "/auth/logout",
  "/dev/login",
  "/indieauth/consent",
  "/anything/else"
] as const
const programs = [
  "/micropub",
  "/micropub/media",
  "/indieauth/authorize",
  "/indieauth/token",
  "/indieauth/introspect",
  "/indieauth/revoke",
  "/indieauth/userinfo"
] as const

const policyAt = (path: string) =>
  ({
    ...publicPage,
    origin: programs.some((program) => program === path) ? "any" : "site"
  }) as const

const routes = Routes.use((routes) =>
  Effect.forEach([...guarded, ...programs], (path) => routes.add(policyAt(path), "*", path, done), { discard: true })
)

type Headers = Readonly<Record<string, string>>

/** What browsers and others send with a request, and whether it may change something at `https://me.example`. */
const senders: ReadonlyArray<readonly [who: string, headers: Headers, refusal: string | undefined]> = [
  ["the site's own form", { "sec-fetch-site": "same-origin", origin: "https://me.example" }, undefined],
  ["the site's own form under no-referrer", { "sec-fetch-site": "same-origin", origin: "null" }, undefined],
  ["the person, without a page", { "sec-fetch-site": "none" }, undefined],
  ["an older browser, from the site's own form", { origin: "https://me.example" }, undefined],
  ["a program", {}, undefined],
  ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, "cross_site"],
  ["another site that hides its origin", { "sec-fetch-site": "cross-site", origin: "null" }, "opaque"],
  ["another site without Origin", { "sec-fetch-site": "cross-site" }, "cross_site"],
  [
    "another site that claims to be this one",
    { "sec-fetch-site": "cross-site", origin: "https://me.example" },
    "cross_site"
  ],
  ["a sub-domain", { "sec-fetch-site": "same-site", origin: "https://blog.me.example" }, "same_site"],
  ["a sandboxed frame, a file, a data: page", { origin: "null" }, "opaque"],
  ["another site in an older browser", { origin: "https://evil.example" }, "other_origin"],
  ["a sub-domain in an older browser", { origin: "https://blog.me.example" }, "other_origin"],
  ["the site over http", { origin: "http://me.example" }, "other_origin"],
  ["the site on another port", { origin: "https://me.example:8443" }, "other_origin"],
  ["the site by number", { origin: "http://192.0.2.7:8000" }, "other_origin"],
  ["a name that begins alike", { origin: "https://me.example.evil.example" }, "other_origin"],
  ["an origin in capitals", { origin: "HTTPS://ME.EXAMPLE" }, "other_origin"],
  ["an origin with a path", { origin: "https://me.example/" }, "other_origin"],
  ["two origins", { origin: "https://me.example, https://evil.example" }, "other_origin"],
  ["no origin at all, though there is a header", { origin: "" }, "other_origin"],
  ["a value that no browser sends", { "sec-fetch-site": "Same-Origin" }, "cross_site"]
]

const sentence: Readonly<Record<string, string>> = {
  cross_site: "another site",
  same_site: "another host of this domain",
  opaque: "hides which site",
  other_origin: "a different address than this site's"
}

layer(testServer(serve(routes)), { excludeTestServices: true })(
  "the origin of a request that changes something",
  (it) => {
    it.effect.each(senders)("%s", ([_, headers, refusal]) =>
      Effect.gen(function* () {
        for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
          const answer = yield* ask("/admin/delete/1", { method, headers })
          expect(answer.status, method).toBe(refusal === undefined ? 204 : 403)
          if (refusal === undefined) continue
          const problem = JSON.parse(answer.body)
          expect(problem.code).toBe("auth.origin_foreign")
          expect(problem.title).toContain(sentence[refusal])
          expect(problem.detail).toContain("https://me.example")
        }
      })
    )

    const hostile = { "sec-fetch-site": "cross-site", origin: "https://evil.example" }

    it.effect("is required for every page that changes something, in any spelling of its address", () =>
      Effect.gen(function* () {
        for (const path of [...guarded, "/admin/delete/1/", "/%61dmin/delete/1", "/indieauth/consent?client_id=x"]) {
          expect((yield* ask(path, { method: "POST", headers: hostile })).status, path).toBe(403)
        }
        expect((yield* ask("/", { method: "POST", headers: hostile })).status).toBe(403)
      })
    )

    it.effect("is ignored for requests that only read", () =>
      Effect.gen(function* () {
        for (const method of ["GET", "HEAD", "OPTIONS"]) {
          expect((yield* ask("/admin/delete/1", { method, headers: hostile })).status, method).toBe(204)
        }
      })
    )

    it.effect("is not required for endpoints that accept no cookie", () =>
      Effect.gen(function* () {
        for (const path of programs) {
          expect((yield* ask(path, { method: "POST", headers: hostile })).status, path).toBe(204)
          expect((yield* ask(`${path}/`, { method: "POST", headers: hostile })).status, path).toBe(204)
          expect((yield* ask(`${path}/more`, { method: "POST", headers: hostile })).status, path).toBe(403)
        }
      })
    )

    it.effect("a browser gets a page with advice, without any input repeated", () =>
      Effect.gen(function* () {
        const page = yield* ask("/auth/login", { method: "POST", headers: { ...hostile, accept: "text/html" } })
        expect(page.headers.get("content-type")).toContain("text/html")
        expect(page.body.replace(/<[^>]*>/g, "")).toContain("Open https://me.example in the address bar")
        expect(page.body).not.toContain("evil")
      })
    )
  }
)

describe("on a site without https", () => {
  const insecure = { ...settings, siteUrl: "http://192.0.2.7:8000" }
  layer(testServer(serve(routes), { settings: insecure }), { excludeTestServices: true })((it) => {
    it.effect.each([
      ["http://192.0.2.7:8000", 204],
      ["http://192.0.2.7", 403],
      ["https://192.0.2.7:8000", 403],
      ["http://localhost:8000", 403]
    ] as const)("a form from %s is answered %i, whatever Host says", ([origin, status]) =>
      Effect.gen(function* () {
        const answer = yield* ask("/auth/login", { method: "POST", headers: { origin } })
        expect(answer.status).toBe(status)
      })
    )
  })
})
