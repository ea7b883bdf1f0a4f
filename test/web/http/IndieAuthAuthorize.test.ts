import { describe, expect, layer } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { SessionManager } from "../../../src/services/SessionManager.js"
import {
  askedAddresses,
  authorize,
  challenge,
  codeFor,
  decide,
  led,
  onePixel,
  ownerCookie,
  parameters,
  post,
  redemption,
  requestIn,
  site
} from "../../fixtures/IndieAuthSite.js"
import { ask, settings } from "../../fixtures/TestServer.js"

/** The page for a request with changes, as the owner sees it. */
const open = (changes: Readonly<Record<string, string | undefined>> = {}) =>
  Effect.flatMap(ownerCookie, (headers) => authorize(parameters(changes), headers))

describe("the IndieAuth authorization endpoint", () => {
  layer(site(), { excludeTestServices: true })((it) => {
    describe("who is asked", () => {
      it.effect("a visitor without a session logs in first, and returns with the complete request", () =>
        Effect.gen(function* () {
          const answer = yield* authorize(parameters(), {})
          expect(answer.status).toBe(303)
          const login = new URL(answer.headers.get("location") ?? "", "https://me.example")
          expect(login.pathname).toBe("/auth/login")
          expect(login.searchParams.get("next")).toBe(`/indieauth/authorize?${parameters()}`)
        })
      )

      it.effect("without the owner, no other server is requested and nobody is redirected to one", () =>
        Effect.gen(function* () {
          const before = yield* askedAddresses
          const client_id = "https://unheard-of.example/"
          const changes = { client_id, redirect_uri: client_id, response_type: "token" }
          const browser = yield* authorize(parameters(changes), {})
          expect(browser.headers.get("location")).toMatch(/^\/auth\/login\?/)
          const program = yield* authorize(parameters(changes), { accept: "*/*" })
          expect([program.status, program.headers.get("location")]).toEqual([401, null])
          expect(yield* askedAddresses).toEqual(before)
        })
      )
    })

    describe("S3: a stolen session", () => {
      const stale = Effect.gen(function* () {
        const sessions = yield* SessionManager
        const token = yield* sessions.create({ owner: "https://me.example/" })
        return { cookie: `__Host-starpunk_session=${Redacted.value(token)}` }
      })

      it.effect("cannot authorize an app before the owner confirms the login", () =>
        Effect.gen(function* () {
          const headers = yield* stale
          for (const scope of ["create", "profile update", "https://other.example/read"]) {
            const answer = yield* authorize(parameters({ scope }), headers)
            expect(answer.status).toBe(303)
            const confirm = new URL(answer.headers.get("location") ?? "", "https://me.example")
            expect(confirm.pathname).toBe("/auth/confirm")
            expect(confirm.searchParams.get("next")).toBe(`/indieauth/authorize?${parameters({ scope })}`)
          }
        })
      )

      it.effect("may reveal to an app who the owner is", () =>
        Effect.gen(function* () {
          const headers = yield* stale
          for (const scope of [undefined, "profile", "profile email"]) {
            expect((yield* authorize(parameters({ scope }), headers)).status).toBe(200)
          }
        })
      )
    })

    describe("consent page: names the client, shows the full client_id and scopes, cannot be framed, reflects nothing live", () => {
      it.effect("shows name, logo, client_id, destination, and a description of each scope", () =>
        Effect.gen(function* () {
          const page = yield* open()
          expect(page.status).toBe(200)
          for (const text of [
            "Example App",
            "https://app.example/",
            "<code>app.example</code>",
            "https://me.example/",
            "Publish new posts",
            "Read all posts, including private posts and drafts, and edit them",
            "See your name",
            `data:image/png;base64,${onePixel.toString("base64")}`
          ]) {
            expect(page.body).toContain(text)
          }
          expect(page.body.match(/type="checkbox"/g)).toHaveLength(3)
          expect(page.body).not.toContain("Delete posts")
        })
      )

      it.effect("shows another host as the destination", () =>
        Effect.gen(function* () {
          const page = yield* open({ redirect_uri: "https://elsewhere.example/callback" })
          expect(page.body).toContain("<code>elsewhere.example</code>")
          const app = yield* open({ redirect_uri: "com.example.app:/signed-in" })
          expect(app.body).toContain("<code>com.example.app:</code>")
        })
      )

      it.effect("cannot be framed, has no inline script, is not cached, and links to https only", () =>
        Effect.gen(function* () {
          const { headers } = yield* open()
          const policy = headers.get("content-security-policy") ?? ""
          expect(policy).toContain("frame-ancestors 'none'")
          expect(policy).toContain("default-src 'none'")
          expect(policy).not.toContain("unsafe")
          expect(policy).toMatch(/form-action 'self' https:(?:;|$)/)
          expect(headers.get("x-frame-options")).toBe("DENY")
          expect(headers.get("cache-control")).toBe("no-store")
          const app = yield* open({ redirect_uri: "com.example.app:/signed-in" })
          expect(app.headers.get("content-security-policy")).toMatch(/form-action 'self' https: com\.example\.app:;/)
          const loop = yield* open({ redirect_uri: "http://127.0.0.1:4711/loop" })
          expect(loop.headers.get("content-security-policy")).toContain(
            "form-action 'self' https: http://127.0.0.1:* http://localhost:*;"
          )
        })
      )

      it.effect("shows an app's texts as text, and its pictures as pictures", () =>
        Effect.gen(function* () {
          const markup = yield* open({ client_id: "https://json.example/id", redirect_uri: "https://json.example/cb" })
          expect(markup.body).toContain("JSON &lt;b>App&lt;/b>")
          expect(markup.body).toContain("Website of the app: <code>https://json.example/</code>")
          expect(markup.body).not.toContain("<img")
          expect(markup.body).not.toContain("onload")
          const script = yield* open({
            client_id: "https://script.example/",
            redirect_uri: "https://script.example/cb"
          })
          expect(script.body).not.toContain("<script")
          expect(script.body).not.toContain("\u202e")
          const parameter = yield* open({
            scope: 'create "><script>alert(1)</script>',
            state: "<script>alert(2)</script>"
          })
          expect(parameter.body).not.toContain("<script")
        })
      )

      it.effect("shows an unreachable app with its client_id and a note", () =>
        Effect.gen(function* () {
          const page = yield* open({ client_id: "https://down.example/", redirect_uri: "https://down.example/cb" })
          expect(page.status).toBe(200)
          expect(page.body).toContain("<code>https://down.example/</code>")
          expect(page.body).toContain("could not be fetched")
          const liar = yield* open({ client_id: "https://liar.example/", redirect_uri: "https://liar.example/cb" })
          expect(liar.body).toContain("describes another app")
          expect(liar.body).not.toContain("Not the app")
        })
      )

      it.effect("requests an app's metadata once in five minutes", () =>
        Effect.gen(function* () {
          const other = { client_id: "https://other.example/", redirect_uri: "https://other.example/cb" }
          for (let times = 0; times < 3; times += 1) yield* open(other)
          expect((yield* askedAddresses).filter((address) => address === "https://other.example/")).toHaveLength(1)
        })
      )

      it.effect("C4: lists scopes for other sites separately, to be unticked", () =>
        Effect.gen(function* () {
          const page = yield* open({ scope: "read create follow" })
          const [own = "", others = ""] = page.body.split("For other sites")
          expect(own.match(/name="scope" value="\w+"/g)).toEqual(['name="scope" value="create"'])
          expect(others.match(/name="scope" value="\w+"/g)).toEqual([
            'name="scope" value="read"',
            'name="scope" value="follow"'
          ])
          expect(others).toContain("have no effect on this site")
          const alone = yield* open({ scope: "read channels" })
          expect(alone.status).toBe(200)
          expect(alone.body).not.toContain("<legend>Permissions")
        })
      )
    })

    describe("client_id of loopback MUST NOT be fetched; other internal addresses should not be (SSRF)", () => {
      it.effect.each([
        "http://localhost:1234/",
        "http://127.0.0.1/",
        "http://[::1]:8080/app",
        "https://app.localhost/"
      ])("%s is shown, and not requested", (client_id) =>
        Effect.gen(function* () {
          const before = yield* askedAddresses
          const page = yield* open({ client_id, redirect_uri: new URL("/cb", client_id).href })
          expect(page.status).toBe(200)
          expect(page.body).toContain(client_id)
          expect(yield* askedAddresses).toEqual(before)
        })
      )

      it.effect("a name in a private network is refused by the outbound guard, and the owner sees a note", () =>
        Effect.gen(function* () {
          const page = yield* open({
            client_id: "https://intranet.example/",
            redirect_uri: "https://intranet.example/cb"
          })
          expect(page.status).toBe(200)
          expect(page.body).toContain("private network")
        })
      )

      it.effect.each([
        ["https://10.0.0.1/", "bare IP address"],
        ["https://[fe80::1]/", "bare IP address"],
        ["https://0x7f000002/", "bare IP address"],
        ["http://app.example/", "only for apps on your own computer"],
        ["https://user:pass@app.example/", "user name or password"],
        ["https://@app.example/", "user name or password"],
        ["https://app.example/#part", "contains a `#`"],
        ["https://app.example/a/../b", "`.` or `..`"],
        ["https://app.example/%2E%2e/b", "`.` or `..`"],
        ["javascript:alert(1)", "not an https or http URL"],
        ["file:///etc/passwd", "not an https or http URL"],
        ["app.example", "not a valid URL"],
        ["https:app.example", "not a valid URL"],
        ["https://app.example\\@evil.example/", "not a valid URL"],
        ["https://app.example/\r\nSet-Cookie:a=b", "not a valid URL"],
        [`https://app.example/${"a".repeat(3000)}`, "not a valid URL"],
        [undefined, "has no `client_id`"]
      ])("the client_id %j is refused on a page with the reason, without a redirect", ([client_id, reason]) =>
        Effect.gen(function* () {
          const page = yield* open({ client_id })
          expect([page.status, page.headers.get("location")]).toEqual([400, null])
          expect(page.body.replace(/<\/?code>/g, "`")).toContain(reason)
          expect(page.body).toContain("indieauth.client_id_invalid")
        })
      )

      it.effect("https://app.example is the same app as https://app.example/", () =>
        Effect.gen(function* () {
          const page = yield* open({ client_id: "HTTPS://App.Example" })
          expect(page.body).toContain("<code>https://app.example/</code>")
          expect(page.body).toContain("Example App")
        })
      )
    })

    describe("S8: metadata at another address than the client_id", () => {
      const trick = "https://good.example/open?to=https://evil.example/page"

      it.effect("is ignored after a redirect to another site, which is not requested", () =>
        Effect.gen(function* () {
          const page = yield* open({ client_id: trick, redirect_uri: "https://evil.example/cb" })
          expect([page.status, page.headers.get("location")]).toEqual([400, null])
          expect(page.body).toContain("redirects to another site")
          const own = yield* open({ client_id: trick, redirect_uri: "https://good.example/cb" })
          expect(own.body).not.toContain("Good App")
          expect(yield* askedAddresses).not.toContain("https://evil.example/page")
        })
      )

      it.effect("is accepted after a redirect within the site, except for metadata documents", () =>
        Effect.gen(function* () {
          const page = yield* open({ client_id: "https://moved.example/", redirect_uri: "com.moved:/cb" })
          expect(page.body).toContain("Moved App")
          const document = yield* open({ client_id: "https://moved.example/json", redirect_uri: "com.moved:/cb" })
          expect(document.status).toBe(400)
        })
      )

      it.effect("C10: is read up to 256 KiB of a longer page", () =>
        Effect.gen(function* () {
          const page = yield* open({ client_id: "https://long.example/", redirect_uri: "com.long:/cb" })
          expect([page.status, page.body.includes("Long App")]).toEqual([200, true])
        })
      )
    })

    describe("C5: apps without PKCE", () => {
      const without = { code_challenge: undefined, code_challenge_method: undefined }

      it.effect("are accepted by the owner, with a warning, and redeem their code without a verifier", () =>
        Effect.gen(function* () {
          const page = yield* open(without)
          expect(page.status, page.body).toBe(200)
          expect(page.body).toContain("signs in without PKCE")
          expect((yield* open()).body).not.toContain("without PKCE")
          const fields = redemption(yield* codeFor(without), { code_verifier: undefined })
          const answer = yield* post("/indieauth/token", fields)
          expect(JSON.parse(answer.body)).toMatchObject({ me: "https://me.example/", scope: "create update profile" })
          const identity = redemption(yield* codeFor({ ...without, scope: undefined }), { code_verifier: undefined })
          expect(JSON.parse((yield* post("/indieauth/authorize", identity)).body)).toMatchObject({
            me: "https://me.example/"
          })
        })
      )

      it.effect("a code is bound to its challenge or to none: PKCE cannot be stripped from a request", () =>
        Effect.gen(function* () {
          const unasked = yield* post("/indieauth/token", redemption(yield* codeFor(without)))
          expect(JSON.parse(unasked.body)).toMatchObject({ error: "invalid_grant" })
          const missing = yield* post("/indieauth/token", redemption(yield* codeFor(), { code_verifier: undefined }))
          expect(JSON.parse(missing.body)).toMatchObject({ error: "invalid_grant" })
        })
      )

      it.effect.each([
        ["an app's own scheme", { redirect_uri: "com.example.app:/signed-in" }],
        ["this computer", { redirect_uri: "http://127.0.0.1:4711/loop" }],
        ["an app on this computer", { client_id: "http://localhost/", redirect_uri: "http://localhost/cb" }],
        [
          "an app on this computer with https",
          { client_id: "https://localhost/", redirect_uri: "https://localhost/cb" }
        ],
        ["another host", { redirect_uri: "https://elsewhere.example/callback" }],
        ["a request without state", { state: undefined }],
        ["plain", { code_challenge: "a".repeat(43), code_challenge_method: "plain" }],
        ["a method without a challenge", { code_challenge_method: "S256" }]
      ] as const)("are refused with %s", ([, changes]) =>
        Effect.gen(function* () {
          const answer = yield* open({ ...without, ...changes })
          expect([303, 400]).toContain(answer.status)
          expect(answer.body + (answer.headers.get("location") ?? "")).toContain("invalid_request")
        })
      )
    })

    describe("redirect_uri on another scheme, host or port MUST be checked against the client's published list", () => {
      it.effect.each([
        ["of its own origin", "https://app.example/any/where?with=a&query"],
        ["by <link>", "https://elsewhere.example/callback"],
        ["by Link header", "https://header.example/back"],
        ["of its own scheme", "com.example.app:/signed-in"],
        ["on this computer, at the port published", "http://127.0.0.1/loop"],
        ["on this computer, at any port (RFC 8252)", "http://127.0.0.1:50123/loop"]
      ])("an address %s is accepted: %s", ([, redirect_uri]) =>
        Effect.gen(function* () {
          expect((yield* open({ redirect_uri })).status).toBe(200)
        })
      )

      it.effect("by the metadata document, which takes precedence", () =>
        Effect.gen(function* () {
          const changes = { client_id: "https://json.example/id", redirect_uri: "https://published.example/callback" }
          expect((yield* open(changes)).status).toBe(200)
        })
      )

      it.effect("of an app on this computer, at a loopback address only", () =>
        Effect.gen(function* () {
          const changes = { client_id: "http://localhost/", redirect_uri: "http://127.0.0.1:8765/callback" }
          expect((yield* open(changes)).status).toBe(200)
          const elsewhere = yield* open({ client_id: "http://localhost/", redirect_uri: "https://evil.example/" })
          expect(elsewhere.status).toBe(400)
        })
      )

      it.effect.each([
        ["https://evil.example/callback", "does not list it"],
        ["https://elsewhere.example/callback/", "does not list it"],
        ["https://elsewhere.example/callback?x", "does not list it"],
        ["https://app.example:8443/callback", "does not list it"],
        ["https://app.example.evil.example/", "does not list it"],
        ["https://sub.app.example/", "does not list it"],
        ["com.evil.app:/signed-in", "does not list it"],
        ["http://127.0.0.1:50123/other", "does not list it"],
        ["http://app.example/callback", "only for apps on your own computer"],
        ["javascript:alert(1)//https://app.example/", "can run code in your browser"],
        ["JaVaScRiPt:alert(1)", "can run code in your browser"],
        ["data:text/html,<script>alert(1)</script>", "can run code in your browser"],
        ["data:text/html,hello", "can run code in your browser"],
        ["https://user@app.example/callback", "user name or password"],
        ["https://app.example@evil.example/", "user name or password"],
        ["https://app.example/callback#part", "contains a `#`"],
        ["https://app.example\\.evil.example/", "not a valid URL"],
        ["https://app.example/\r\nSet-Cookie:a=b", "not a valid URL"],
        ["https:app.example/", "not a valid URL"],
        ["//app.example/callback", "not a valid URL"],
        ["/callback", "not a valid URL"],
        [`https://app.example/${"a".repeat(3000)}`, "not a valid URL"],
        ["https://app.example/cb?code=evil", "reserved for the response"],
        ["https://app.example/cb?a=1&state=x", "reserved for the response"],
        ["https://app.example/cb?%69ss=x", "reserved for the response"],
        ["com.example.app:/signed-in?error=x", "reserved for the response"],
        [undefined, "has no `redirect_uri`"]
      ])("%j is refused on a page with the reason, without a redirect", ([redirect_uri, reason]) =>
        Effect.gen(function* () {
          const page = yield* open({ redirect_uri })
          expect([page.status, page.headers.get("location")]).toEqual([400, null])
          expect(page.body.replace(/<\/?code>/g, "`")).toContain(reason)
          expect(page.body).toContain("indieauth.redirect_uri_invalid")
        })
      )

      it.effect("an executable address of a document is never accepted", () =>
        Effect.gen(function* () {
          const changes = { client_id: "https://json.example/id", redirect_uri: "javascript:alert(1)" }
          expect((yield* open(changes)).status).toBe(400)
          const liar = yield* open({
            client_id: "https://liar.example/",
            redirect_uri: "https://liar-callback.example/"
          })
          expect(liar.status).toBe(400)
          expect(liar.body).toContain("describes another app")
        })
      )

      it.effect("a repeated client_id or redirect_uri is refused on a page", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          for (const twice of [
            "client_id=https%3A%2F%2Fevil.example%2F",
            "redirect_uri=https%3A%2F%2Fevil.example%2F"
          ]) {
            const page = yield* authorize(`${parameters()}&${twice}`, headers)
            expect([page.status, page.headers.get("location")]).toEqual([400, null])
            expect(page.body).toContain("more than one")
          }
        })
      )
    })

    describe("errors that the app is told: error, error_description, state unchanged, iss", () => {
      it.effect.each([
        [{ response_type: undefined }, "invalid_request", "response_type is missing"],
        [{ response_type: "token" }, "unsupported_response_type", "must be code"],
        [{ response_type: "id" }, "unsupported_response_type", "must be code"],
        [{ code_challenge_method: "plain" }, "invalid_request", "plain is rejected"],
        [{ code_challenge_method: undefined }, "invalid_request", "means plain"],
        [{ code_challenge_method: "S512" }, "invalid_request", "must be S256"],
        [{ code_challenge: "short" }, "invalid_request", "43 characters"],
        [{ code_challenge: `${challenge}=` }, "invalid_request", "43 characters"],
        [{ scope: "create,update" }, "invalid_scope", "spaces, not by commas: scope=create%20update"],
        [{ scope: "create, read" }, "invalid_scope", "scope=create%20read"],
        [{ scope: 'a"b' }, "invalid_scope", "printable ASCII"],
        [{ scope: "naïve" }, "invalid_scope", "printable ASCII"],
        [{ scope: "x".repeat(101) }, "invalid_scope", "100 characters"],
        [{ scope: Array.from({ length: 51 }, (_, index) => `s${index}`).join(" ") }, "invalid_scope", "at most 50"]
      ] as const)("PKCE required, plain refused, and other faults: %j gives %s", ([changes, error, description]) =>
        Effect.gen(function* () {
          yield* codeFor()
          const { address, query } = led(yield* open(changes))
          expect(address).toBe("https://app.example/callback")
          expect(query).toMatchObject({ error, state: "st+a te/&%", iss: "https://me.example/" })
          expect(query.error_description).toContain(description)
          expect(query.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
        })
      )

      it.effect.each(["state=again", "scope=delete", "code_challenge=x", "response_type=code", "me=a&me=b"])(
        "a parameter given twice (%s): invalid_request",
        (twice) =>
          Effect.gen(function* () {
            yield* codeFor()
            const answer = yield* authorize(`${parameters()}&${twice}`, yield* ownerCookie)
            expect(led(answer).query).toMatchObject({ error: "invalid_request", state: "st+a te/&%" })
          })
      )

      it.effect("S12: an unknown app gets its error by a link on a page, not by a redirect", () =>
        Effect.gen(function* () {
          const home = "https://never-seen.example/"
          for (const changes of [{ response_type: "token" }, { scope: "a,b" }, { code_challenge_method: "plain" }]) {
            const page = yield* open({ client_id: home, redirect_uri: `${home}cb?a=1`, ...changes })
            expect([page.status, page.headers.get("location")]).toEqual([400, null])
            expect(page.body).toContain("This app cannot sign in")
            const link = /href="(https:\/\/never-seen[^"]+)"/.exec(page.body)?.[1]?.replaceAll("&amp;", "&") ?? ""
            const query = new URL(link).searchParams
            expect([query.get("a"), query.get("state"), query.get("iss")]).toEqual([
              "1",
              "st+a te/&%",
              "https://me.example/"
            ])
            expect(query.get("error")).toMatch(/^(?:unsupported_response_type|invalid_scope|invalid_request)$/)
          }
          const denied = yield* open({ client_id: home, redirect_uri: `${home}cb` })
          expect(denied.status).toBe(200)
        })
      )

      it.effect("invalid escapes and invalid UTF-8 are refused on a page", () =>
        Effect.gen(function* () {
          for (const state of ["%FF", "100%"]) {
            const page = yield* authorize(`${parameters({ state: undefined })}&state=${state}`, yield* ownerCookie)
            expect([page.status, page.headers.get("location")]).toEqual([400, null])
          }
        })
      )

      it.effect("a request that is too long for a URL is refused as such", () =>
        Effect.gen(function* () {
          expect((yield* open({ state: "a".repeat(9000) })).status).toBe(414)
        })
      )
    })

    describe("answer to the client: code, state unchanged, iss equal to the issuer", () => {
      it.effect.each([
        "plain",
        "st+a te/&%=?#",
        "ünïcödé ☕",
        "a\r\nSet-Cookie: b=c\r\n\r\n<script>",
        "x".repeat(2000)
      ])("allowed, with the state %j", (state) =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const page = yield* authorize(parameters({ state }), headers)
          const answer = yield* decide(page.body, "decision=allow&scope=create", headers)
          const { address, query } = led(answer)
          expect(address).toBe("https://app.example/callback")
          expect(Object.keys(query)).toEqual(["code", "state", "iss"])
          expect(query).toMatchObject({ state, iss: "https://me.example/" })
          expect(query.code).toMatch(/^[\w-]{43}$/)
          expect(answer.headers.get("set-cookie")).toBeNull()
          expect(answer.headers.get("cache-control")).toBe("no-store")
          expect(answer.headers.get("referrer-policy")).toBe("same-origin")
        })
      )

      it.effect("without a state none is added", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const page = yield* authorize(parameters({ state: undefined }), headers)
          expect(Object.keys(led(yield* decide(page.body, "decision=allow", headers)).query)).toEqual(["code", "iss"])
        })
      )

      it.effect("the query of the redirect_uri is kept, and private schemes are accepted", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const first = yield* authorize(parameters({ redirect_uri: "https://app.example/cb?a=1&b=%20" }), headers)
          const location = (yield* decide(first.body, "decision=allow", headers)).headers.get("location")
          expect(location).toMatch(/^https:\/\/app\.example\/cb\?a=1&b=%20&code=/)
          const second = yield* authorize(parameters({ redirect_uri: "com.example.app:/signed-in" }), headers)
          const app = (yield* decide(second.body, "decision=allow", headers)).headers.get("location")
          expect(app).toMatch(/^com\.example\.app:\/signed-in\?code=/)
        })
      )

      it.effect("denied: access_denied, state and iss, and no code", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const page = yield* authorize(parameters(), headers)
          const { query } = led(yield* decide(page.body, "decision=deny&scope=create", headers))
          expect(query).toMatchObject({ error: "access_denied", state: "st+a te/&%", iss: "https://me.example/" })
          expect(query).not.toHaveProperty("code")
        })
      )
    })

    describe("the owner's decision", () => {
      it.effect("is accepted once", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const page = yield* authorize(parameters(), headers)
          led(yield* decide(page.body, "decision=allow", headers))
          const again = yield* decide(page.body, "decision=allow", headers)
          expect([again.status, again.headers.get("location")]).toEqual([400, null])
          expect(again.body).toContain("indieauth.request_expired")
        })
      )

      it.effect("is accepted only in the session that was asked", () =>
        Effect.gen(function* () {
          const page = yield* authorize(parameters(), yield* ownerCookie)
          const other = yield* decide(page.body, "decision=allow", yield* ownerCookie)
          expect([other.status, other.headers.get("location")]).toEqual([400, null])
          const nobody = yield* decide(page.body, "decision=allow", {})
          expect([nobody.status, nobody.headers.get("location")]).toEqual([401, null])
        })
      )

      it.effect("is not accepted from another site's form", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const page = yield* authorize(parameters(), headers)
          for (const from of [
            { origin: "https://evil.example" },
            { origin: "null" },
            { origin: "https://me.example", "sec-fetch-site": "cross-site" },
            { "sec-fetch-site": "same-site" }
          ]) {
            const answer = yield* decide(page.body, "decision=allow", { ...headers, ...from })
            expect([answer.status, answer.headers.get("location")]).toEqual([403, null])
          }
          led(yield* decide(page.body, "decision=allow", { ...headers, origin: "https://me.example" }))
        })
      )

      it.effect("cannot change app, destination or state, or add scopes", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const page = yield* authorize(parameters({ scope: "create" }), headers)
          const forged = new URLSearchParams({
            decision: "allow",
            client_id: "https://evil.example/",
            redirect_uri: "https://evil.example/",
            state: "forged",
            me: "https://evil.example/",
            code_challenge: "x"
          })
          for (const scope of ["create", "delete", "update"]) forged.append("scope", scope)
          const { address, query } = led(yield* decide(page.body, forged.toString(), headers))
          expect(address).toBe("https://app.example/callback")
          expect(query.state).toBe("st+a te/&%")
          const token = yield* post("/indieauth/token", redemption(query.code ?? ""))
          expect(JSON.parse(token.body)).toMatchObject({ scope: "create", me: "https://me.example/" })
        })
      )

      it.effect.each(["", "decision=perhaps", "decision=allow&lifetime=forever-and-a-day"])(
        "a form that says %j decides nothing, and the request stays pending",
        (form) =>
          Effect.gen(function* () {
            const headers = yield* ownerCookie
            const page = yield* authorize(parameters(), headers)
            const answer = yield* decide(page.body, form, headers)
            expect([answer.status, answer.headers.get("location")]).toEqual([400, null])
            led(yield* decide(page.body, "decision=deny", headers))
          })
      )

      it.effect.each(["", "x", "' OR 1=1 --", "a".repeat(5000)])(
        "about a request %j that does not exist: a page",
        (request) =>
          Effect.gen(function* () {
            const headers = { accept: "text/html", ...(yield* ownerCookie) }
            const answer = yield* post("/indieauth/consent", { request, decision: "allow" }, headers)
            expect([answer.status, answer.headers.get("location")]).toEqual([400, null])
            expect(answer.body).toContain("indieauth.request_expired")
          })
      )

      it.effect("a body that is no form, or far too large, is refused", () =>
        Effect.gen(function* () {
          const headers = yield* ownerCookie
          const json = yield* post("/indieauth/consent", "{}", { ...headers, "content-type": "application/json" })
          expect(json.status).toBe(415)
          const large = yield* post("/indieauth/consent", `label=${"a".repeat(100_000)}`, headers)
          expect(large.status).toBe(413)
        })
      )

      it.effect("unticked scopes are not granted, and the token has the name that the owner gave it", () =>
        Effect.gen(function* () {
          const code = yield* codeFor({}, "decision=allow&scope=create&label=%20My%0Aphone%20")
          const token = JSON.parse((yield* post("/indieauth/token", redemption(code))).body)
          expect(token.scope).toBe("create")
          const list = yield* ask("/admin/tokens", { headers: yield* ownerCookie })
          expect(list.body).toContain("My phone")
        })
      )

      it.effect("the owner's page lists each request with its own id", () =>
        Effect.gen(function* () {
          const ids = [yield* open(), yield* open()].map(({ body }) => requestIn(body))
          expect(new Set(ids).size).toBe(2)
          for (const id of ids) expect(id).toMatch(/^[\w-]{32}$/)
        })
      )
    })
  })
})

const strict = site({ ...settings, indieauth: { pkce: "required" }, rateLimitEnabled: false })

layer(strict, { excludeTestServices: true })("C5: where the settings require PKCE", (it) => {
  it.effect("refuses apps without it", () =>
    Effect.gen(function* () {
      const answer = yield* open({ code_challenge: undefined, code_challenge_method: undefined })
      expect(answer.status, answer.headers.get("location") ?? "").toBe(400)
      expect(answer.body).toContain("PKCE (RFC 7636) with S256 is required")
    })
  )
})
