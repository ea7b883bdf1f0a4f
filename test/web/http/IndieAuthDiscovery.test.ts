import { describe, expect, layer } from "@effect/vitest"
import { Effect, Option } from "effect"
import { codeFor, post, redemption, site } from "../../fixtures/IndieAuthSite.js"
import { ask, settings } from "../../fixtures/TestServer.js"

const links = (html: string) =>
  Object.fromEntries([...html.matchAll(/<link rel="([\w-]+)" href="([^"]+)"/g)].map(([, rel, href]) => [rel, href]))

describe("IndieAuth discovery", () => {
  layer(site(), { excludeTestServices: true })((it) => {
    it.effect("rel=indieauth-metadata, authorization_endpoint and token_endpoint by Link header and by <link>", () =>
      Effect.gen(function* () {
        const home = yield* ask("/")
        const expected = {
          "indieauth-metadata": "https://me.example/.well-known/oauth-authorization-server",
          authorization_endpoint: "https://me.example/indieauth/authorize",
          token_endpoint: "https://me.example/indieauth/token",
          micropub: "https://me.example/micropub"
        }
        expect(links(home.body)).toMatchObject(expected)
        for (const [rel, href] of Object.entries(expected)) {
          expect(home.headers.get("link")).toContain(`<${href}>; rel="${rel}"`)
        }
      })
    )

    it.effect(
      "metadata: issuer, authorization_endpoint, token_endpoint, introspection_endpoint, S256, at .well-known",
      () =>
        Effect.gen(function* () {
          const answer = yield* ask("/.well-known/oauth-authorization-server")
          expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"])
          expect(JSON.parse(answer.body)).toEqual({
            issuer: "https://me.example/",
            authorization_endpoint: "https://me.example/indieauth/authorize",
            token_endpoint: "https://me.example/indieauth/token",
            token_endpoint_auth_methods_supported: ["none"],
            introspection_endpoint: "https://me.example/indieauth/introspect",
            introspection_endpoint_auth_methods_supported: ["Bearer"],
            revocation_endpoint: "https://me.example/indieauth/revoke",
            revocation_endpoint_auth_methods_supported: ["none"],
            userinfo_endpoint: "https://me.example/indieauth/userinfo",
            scopes_supported: ["create", "draft", "update", "delete", "undelete", "media", "profile", "email"],
            response_types_supported: ["code"],
            response_modes_supported: ["query"],
            grant_types_supported: ["authorization_code", "refresh_token"],
            code_challenge_methods_supported: ["S256"],
            authorization_response_iss_parameter_supported: true
          })
        })
    )

    it.effect("issuer: https, no query or fragment, a prefix of the metadata URL", () =>
      Effect.gen(function* () {
        const address = "https://me.example/.well-known/oauth-authorization-server"
        const { issuer } = JSON.parse((yield* ask(new URL(address).pathname)).body)
        expect(issuer).toMatch(/^https:\/\/[^?#]+$/)
        expect(address.startsWith(issuer)).toBe(true)
      })
    )

    it.effect("CORS allows the endpoints for programs from any origin, but not the owner's pages", () =>
      Effect.gen(function* () {
        const headers = { origin: "https://app.example", "access-control-request-method": "POST" }
        for (const path of [
          ...["/.well-known/oauth-authorization-server", "/indieauth/token", "/indieauth/introspect"],
          ...["/indieauth/revoke", "/indieauth/userinfo"]
        ]) {
          const preflight = yield* ask(path, { method: "OPTIONS", headers })
          expect([path, preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([
            path,
            204,
            "*"
          ])
          expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization")
          const method = path.startsWith("/.well") || path.endsWith("userinfo") ? "GET" : "POST"
          const answer = yield* ask(path, { method, headers: { origin: headers.origin } })
          expect([path, answer.headers.get("access-control-allow-origin")]).toEqual([path, "*"])
          expect(answer.headers.get("access-control-allow-credentials")).toBeNull()
        }
        for (const path of ["/indieauth/authorize", "/indieauth/consent", "/admin/tokens"]) {
          const preflight = yield* ask(path, { method: "OPTIONS", headers })
          expect([path, preflight.headers.get("access-control-allow-origin")]).toEqual([path, null])
          const answer = yield* ask(path, { method: "POST", headers: { origin: headers.origin } })
          expect([path, answer.headers.get("access-control-allow-origin")]).toEqual([path, null])
        }
      })
    )
  })

  layer(site({ ...settings, adminMe: Option.some("https://ada.example/") }), { excludeTestServices: true })((it) => {
    it.effect("where the owner's identity is another site, only the Micropub endpoint is advertised", () =>
      Effect.gen(function* () {
        const home = yield* ask("/")
        expect(home.headers.get("link")).toBe('<https://me.example/micropub>; rel="micropub"')
        const found = links(home.body)
        expect(found.micropub).toBe("https://me.example/micropub")
        for (const rel of ["indieauth-metadata", "authorization_endpoint", "token_endpoint"]) {
          expect(found).not.toHaveProperty(rel)
        }
      })
    )

    it.effect("and a sign-in by this site for that identity has that identity", () =>
      Effect.gen(function* () {
        const answer = yield* post("/indieauth/token", redemption(yield* codeFor()))
        expect(JSON.parse(answer.body)).toMatchObject({
          me: "https://ada.example/",
          profile: { url: "https://ada.example/" }
        })
      })
    )
  })
})
