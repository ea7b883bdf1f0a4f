import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Option, Redacted, TestClock } from "effect"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { siteOf } from "../../fixtures/ExternalSite.js"
import { fakeProvider } from "../../fixtures/FakeProvider.js"
import { listen } from "../../fixtures/Listener.js"

type Site = Effect.Effect.Success<ReturnType<typeof siteOf>>

const html = { accept: "text/html" }

/** Begins as the form on the login page does; answers where it leads, and the cookie that the browser keeps. */
const begin = (site: Site, next?: string) =>
  Effect.map(
    site.ask("/auth/indieauth", {
      method: "POST",
      headers: html,
      body: new URLSearchParams(next === undefined ? {} : { next })
    }),
    (answer) => {
      expect(answer.status, answer.body).toBe(200)
      const [cookie = ""] = answer.headers.getSetCookie()
      const address = /^0; url=(.*)$/.exec(answer.headers.get("refresh") ?? "")?.[1] ?? ""
      return { answer, address, setCookie: cookie, cookie: cookie.split(";", 1)[0] ?? "" }
    }
  )

/** Comes back from the provider. */
const comeBack = (site: Site, answer: URLSearchParams | string, cookie = "") =>
  Effect.map(
    site.ask(`/auth/callback?${answer}`, { headers: { ...html, ...(cookie === "" ? {} : { cookie }) } }),
    (answer) => ({
      ...answer,
      code: /<code>(\w+\.\w+)<\/code>/.exec(answer.body)?.[1],
      session: answer.headers.getSetCookie().find((line) => line.includes("starpunk_session"))
    })
  )

const signIn = (overrides: Partial<SettingsValues> = {}, offer: Parameters<typeof fakeProvider>[0] = {}) =>
  Effect.gen(function* () {
    const provider = yield* fakeProvider(offer)
    const site = yield* siteOf(provider, overrides)
    return { provider, site }
  })

const refused = (answer: Effect.Effect.Success<ReturnType<typeof comeBack>>) => {
  expect(answer.headers.get("content-type")).toContain("text/html")
  expect(answer.session).toBeUndefined()
  return { status: answer.status, code: answer.code }
}

const notSignedIn = { status: 403, code: "indieauth.sign_in_refused" }

const changed = (given: URLSearchParams, changes: Readonly<Record<string, string | undefined>>) => {
  const answer = new URLSearchParams(given)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) answer.delete(name)
    else answer.set(name, value)
  }
  return answer
}

describe("Sign-in through the owner's own provider", () => {
  it.scoped.each([true, false])("leads there and back into a session (with metadata: %s)", (metadata) =>
    Effect.gen(function* () {
      const { provider, site } = yield* signIn({}, { metadata })
      const begun = yield* begin(site, "/admin/new?a=b")
      expect(begun.answer.headers.get("cache-control")).toBe("no-store")
      expect(begun.setCookie).toMatch(
        /^__Host-starpunk_sign_in=[\w-]{43}; Max-Age=600; Path=\/;.* HttpOnly; Secure; SameSite=Lax/
      )
      expect(begun.answer.body).toContain(`href="${begun.address.replaceAll("&", "&amp;")}"`)
      const asked = new URL(begun.address)
      expect(`${asked.origin}${asked.pathname}`).toBe(`${provider.origin}/authorize`)
      expect(Object.fromEntries(asked.searchParams)).toEqual({
        response_type: "code",
        client_id: "https://me.example/",
        redirect_uri: "https://me.example/auth/callback",
        state: expect.stringMatching(/^[\w-]{43}$/),
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
        code_challenge_method: "S256",
        me: provider.me
      })
      const back = yield* comeBack(site, provider.approve(begun.address), begun.cookie)
      expect(back.status, back.body).toBe(303)
      expect(back.headers.get("location")).toBe("/admin/new?a=b")
      expect(back.headers.get("cache-control")).toBe("no-store")
      expect(back.session).toMatch(/^__Host-starpunk_session=[\w-]{43};/)
      expect(back.headers.getSetCookie().some((line) => /^__Host-starpunk_sign_in=; Max-Age=0/.test(line))).toBe(true)
      expect(yield* site.sessions.list).toMatchObject([{ owner: provider.me }])
    })
  )

  it.scoped.each([false, true])("S3: confirms the owner only if nothing else can (a passphrase: %s)", (hasPassphrase) =>
    Effect.gen(function* () {
      const { provider, site } = yield* signIn()
      const passphrase = Redacted.make("correct horse battery staple")
      if (hasPassphrase) yield* site.owner.changePassphrase(Redacted.make(""), passphrase)
      const begun = yield* begin(site)
      yield* comeBack(site, provider.approve(begun.address), begun.cookie)
      const [session] = yield* site.sessions.list
      expect(session?.provedAt === undefined).toBe(hasPassphrase)
    })
  )

  it.scoped("keeps the query of the authorization endpoint's address", () =>
    Effect.gen(function* () {
      const { site } = yield* signIn(
        {},
        { page: () => ({ html: '<link rel="authorization_endpoint" href="/a?x=1&state=2">' }) }
      )
      const { searchParams } = new URL((yield* begin(site)).address)
      expect(searchParams.get("x")).toBe("1")
      expect(searchParams.getAll("state")).toHaveLength(1)
      expect(searchParams.get("state")).not.toBe("2")
    })
  )

  it.scoped("redirects to the owner's posts if `next` is another site, or nothing", () =>
    Effect.gen(function* () {
      const { provider, site } = yield* signIn()
      for (const next of [
        undefined,
        "",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:x"
      ]) {
        const begun = yield* begin(site, next)
        const back = yield* comeBack(site, provider.approve(begun.address), begun.cookie)
        expect(back.headers.get("location")).toBe("/admin/")
      }
    })
  )

  it.scoped("does not exist where the site is the owner's identity", () =>
    Effect.gen(function* () {
      const { provider, site } = yield* signIn({ adminMe: Option.none() })
      expect(yield* site.ask("/auth/indieauth", { method: "POST", body: new URLSearchParams() })).toMatchObject({
        status: 404
      })
      expect(yield* site.ask("/auth/callback?code=a&state=b")).toMatchObject({ status: 404 })
      expect(provider.requests).toHaveLength(0)
    })
  )

  it.scoped("begins only from the site's own pages", () =>
    Effect.gen(function* () {
      const { provider, site } = yield* signIn()
      const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" }
      const foreign = yield* site.ask("/auth/indieauth", { method: "POST", headers, body: new URLSearchParams() })
      expect(foreign.status).toBe(403)
      expect(foreign.headers.getSetCookie()).toEqual([])
      expect(provider.requests).toHaveLength(0)
    })
  )

  it.scoped("is limited by address", () =>
    Effect.gen(function* () {
      const { provider, site } = yield* signIn()
      for (let count = 0; count < 20; count += 1) yield* begin(site)
      const init = { method: "POST", headers: html, body: new URLSearchParams() }
      const refusal = yield* site.ask("/auth/indieauth", init)
      expect(refusal.status).toBe(429)
      expect(refusal.headers.get("retry-after")).toBe("3")
      yield* TestClock.adjust(Duration.seconds(3))
      const begun = yield* begin(site)
      yield* TestClock.adjust(Duration.seconds(3))
      expect(yield* comeBack(site, provider.approve(begun.address), begun.cookie)).toMatchObject({ status: 303 })
    })
  )

  describe("is refused, on a page with the reason", () => {
    it.scoped("when it comes back a second time", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        const begun = yield* begin(site)
        const answer = provider.approve(begun.address)
        expect(yield* comeBack(site, answer, begun.cookie)).toMatchObject({ status: 303 })
        const again = yield* comeBack(site, answer, begun.cookie)
        expect(refused(again)).toEqual(notSignedIn)
        expect(again.body).toContain("already used")
        expect(yield* site.sessions.list).toHaveLength(1)
      })
    )

    it.scoped("when two come back at once, for one of them", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        const begun = yield* begin(site)
        const answer = provider.approve(begun.address)
        const both = yield* Effect.replicateEffect(comeBack(site, answer, begun.cookie), 2, {
          concurrency: "unbounded"
        })
        expect(both.map(({ status }) => status).toSorted()).toEqual([303, 403])
      })
    )

    it.scoped("in a browser that did not begin it, without ending it for the one that did", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        const begun = yield* begin(site)
        const other = yield* begin(site)
        const answer = provider.approve(begun.address)
        for (const cookie of ["", other.cookie, "__Host-starpunk_sign_in=x", begun.cookie.replace("__Host-", "")]) {
          const foreign = yield* comeBack(site, answer, cookie)
          expect(refused(foreign)).toEqual(notSignedIn)
          expect(foreign.body).toContain("started in another browser")
        }
        expect(yield* comeBack(site, answer, begun.cookie)).toMatchObject({ status: 303 })
      })
    )

    it.scoped("after ten minutes", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        const begun = yield* begin(site)
        yield* TestClock.adjust(Duration.toMillis(Duration.minutes(10)))
        const late = yield* comeBack(site, provider.approve(begun.address), begun.cookie)
        expect(refused(late)).toEqual(notSignedIn)
        expect(late.body).toContain("ten minutes")
      })
    )

    it.scoped.each([
      "",
      "code=a",
      "code=a&state=",
      "code=a&state=wrong",
      `code=a&state=${"a".repeat(43)}`,
      `code=a&state=${"a".repeat(5000)}`,
      "state[]=a&code[]=b",
      "state=%00",
      "state=a%27%20OR%201=1"
    ])("when no sign-in is pending for the answer %j", (query) =>
      Effect.gen(function* () {
        const { site } = yield* signIn()
        const begun = yield* begin(site)
        const answer = yield* comeBack(site, query, begun.cookie)
        expect([400, 403]).toContain(answer.status)
        expect(answer.session).toBeUndefined()
      })
    )

    it.scoped("when the answer names another issuer, or none", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        for (const iss of ["https://eve.example/", provider.origin, undefined]) {
          const begun = yield* begin(site)
          const answer = changed(provider.approve(begun.address), { iss })
          const wrong = yield* comeBack(site, answer, begun.cookie)
          expect(refused(wrong)).toEqual(notSignedIn)
          expect(wrong.body).toContain("came from a different provider")
          // The code was not shown to anybody.
          expect(provider.requests.some(({ method, url }) => method === "POST" && url === "/authorize")).toBe(false)
        }
      })
    )

    it.scoped("when the provider confirms another person, naming both", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        for (const me of ["https://eve.example/", `${provider.me}eve`, "<script>alert(1)</script>"]) {
          provider.state.signedIn = me
          const begun = yield* begin(site)
          const other = yield* comeBack(site, provider.approve(begun.address), begun.cookie)
          expect(refused(other)).toEqual({ status: 403, code: "auth.me_mismatch" })
          expect(other.body).toContain(provider.me)
          expect(other.body).toContain(me.replaceAll("<", "&lt;"))
          expect(other.body).not.toContain("<script>alert")
        }
      })
    )

    it.scoped("when it was declined there", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        const begun = yield* begin(site)
        const state = provider.approve(begun.address).get("state") ?? ""
        const denied = yield* comeBack(site, new URLSearchParams({ state, error: "access_denied" }), begun.cookie)
        expect(refused(denied)).toEqual(notSignedIn)
        expect(denied.body).toContain("declined")
      })
    )

    it.scoped("when the provider has an error, repeating its name only if it is a known one", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        for (const [error, shown] of [
          ["server_error", true],
          ['"><script>alert(1)</script>', false],
          ["x".repeat(5000), false]
        ] as const) {
          const begun = yield* begin(site)
          const state = provider.approve(begun.address).get("state") ?? ""
          const description = "Call this number: 555"
          const query = new URLSearchParams({ state, error, error_description: description })
          const answer = yield* comeBack(site, query, begun.cookie)
          expect(refused(answer)).toEqual(notSignedIn)
          expect(answer.body.includes(`<code>${error}</code>`)).toBe(shown)
          expect(answer.body).not.toContain("<script>alert")
          expect(answer.body).not.toContain(description)
        }
      })
    )

    it.scoped("when the code is invalid, another client's, or already redeemed", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        for (const code of ["wrong", undefined]) {
          const begun = yield* begin(site)
          const answer = changed(provider.approve(begun.address), { code })
          expect(refused(yield* comeBack(site, answer, begun.cookie))).toEqual(notSignedIn)
        }
        // A code that was given to another sign-in has another challenge.
        const mine = yield* begin(site)
        const theirs = provider.approve((yield* begin(site)).address)
        const mixed = changed(provider.approve(mine.address), { code: theirs.get("code") ?? "" })
        expect(refused(yield* comeBack(site, mixed, mine.cookie))).toEqual(notSignedIn)
      })
    )

    it.scoped.each(["down", "garbage", "html"] as const)("when the provider is %s", (mood) =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        const begun = yield* begin(site)
        provider.state.mood = mood
        const answer = yield* comeBack(site, provider.approve(begun.address), begun.cookie)
        expect(refused(answer)).toEqual({ status: 503, code: "indieauth.provider_unavailable" })
        expect(answer.headers.get("retry-after")).not.toBeNull()
        expect(answer.body).toContain("login page")
      })
    )

    it.scoped("when the provider names nobody", () =>
      Effect.gen(function* () {
        const { provider, site } = yield* signIn()
        provider.state.signedIn = ""
        const begun = yield* begin(site)
        const answer = yield* comeBack(site, provider.approve(begun.address), begun.cookie)
        expect(refused(answer)).toEqual({ status: 503, code: "indieauth.provider_unavailable" })
      })
    )

    it.scoped("before it begins, when the owner's page cannot be read or names no provider", () =>
      Effect.gen(function* () {
        const start = (site: Site) =>
          Effect.map(
            site.ask("/auth/indieauth", { method: "POST", headers: html, body: new URLSearchParams() }),
            ({ body, headers, status }) => ({
              status,
              code: /<code>(\w+\.\w+)<\/code>/.exec(body)?.[1],
              cookies: headers.getSetCookie()
            })
          )
        const gone = yield* signIn()
        gone.provider.state.pageDown = true
        expect(yield* start(gone.site)).toEqual({ status: 503, code: "indieauth.provider_unavailable", cookies: [] })
        const plain = yield* signIn({}, { page: () => ({ html: "<p>Hello" }) })
        expect(yield* start(plain.site)).toEqual({ status: 502, code: "indieauth.provider_unusable", cookies: [] })
        const forged = yield* signIn({}, { issuer: "https://eve.example/" })
        expect(yield* start(forged.site)).toEqual({ status: 502, code: "indieauth.provider_unusable", cookies: [] })
        // In production nobody is sent to where the answer could be read by others.
        const page = yield* listen((_, response) =>
          response.end('<link rel="authorization_endpoint" href="http://provider.example/">')
        )
        const insecure = yield* siteOf({ me: `${page.origin}/` })
        expect(yield* start(insecure)).toEqual({ status: 502, code: "indieauth.provider_unusable", cookies: [] })
      })
    )
  })

  it.scoped("reveals state, code and verifier to their recipients only", () =>
    Effect.gen(function* () {
      const { provider, site } = yield* signIn()
      const begun = yield* begin(site)
      const answer = provider.approve(begun.address)
      yield* comeBack(site, changed(answer, { iss: "https://eve.example/" }), begun.cookie)
      const told = JSON.stringify(yield* site.logs)
      const verifier = begun.cookie.split("=")[1] ?? "?"
      for (const secret of [answer.get("state"), answer.get("code"), verifier]) expect(told).not.toContain(secret)
      expect(begun.answer.body).not.toContain(verifier)
    })
  )
})
