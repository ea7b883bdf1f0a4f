import { describe, expect, layer } from "@effect/vitest"
import { Effect, Option, TestClock } from "effect"
import sharp from "sharp"
import { OwnerPhoto } from "../../../src/services/OwnerPhoto.js"
import { SiteSettings } from "../../../src/services/SiteSettings.js"
import {
  authorize,
  challenge,
  codeFor,
  decide,
  ownerCookie,
  parameters,
  post,
  redemption,
  refusal,
  site,
  verifier
} from "../../fixtures/IndieAuthSite.js"
import { ask } from "../../fixtures/TestServer.js"

const tokenPath = "/indieauth/token"
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A token for these scopes; with a form of the owner's that says more than "allow" where one is given. */
const tokenFor = (scope: string, lifetime = "unlimited") =>
  Effect.gen(function* () {
    const scopes = scope.split(" ").map((each) => `&scope=${each}`)
    const code = yield* codeFor({ scope }, `decision=allow&lifetime=${lifetime}${scopes.join("")}`)
    const answer = yield* post(tokenPath, redemption(code))
    expect(answer.status, answer.body).toBe(200)
    return JSON.parse(answer.body)
  })

const introspect = (token: string, headers: Readonly<Record<string, string>>) =>
  post("/indieauth/introspect", { token }, headers)
const isActive = (token: string) =>
  Effect.gen(function* () {
    const mine = yield* tokenFor("create")
    return JSON.parse((yield* introspect(token, bearer(mine.access_token))).body).active
  })

describe("IndieAuth tokens", () => {
  layer(site(), { excludeTestServices: true })((it) => {
    describe("token answer: access_token, me, token_type, scope; no-store (RFC 6749 5.1)", () => {
      it.effect("of a code, with the profile if it was allowed, and without expiry unless the owner chose one", () =>
        Effect.gen(function* () {
          const answer = yield* post(tokenPath, redemption(yield* codeFor()))
          expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"])
          expect([answer.headers.get("cache-control"), answer.headers.get("pragma")]).toEqual(["no-store", "no-cache"])
          expect(JSON.parse(answer.body)).toEqual({
            access_token: expect.stringMatching(/^[\w-]{43}$/),
            token_type: "Bearer",
            scope: "create update profile",
            me: "https://me.example/",
            profile: { name: "Me", url: "https://me.example/" }
          })
        })
      )

      it.effect("an expiring token has expires_in, and a refresh token if it can be renewed", () =>
        Effect.gen(function* () {
          const renewed = yield* tokenFor("create", "renewed")
          expect(renewed).toMatchObject({ expires_in: 2_592_000, refresh_token: expect.stringMatching(/^[\w-]{43}$/) })
          const day = yield* tokenFor("create", "day")
          expect(day.expires_in).toBe(86_400)
          expect(day).not.toHaveProperty("refresh_token")
          expect(day).not.toHaveProperty("profile")
        })
      )

      it.effect("a form may have a charset, and client_id is normalised as in the authorization request", () =>
        Effect.gen(function* () {
          const fields = redemption(yield* codeFor(), { client_id: "https://app.example" })
          const headers = { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" }
          expect((yield* post(tokenPath, fields, headers)).status).toBe(200)
        })
      )
    })

    describe("no scope asked: MUST NOT issue a token; only me at the authorization endpoint", () => {
      it.effect("the token endpoint refuses by name, and the authorization endpoint returns me", () =>
        Effect.gen(function* () {
          const code = yield* codeFor({ scope: undefined })
          const refused = refusal(yield* post(tokenPath, redemption(code)))
          expect(refused).toMatchObject({ status: 400, error: "invalid_grant" })
          expect(refused.description).toContain("no scope")
          const identity = yield* post("/indieauth/authorize", redemption(code))
          expect([identity.status, identity.headers.get("cache-control")]).toEqual([200, "no-store"])
          expect(JSON.parse(identity.body)).toEqual({ me: "https://me.example/" })
        })
      )

      it.effect("a code for scopes may be redeemed for the identity alone, and is used up", () =>
        Effect.gen(function* () {
          const code = yield* codeFor()
          const identity = yield* post("/indieauth/authorize", redemption(code, { grant_type: undefined }))
          expect(JSON.parse(identity.body)).toEqual({
            me: "https://me.example/",
            profile: { name: "Me", url: "https://me.example/" }
          })
          expect(refusal(yield* post(tokenPath, redemption(code)))).toMatchObject({ error: "invalid_grant" })
        })
      )

      it.effect("all scopes unticked is no scope", () =>
        Effect.gen(function* () {
          const code = yield* codeFor({}, "decision=allow")
          expect(refusal(yield* post(tokenPath, redemption(code))).description).toContain("no scope")
        })
      )

      it.effect("the authorization endpoint accepts one grant type", () =>
        Effect.gen(function* () {
          const answer = yield* post("/indieauth/authorize", redemption("x", { grant_type: "refresh_token" }))
          expect(refusal(answer)).toMatchObject({ status: 400, error: "unsupported_grant_type" })
        })
      )
    })

    describe("code: single use, short life, bound to client_id, redirect_uri and verifier", () => {
      it.effect("used twice: invalid_grant, and its token is revoked", () =>
        Effect.gen(function* () {
          const code = yield* codeFor()
          const { access_token } = JSON.parse((yield* post(tokenPath, redemption(code))).body)
          expect(yield* isActive(access_token)).toBe(true)
          const again = refusal(yield* post(tokenPath, redemption(code)))
          expect(again).toMatchObject({ status: 400, error: "invalid_grant" })
          expect(again.description).toContain("already used")
          expect(yield* isActive(access_token)).toBe(false)
        })
      )

      it.effect.each([
        [{ client_id: "https://evil.example/" }, "another client"],
        [{ redirect_uri: "https://app.example/callback/" }, "another redirect_uri"],
        [{ redirect_uri: "https://evil.example/" }, "another redirect_uri"],
        [{ code_verifier: "a".repeat(43) }, "does not match the code_challenge"],
        // Whoever only saw the challenge.
        [{ code_verifier: challenge }, "does not match the code_challenge"]
      ] as const)("a code with %j: invalid_grant; its client can still redeem it", ([changes, description]) =>
        Effect.gen(function* () {
          const code = yield* codeFor()
          for (const path of [tokenPath, "/indieauth/authorize"]) {
            const refused = refusal(yield* post(path, redemption(code, changes)))
            expect(refused).toMatchObject({ status: 400, error: "invalid_grant", code: "indieauth.grant_invalid" })
            expect(refused.description).toContain(description)
          }
          expect((yield* post(tokenPath, redemption(code))).status).toBe(200)
        })
      )

      it.effect.each(["x", "a".repeat(43), "' OR 1=1 --", "a".repeat(60_000)])("an unknown code", (code) =>
        Effect.gen(function* () {
          const refused = refusal(yield* post(tokenPath, redemption(code)))
          expect(refused).toMatchObject({ status: 400, error: "invalid_grant" })
          expect(refused.description).toContain("is unknown")
        })
      )

      it.effect("ten clients with one code at once: at most one token, which is revoked", () =>
        Effect.gen(function* () {
          const code = yield* codeFor()
          const answers = yield* Effect.all(
            Array.from({ length: 10 }, () => post(tokenPath, redemption(code))),
            { concurrency: "unbounded" }
          )
          const given = answers.filter(({ status }) => status === 200)
          expect(given).toHaveLength(1)
          expect(yield* isActive(JSON.parse(given[0]?.body ?? "").access_token)).toBe(false)
        })
      )
    })

    describe("PKCE: a code given with a challenge MUST be redeemed with its verifier", () => {
      it.effect("without a verifier, or with an invalid one: a refusal that names it", () =>
        Effect.gen(function* () {
          for (const code_verifier of [undefined, "", "short", "a".repeat(129), `${verifier}!`]) {
            const refused = refusal(yield* post(tokenPath, redemption(yield* codeFor(), { code_verifier })))
            const error = (code_verifier ?? "") === "" ? "invalid_grant" : "invalid_request"
            expect(refused).toMatchObject({ status: 400, error })
            expect(refused.description).toContain("code_verifier")
          }
        })
      )
    })

    describe("errors by RFC 6749 5.2: invalid_grant, invalid_request, unsupported_grant_type with 400", () => {
      it.effect.each([
        [{ grant_type: undefined }, "invalid_request", "grant_type"],
        [{ grant_type: "password" }, "unsupported_grant_type", "authorization_code or refresh_token"],
        [{ grant_type: "client_credentials" }, "unsupported_grant_type", "grant_type"],
        [{ code: undefined }, "invalid_request", "code"],
        [{ code: "" }, "invalid_request", "code"],
        [{ client_id: undefined }, "invalid_request", "client_id"],
        [{ client_id: "nonsense" }, "invalid_request", "client_id"],
        [{ redirect_uri: undefined }, "invalid_request", "redirect_uri"],
        [{ grant_type: "refresh_token" }, "invalid_request", "refresh_token"],
        [{ grant_type: "refresh_token", refresh_token: "x" }, "invalid_grant", "is unknown"]
      ] as const)("%j: %s", ([changes, error, description]) =>
        Effect.gen(function* () {
          const refused = refusal(yield* post(tokenPath, redemption("a".repeat(43), changes)))
          expect(refused).toMatchObject({ status: 400, error })
          expect(refused.description).toContain(description)
        })
      )

      it.effect("a parameter given twice: invalid_request that names it", () =>
        Effect.gen(function* () {
          const body = new URLSearchParams(redemption(yield* codeFor()))
          body.append("redirect_uri", "https://evil.example/")
          const refused = refusal(yield* post(tokenPath, body.toString()))
          expect(refused).toMatchObject({ status: 400, error: "invalid_request" })
          expect(refused.description).toContain("redirect_uri")
        })
      )

      it.effect("secrets in the address: invalid_request that says where they belong", () =>
        Effect.gen(function* () {
          const code = yield* codeFor()
          for (const [path, name] of [
            [`${tokenPath}?code=${code}`, "code"],
            [`${tokenPath}?grant_type=refresh_token&refresh_token=x`, "refresh_token"],
            ["/indieauth/introspect?token=x", "token"],
            ["/indieauth/revoke?token=x", "token"],
            ["/indieauth/authorize?code_verifier=x", "code_verifier"]
          ] as const) {
            const refused = refusal(yield* post(path, redemption(code)))
            expect([path, refused.status, refused.error]).toEqual([path, 400, "invalid_request"])
            expect(refused.description).toContain(`\`${name}\``)
            expect(refused.description).toContain("never in the URL")
          }
        })
      )

      it.effect.each([
        ["application/json", JSON.stringify(redemption("x")), 415],
        ["text/plain", "grant_type=authorization_code", 415],
        ["multipart/form-data; boundary=x", "--x--", 415],
        ["application/x-www-form-urlencoded", "code=%FF", 400],
        ["application/x-www-form-urlencoded", "code=%", 400],
        ["application/x-www-form-urlencoded", `code=${"a".repeat(100_000)}`, 413],
        ["application/x-www-form-urlencoded", "a=b&".repeat(2000), 400],
        ["application/x-www-form-urlencoded", "", 400]
      ] as const)("an invalid body of the type %s: invalid_request", ([type, body, status]) =>
        Effect.gen(function* () {
          for (const path of [tokenPath, "/indieauth/authorize", "/indieauth/introspect", "/indieauth/revoke"]) {
            const answer = yield* post(path, body, { "content-type": type })
            if (path === "/indieauth/introspect" && status === 400 && body === "") {
              expect(answer.status).toBe(401)
              continue
            }
            expect([path, refusal(answer).status, refusal(answer).error]).toEqual([path, status, "invalid_request"])
          }
        })
      )

      it.effect("an Authorization header is not read as a client secret, and is ignored", () =>
        Effect.gen(function* () {
          const headers = { authorization: "Basic aHR0cHM6Ly9hcHAuZXhhbXBsZS86" }
          expect((yield* post(tokenPath, redemption(yield* codeFor()), headers)).status).toBe(200)
        })
      )
    })

    describe("refresh tokens", () => {
      const renew = (refresh_token: string, changes: Readonly<Record<string, string>> = {}) =>
        post(tokenPath, { grant_type: "refresh_token", refresh_token, client_id: "https://app.example/", ...changes })

      it.effect("renew the token and themselves; a reused one ends it", () =>
        Effect.gen(function* () {
          const first = yield* tokenFor("create update", "renewed")
          const answer = yield* renew(first.refresh_token)
          expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"])
          const second = JSON.parse(answer.body)
          expect(second).toMatchObject({ scope: "create update", me: "https://me.example/", expires_in: 2_592_000 })
          expect(second.access_token).not.toBe(first.access_token)
          expect(second.refresh_token).not.toBe(first.refresh_token)
          expect([yield* isActive(first.access_token), yield* isActive(second.access_token)]).toEqual([false, true])
          const again = refusal(yield* renew(first.refresh_token))
          expect(again).toMatchObject({ status: 400, error: "invalid_grant" })
          expect(again.description).toContain("already used")
          expect(yield* isActive(second.access_token)).toBe(false)
        })
      )

      it.effect("are bound to one client, and to the scopes that the owner allowed", () =>
        Effect.gen(function* () {
          const { refresh_token } = yield* tokenFor("create update", "renewed")
          const foreign = refusal(yield* renew(refresh_token, { client_id: "https://evil.example/" }))
          expect(foreign).toMatchObject({ status: 400, error: "invalid_grant" })
          const more = refusal(yield* renew(refresh_token, { scope: "create delete" }))
          expect(more).toMatchObject({ status: 400, error: "invalid_scope" })
          expect(more.description).toContain("delete")
          expect(JSON.parse((yield* renew(refresh_token, { scope: "create" })).body)).toMatchObject({ scope: "create" })
        })
      )
    })

    describe("C4: scopes for other sites", () => {
      const scope = "create read https://other.example/scope:channels"

      it.effect("are kept in the token, its renewal and introspection; unticked ones are not", () =>
        Effect.gen(function* () {
          const code = yield* codeFor(
            { scope: `${scope} follow` },
            `decision=allow&lifetime=renewed${scope
              .split(" ")
              .map((each) => `&scope=${encodeURIComponent(each)}`)
              .join("")}`
          )
          const first = JSON.parse((yield* post(tokenPath, redemption(code))).body)
          expect(first.scope).toBe(scope)
          const renewal = {
            grant_type: "refresh_token",
            refresh_token: first.refresh_token,
            client_id: "https://app.example/"
          }
          const second = JSON.parse((yield* post(tokenPath, renewal)).body)
          expect(second.scope).toBe(scope)
          const headers = bearer(second.access_token)
          expect(JSON.parse((yield* introspect(second.access_token, headers)).body)).toMatchObject({
            active: true,
            scope
          })
          expect(JSON.parse((yield* ask(tokenPath, { headers })).body)).toMatchObject({ scope })
          expect(refusal(yield* ask("/indieauth/userinfo", { headers }))).toMatchObject({ status: 403 })
        })
      )

      it.effect("give a token without any scope for this site, which the owner's list shows", () =>
        Effect.gen(function* () {
          const { access_token } = yield* tokenFor("read channels")
          expect(JSON.parse((yield* introspect(access_token, bearer(access_token))).body)).toMatchObject({
            scope: "read channels"
          })
          const list = yield* ask("/admin/tokens", { headers: { accept: "text/html", ...(yield* ownerCookie) } })
          expect(list.body).toContain("For other sites: read, channels")
        })
      )

      it.effect("`post` is an alias of `create`", () =>
        Effect.gen(function* () {
          const code = yield* codeFor({ scope: "post create update" })
          expect(JSON.parse((yield* post(tokenPath, redemption(code))).body).scope).toBe("create update")
        })
      )
    })

    describe("introspection (RFC 7662 + me)", () => {
      it.effect("MUST need authorization, else 401", () =>
        Effect.gen(function* () {
          const { access_token } = yield* tokenFor("create")
          const nobody = yield* introspect(access_token, {})
          expect(refusal(nobody)).toMatchObject({ status: 401, error: "unauthorized" })
          expect(nobody.headers.get("www-authenticate")).toContain("Bearer")
          const unknown = yield* introspect(access_token, bearer("a".repeat(43)))
          expect(refusal(unknown)).toMatchObject({ status: 401, error: "invalid_token" })
          expect(unknown.headers.get("www-authenticate")).toContain('error="invalid_token"')
        })
      )

      it.effect(
        "C1: the same token in the header and in the body is one token; different ones: 400 invalid_request",
        () =>
          Effect.gen(function* () {
            const { access_token } = yield* tokenFor("create")
            const body = { token: access_token, access_token }
            for (const headers of [{}, bearer(access_token)]) {
              expect(JSON.parse((yield* post("/indieauth/introspect", body, headers)).body)).toMatchObject({
                active: true
              })
            }
            const other = yield* tokenFor("create")
            const two = yield* post("/indieauth/introspect", body, bearer(other.access_token))
            expect(refusal(two)).toMatchObject({ status: 400, code: "auth.token_ambiguous" })
          })
      )

      it.effect("a valid token: active, me, client_id, scope, times in seconds", () =>
        Effect.gen(function* () {
          const asking = yield* tokenFor("profile")
          const { access_token } = yield* tokenFor("create update", "day")
          const answer = yield* introspect(access_token, bearer(asking.access_token))
          expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"])
          const body = JSON.parse(answer.body)
          expect(body).toMatchObject({
            active: true,
            me: "https://me.example/",
            client_id: "https://app.example/",
            scope: "create update",
            token_type: "Bearer"
          })
          expect(body.exp - body.iat).toBe(86_400)
          const itself = JSON.parse((yield* introspect(access_token, bearer(access_token))).body)
          expect(itself).toMatchObject({ active: true })
          const eternal = JSON.parse((yield* introspect(asking.access_token, bearer(access_token))).body)
          expect(eternal).not.toHaveProperty("exp")
        })
      )

      it.effect("unknown token is 200 with only active:false, a JSON boolean", () =>
        Effect.gen(function* () {
          const { access_token } = yield* tokenFor("create")
          for (const token of ["x", "a".repeat(43), "a".repeat(60_000)]) {
            const answer = yield* introspect(token, bearer(access_token))
            expect([answer.status, answer.body]).toEqual([200, '{"active":false}'])
          }
          expect(refusal(yield* introspect("", bearer(access_token)))).toMatchObject({ error: "invalid_request" })
        })
      )

      it.effect("older servers may ask by GET on the token endpoint", () =>
        Effect.gen(function* () {
          const { access_token } = yield* tokenFor("create")
          const answer = yield* ask(tokenPath, { headers: bearer(access_token) })
          expect(JSON.parse(answer.body)).toEqual({
            me: "https://me.example/",
            client_id: "https://app.example/",
            scope: "create"
          })
          expect(refusal(yield* ask(tokenPath)).status).toBe(401)
          expect(refusal(yield* ask(`${tokenPath}?access_token=${access_token}`)).status).toBe(400)
        })
      )
    })

    describe("revocation (RFC 7009): 200 also for unknown tokens; a revoked token stops working", () => {
      it.effect("of an access token, and of a refresh token", () =>
        Effect.gen(function* () {
          const first = yield* tokenFor("create")
          const answer = yield* post("/indieauth/revoke", { token: first.access_token, token_type_hint: "nonsense" })
          expect([answer.status, answer.body]).toEqual([200, ""])
          expect(yield* isActive(first.access_token)).toBe(false)
          const second = yield* tokenFor("create", "renewed")
          yield* post("/indieauth/revoke", { token: second.refresh_token, token_type_hint: "refresh_token" })
          expect(yield* isActive(second.access_token)).toBe(false)
          const third = yield* tokenFor("create")
          const older = yield* post(tokenPath, { action: "revoke", token: third.access_token })
          expect([older.status, yield* isActive(third.access_token)]).toEqual([200, false])
          for (const token of ["x", first.access_token, "a".repeat(43)]) {
            expect((yield* post("/indieauth/revoke", { token })).status).toBe(200)
          }
          const nothing = refusal(yield* post("/indieauth/revoke", { token: "" }))
          expect(nothing).toMatchObject({ status: 400, error: "invalid_request" })
        })
      )
    })

    describe("userinfo: 401 without token, insufficient_scope without profile scope", () => {
      const userinfo = (headers: Readonly<Record<string, string>>, query = "") =>
        ask(`/indieauth/userinfo${query}`, { headers })

      it.effect("and the profile with it", () =>
        Effect.gen(function* () {
          expect(refusal(yield* userinfo({}))).toMatchObject({ status: 401, error: "unauthorized" })
          expect(refusal(yield* userinfo(bearer("x")))).toMatchObject({ status: 401, error: "invalid_token" })
          const without = yield* userinfo(bearer((yield* tokenFor("create")).access_token))
          expect(refusal(without)).toMatchObject({ status: 403, error: "insufficient_scope" })
          expect(without.headers.get("www-authenticate")).toContain('scope="profile"')
          const { access_token } = yield* tokenFor("profile email")
          const answer = yield* userinfo(bearer(access_token))
          expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"])
          expect(JSON.parse(answer.body)).toEqual({ name: "Me", url: "https://me.example/" })
          const inAddress = refusal(yield* userinfo({}, `?access_token=${access_token}`))
          expect(inAddress).toMatchObject({ status: 400, error: "invalid_request", code: "indieauth.malformed" })
          expect(inAddress.description).toContain("never in the URL")
        })
      )
    })
  })

  layer(site({ rateLimitEnabled: false, siteAuthor: Option.none() }), { excludeTestServices: true })((it) => {
    it.effect("the profile says what the settings say: photo, and e-mail address only with its scope", () =>
      Effect.gen(function* () {
        const settings = yield* SiteSettings
        yield* settings.change("you", 0, { name: "Ada", bio: "", email: "ada@me.example", links: [] })
        const picture = yield* Effect.promise(() =>
          sharp({ create: { width: 40, height: 40, channels: 3, background: "red" } })
            .png()
            .toBuffer()
        )
        yield* (yield* OwnerPhoto).replace(picture)
        const known = { name: "Ada", url: "https://me.example/", photo: "https://me.example/photo.jpg" }
        const email = "ada@me.example"
        expect((yield* tokenFor("create profile")).profile).toEqual(known)
        const { access_token, profile } = yield* tokenFor("profile email")
        expect(profile).toEqual({ ...known, email })
        expect(JSON.parse((yield* ask("/indieauth/userinfo", { headers: bearer(access_token) })).body)).toEqual({
          ...known,
          email
        })
        const code = yield* codeFor({ scope: "profile email" }, "decision=allow&scope=profile&scope=email")
        const identity = yield* post("/indieauth/authorize", redemption(code))
        expect(JSON.parse(identity.body)).toEqual({ me: "https://me.example/", profile: { ...known, email } })
        expect(yield* tokenFor("create email")).not.toHaveProperty("profile")
      })
    )
  })

  layer(site())((it) => {
    it.effect(
      "a code that is older than five minutes: invalid_grant that says so; so is a request of half an hour",
      () =>
        Effect.gen(function* () {
          const code = yield* codeFor()
          yield* TestClock.adjust("5 minutes")
          const refused = refusal(yield* post(tokenPath, redemption(code)))
          expect(refused).toMatchObject({ status: 400, error: "invalid_grant" })
          expect(refused.description).toContain("expired")
          const headers = yield* ownerCookie
          const page = yield* authorize(parameters(), headers)
          yield* TestClock.adjust("30 minutes")
          const late = yield* decide(page.body, "decision=allow", headers)
          expect([late.status, late.headers.get("location")]).toEqual([400, null])
        })
    )

    it.effect("a token for a day is expired the day after, and unlimited ones stay valid", () =>
      Effect.gen(function* () {
        const [day, eternal] = [yield* tokenFor("profile", "day"), yield* tokenFor("profile")]
        yield* TestClock.adjust("1 day")
        const dead = yield* ask("/indieauth/userinfo", { headers: bearer(day.access_token) })
        expect(refusal(dead)).toMatchObject({ status: 401, error: "invalid_token" })
        expect(refusal(dead).description).toContain("expired")
        yield* TestClock.adjust("3650 days")
        expect((yield* ask("/indieauth/userinfo", { headers: bearer(eternal.access_token) })).status).toBe(200)
      })
    )
  })
})
