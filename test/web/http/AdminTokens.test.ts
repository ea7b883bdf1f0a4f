import { describe, expect, layer } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import type { NewAccessToken } from "../../../src/domain/indieauth/AccessToken.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { codeFor, ownerCookie, post, redemption, site } from "../../fixtures/IndieAuthSite.js"
import { ask } from "../../fixtures/TestServer.js"

const page = Effect.flatMap(ownerCookie, (headers) =>
  ask("/admin/tokens", { headers: { accept: "text/html", ...headers } })
)
const asOwner = (path: string, body: string) =>
  Effect.flatMap(ownerCookie, (headers) => post(path, body, { accept: "text/html", ...headers }))
const create = (token: Partial<NewAccessToken> = {}) =>
  Effect.flatMap(AccessTokens, (tokens) =>
    tokens.create({ label: "Editor", me: "https://me.example/", scopes: ["create"], ...token })
  )
const stateOf = (token: Redacted.Redacted) =>
  Effect.flatMap(AccessTokens, (tokens) =>
    Effect.match(tokens.verify(token), {
      onFailure: (failure) => (failure._tag === "TokenInvalid" ? failure.reason : failure._tag),
      onSuccess: ({ label }) => label
    })
  )

describe("/admin/tokens", () => {
  layer(site(), { excludeTestServices: true })((it) => {
    it.effect("is accessible to the owner only", () =>
      Effect.gen(function* () {
        const { record, token } = yield* create({ label: "Kept" })
        const browser = yield* ask("/admin/tokens", { headers: { accept: "text/html" } })
        expect(browser.headers.get("location")).toBe("/auth/login?next=%2Fadmin%2Ftokens")
        for (const path of [
          "/admin/tokens",
          `/admin/tokens/${record.id}/revoke`,
          `/admin/tokens/${record.id}/rename`,
          "/admin/tokens/revoke-client"
        ]) {
          expect((yield* post(path, "label=x&scope=create&client_id=x")).status).toBe(401)
          const headers = { origin: "https://evil.example", ...(yield* ownerCookie) }
          expect((yield* post(path, "label=x&scope=create&client_id=x", headers)).status).toBe(403)
        }
        expect(yield* stateOf(token)).toBe("Kept")
      })
    )

    it.effect("shows name, app, scopes and times, escaped, and no token", () =>
      Effect.gen(function* () {
        const { token } = yield* create({
          label: "<b>Bold</b>",
          scopes: ["create", "media"],
          clientId: "https://app.example/",
          clientName: "An <i>app</i>"
        })
        const answer = yield* page
        expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"])
        for (const text of [
          "&lt;b>Bold&lt;/b>",
          "An &lt;i>app&lt;/i>",
          "https://app.example/",
          "create, media",
          "never used"
        ]) {
          expect(answer.body).toContain(text)
        }
        expect(answer.body).not.toContain("<b>")
        expect(answer.body).not.toContain(Redacted.value(token))
      })
    )

    it.effect("creates a token, and shows it once", () =>
      Effect.gen(function* () {
        const made = yield* asOwner("/admin/tokens", "label=Script&scope=create&scope=media&scope=root&lifetime=day")
        expect([made.status, made.headers.get("cache-control")]).toEqual([200, "no-store"])
        const token = /class="secret">([\w-]{43})</.exec(made.body)?.[1] ?? ""
        const record = yield* Effect.flatMap(AccessTokens, (tokens) => tokens.verify(Redacted.make(token)))
        expect(record).toMatchObject({ label: "Script", scopes: ["create", "media"], me: "https://me.example/" })
        expect((record.expiresAt ?? 0) - record.createdAt).toBe(86_400_000)
        const after = yield* page
        expect(after.body).toContain("Script")
        expect(after.body).not.toContain(token)
      })
    )

    it.effect.each([
      ["label=&scope=create", "name"],
      ["label=%20%0A&scope=create", "name"],
      ["label=x", "Choose at least one"],
      ["label=x&scope=root", "Choose at least one"],
      ["label=x&scope=create&lifetime=never", "Choose an expiry"]
    ] as const)("%s creates none, and gives the reason", ([body, reason]) =>
      Effect.gen(function* () {
        const before = yield* Effect.flatMap(AccessTokens, (tokens) => tokens.list)
        const answer = yield* asOwner("/admin/tokens", body)
        expect(answer.status).toBe(400)
        expect(answer.body).toContain(reason)
        expect(yield* Effect.flatMap(AccessTokens, (tokens) => tokens.list)).toHaveLength(before.length)
      })
    )

    it.effect("renames one", () =>
      Effect.gen(function* () {
        const { record, token } = yield* create()
        const answer = yield* asOwner(`/admin/tokens/${record.id}/rename`, "label=%20Tablet%20")
        expect([answer.status, answer.headers.get("location")]).toEqual([303, "/admin/tokens"])
        expect(yield* stateOf(token)).toBe("Tablet")
        yield* asOwner(`/admin/tokens/${record.id}/rename`, "label=%20")
        expect(yield* stateOf(token)).toBe("Tablet")
        yield* asOwner(`/admin/tokens/${record.id}/rename`, `label=${"x".repeat(500)}`)
        expect(yield* stateOf(token)).toBe("x".repeat(100))
        expect((yield* asOwner("/admin/tokens/no-such/rename", "label=x")).status).toBe(404)
      })
    )

    it.effect("revokes one at once, and again without an error", () =>
      Effect.gen(function* () {
        const { record, token } = yield* create({ label: "To be revoked" })
        const answer = yield* asOwner(`/admin/tokens/${record.id}/revoke`, "")
        expect([answer.status, answer.headers.get("location")]).toEqual([303, "/admin/tokens"])
        expect(yield* stateOf(token)).toBe("revoked")
        expect((yield* asOwner(`/admin/tokens/${record.id}/revoke`, "")).status).toBe(303)
        expect((yield* page).body).not.toContain("To be revoked")
      })
    )

    it.effect("revokes all of an app, including what its refresh tokens could renew, and no other", () =>
      Effect.gen(function* () {
        const clientId = "https://app.example/"
        const { token: other } = yield* create({ clientId: "https://other.example/" })
        const { token: byHand } = yield* create({ label: "By hand" })
        yield* create({ clientId })
        const code = yield* codeFor({}, "decision=allow&scope=create&lifetime=renewed")
        const { access_token, refresh_token } = JSON.parse((yield* post("/indieauth/token", redemption(code))).body)
        expect((yield* page).body).toMatch(/Revoke all \d+ tokens of this app/)
        yield* asOwner("/admin/tokens/revoke-client", `client_id=${encodeURIComponent(clientId)}`)
        expect(yield* stateOf(Redacted.make(access_token))).toBe("revoked")
        const renewed = yield* post("/indieauth/token", {
          grant_type: "refresh_token",
          refresh_token,
          client_id: clientId
        })
        expect(JSON.parse(renewed.body)).toMatchObject({ error: "invalid_grant" })
        expect([yield* stateOf(other), yield* stateOf(byHand)]).toEqual(["Editor", "By hand"])
        yield* asOwner("/admin/tokens/revoke-client", "client_id=")
        expect(yield* stateOf(byHand)).toBe("By hand")
      })
    )
  })
})
