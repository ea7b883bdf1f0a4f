import { describe, expect, it } from "@effect/vitest"
import { Clock, Context, Duration, Effect, Fiber, Layer, Option, TestClock } from "effect"
import { layerFrom } from "../../../layers/memory/Settings.js"
import { Settings } from "../../../src/settings/Config.js"
import { eventually } from "../../fixtures/Eventually.js"
import { serveSite, siteOf } from "../../fixtures/ExternalSite.js"
import { fakeProvider, type Mood } from "../../fixtures/FakeProvider.js"
import { listen } from "../../fixtures/Listener.js"
import { isOverInstances } from "../../fixtures/SiteEngine.js"

const hour = Duration.toMillis(Duration.hours(1))
const minute = Duration.toMillis(Duration.minutes(1))

describe("IndieAuth: the site as a resource server of an external one", () => {
  it.scoped(
    "C11: the home page names the provider's endpoints, in the page and in the header, and requests them once",
    () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        const home = yield* site.ask("/")
        const link = home.headers.get("link") ?? ""
        const origin = new URL(provider.me).origin
        expect(link).toMatch(new RegExp(`<${origin}/[^>]*>; rel="authorization_endpoint"`))
        expect(link).toMatch(new RegExp(`<${origin}/[^>]*>; rel="token_endpoint"`))
        expect(link).toContain('<https://me.example/micropub>; rel="micropub"')
        expect(home.body).toContain(`rel="authorization_endpoint" href="${origin}`)
        const etag = home.headers.get("etag") ?? ""
        expect((yield* site.ask("/", { headers: { "if-none-match": etag } })).status).toBe(304)
      })
  )

  describe("token MUST be checked for validity, expiry and scope", () => {
    it.scoped("a token that the provider confirms may post, an unknown one may not", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("good-token")
        expect(yield* site.use("good-token")).toMatchObject({ status: 201 })
        const refused = yield* site.use("other-token")
        expect(refused).toMatchObject({ status: 401, code: "auth.token_invalid" })
        expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"')
      })
    )

    it.scoped("a token in a form's body is accepted like one in the header", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("good-token")
        const body = new URLSearchParams({ content: "x", access_token: "good-token" })
        expect(yield* site.ask("/micropub", { method: "POST", body })).toMatchObject({ status: 201 })
      })
    )

    it.scoped("a token past its `exp` is rejected, also if it expires while the answer is cached", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        const now = (yield* Clock.currentTimeMillis) / 1000
        provider.grant("dead", "create", { exp: now - 1 })
        provider.grant("dying", "create", { exp: now + 30 })
        expect(yield* site.use("dead")).toMatchObject({ status: 401, code: "auth.token_invalid" })
        expect(yield* site.use("dying")).toMatchObject({ status: 201 })
        yield* TestClock.adjust(31_000)
        const late = yield* site.use("dying")
        expect(late).toMatchObject({ status: 401, code: "auth.token_invalid" })
        expect(JSON.parse(late.body).error_description).toContain("expired")
      })
    )

    it.scoped.each<[unknown, number]>([
      ["create", 201],
      ["  profile  create ", 201],
      [["update", "create"], 201],
      ["update delete", 403],
      ["created", 403],
      ["", 403],
      [null, 403]
    ])("the scope %j is answered with %i", ([scope, status]) =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("token", scope)
        expect(yield* site.use("token")).toMatchObject({
          status,
          code: status === 201 ? undefined : "micropub.scope_missing"
        })
      })
    )

    it.scoped("a token for drafts creates drafts, one for media no posts", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("drafts", "draft")
        provider.grant("media", "media")
        expect(yield* site.use("drafts")).toMatchObject({ status: 201 })
        expect(yield* site.use("media")).toMatchObject({ status: 403 })
      })
    )
  })

  describe("`me` of the token is the owner's URL; compare after normalisation (host case, empty path)", () => {
    it.scoped("the same address in another spelling is the owner", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf({ me: provider.origin.replace("http:", "HTTP:") })
        provider.grant("token", "create", {}, provider.origin)
        expect(yield* site.use("token")).toMatchObject({ status: 201 })
      })
    )

    it.scoped("another person's token is refused by name", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        for (const [index, me] of [
          "https://eve.example/",
          `${provider.me}eve`,
          `${provider.origin}.eve.example/`,
          `http://127.0.0.1@eve.example/`,
          `${provider.me}#eve`,
          provider.me.replace("http:", "https:"),
          "not an address",
          ""
        ].entries()) {
          provider.grant(`token-${index}`, "create", {}, me)
          const refused = yield* site.use(`token-${index}`)
          expect(refused, me).toMatchObject({ status: 403, code: "auth.me_mismatch" })
          expect(JSON.parse(refused.body)).toMatchObject({ error: "forbidden" })
          expect(JSON.parse(refused.body).error_description).toContain(provider.me)
        }
      })
    )
  })

  describe("introspection by POST with `token`; older servers: GET on the token endpoint with the bearer header. Token never in a query string", () => {
    it.scoped("uses introspection if the provider offers it", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("good-token")
        yield* site.use("good-token")
        expect(provider.questions).toEqual([{ method: "POST", path: "/introspect", token: "good-token" }])
        expect(provider.requests.map(({ url }) => url)).toEqual(["/", "/metadata", "/introspect"])
      })
    )

    it.scoped.each([true, false])("uses the older GET otherwise (metadata: %s)", (metadata) =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider({ metadata, introspection: false })
        const site = yield* siteOf(provider)
        provider.grant("good-token")
        expect(yield* site.use("good-token")).toMatchObject({ status: 201 })
        expect(yield* site.use("other-token")).toMatchObject({ status: 401, code: "auth.token_invalid" })
        expect(provider.questions[0]).toEqual({ method: "GET", path: "/token", token: "good-token" })
        expect(provider.requests.every(({ url }) => !url?.includes("token="))).toBe(true)
      })
    )

    it.scoped("accepts a form-encoded answer of the oldest providers", () =>
      Effect.gen(function* () {
        const old = yield* listen((request, response, origin) => {
          if (request.url === "/") response.writeHead(200, { link: "</token>; rel=token_endpoint" }).end()
          else response.writeHead(200).end(`me=${encodeURIComponent(origin)}&scope=create+update&client_id=x`)
        })
        const site = yield* siteOf({ me: `${old.origin}/` })
        expect(yield* site.use("token")).toMatchObject({ status: 201 })
        expect(old.requests[1]?.headers.authorization).toBe("Bearer token")
      })
    )

    it.scoped("uses the older way if the introspection endpoint refuses us", () =>
      Effect.gen(function* () {
        const closed = yield* listen((request, response, origin) => {
          const json = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body))
          if (request.url === "/") response.writeHead(200, { link: "</m>; rel=indieauth-metadata" }).end()
          else if (request.url === "/m") {
            json(200, { issuer: origin, introspection_endpoint: `${origin}/i`, token_endpoint: `${origin}/t` })
          } else if (request.url === "/t" && request.headers.authorization === "Bearer good") {
            json(200, { me: origin, scope: "create" })
          } else json(401, { error: "invalid_client" })
        })
        const site = yield* siteOf({ me: `${closed.origin}/` })
        expect(yield* site.use("good")).toMatchObject({ status: 201 })
        expect(yield* site.use("bad-token")).toMatchObject({ status: 401, code: "auth.token_invalid" })
      })
    )

    it.scoped("does not follow a redirect of the endpoint with the token", () =>
      Effect.gen(function* () {
        const thief = yield* listen((_, response) => response.end('{"me":"x"}'))
        const moved = yield* listen((request, response) => {
          if (request.url === "/") response.writeHead(200, { link: "</token>; rel=token_endpoint" }).end()
          else response.writeHead(307, { location: thief.origin }).end()
        })
        const site = yield* siteOf({ me: `${moved.origin}/` })
        expect(yield* site.use("token")).toMatchObject({ status: 503, code: "indieauth.provider_unavailable" })
        expect(thief.connections()).toBe(0)
      })
    )
  })

  describe("an external failure (5xx, garbage, hang) never lets a request in, and holds up nobody else", () => {
    it.scoped.each<[Mood, boolean]>([
      ["down", true],
      ["down", false],
      ["garbage", true],
      ["garbage", false],
      ["html", true],
      ["html", false]
    ])("a provider that is %s (introspection: %s): 503 with that reason", ([mood, introspection]) =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider({ introspection })
        const site = yield* siteOf(provider)
        provider.grant("good-token")
        provider.state.mood = mood
        const answer = yield* site.use("good-token")
        expect(answer).toMatchObject({ status: 503, code: "indieauth.provider_unavailable" })
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0)
        expect(JSON.parse(answer.body)).toMatchObject({ error: "temporarily_unavailable" })
        expect(answer.body).not.toContain("127.0.0.1")
        const [line] = (yield* site.logs).filter(({ message }) => message === "Request refused")
        expect(JSON.stringify(line?.fields)).toContain("127.0.0.1")
        // As soon as it is well again, so are the tokens.
        provider.state.mood = "honest"
        yield* TestClock.adjust(10_000)
        expect(yield* site.use("good-token")).toMatchObject({ status: 201 })
      })
    )

    it.scoped.each<[string, unknown]>([
      ["`active` in quotes", { active: "true", me: "ME", scope: "create" }],
      ["`active` as a number", { active: 1, me: "ME", scope: "create" }],
      ["no `active`", { me: "ME", scope: "create" }],
      ["no `me`", { active: true, scope: "create" }],
      ["a `me` that is a list", { active: true, me: ["ME"], scope: "create" }],
      ["a scope that is an object", { active: true, me: "ME", scope: { create: true } }],
      ["an `exp` that is no time", { active: true, me: "ME", scope: "create", exp: "tomorrow" }],
      ["a list", [{ active: true, me: "ME", scope: "create" }]],
      ["null", null],
      ["nothing", undefined]
    ])("an introspection with %s grants no access", ([_, answer]) =>
      Effect.gen(function* () {
        const odd = yield* listen((request, response, origin) => {
          const json = (body: unknown) => response.end(JSON.stringify(body)?.replaceAll("ME", `${origin}/`))
          if (request.url === "/") response.writeHead(200, { link: "</m>; rel=indieauth-metadata" }).end()
          else if (request.url === "/m") json({ issuer: origin, introspection_endpoint: "/i" })
          else json(answer)
        })
        const site = yield* siteOf({ me: `${odd.origin}/` })
        expect(yield* site.use("token")).toMatchObject({ status: 503, code: "indieauth.provider_unavailable" })
      })
    )

    it.scoped("a hanging provider times out, and delays neither other tokens nor those of the site", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        const local = yield* site.localToken("create")
        provider.grant("quick-token")
        provider.grant("slow-token")
        provider.state.slow.add("slow-token")
        const hanging = yield* Effect.fork(site.use("slow-token"))
        yield* eventually(
          Effect.sync(() => provider.questions.length),
          (asked) => asked === 1
        )
        const others = [site.use(local.token), site.use("quick-token"), site.use("unknown-token")]
        const answers = yield* Effect.all(others, { concurrency: "unbounded" })
        expect(answers.map(({ status }) => status)).toEqual([201, 201, 401])
        yield* TestClock.adjust(Duration.millis(4_999))
        expect(Option.isNone(yield* Fiber.poll(hanging))).toBe(true)
        yield* TestClock.adjust(Duration.millis(1))
        expect(yield* Fiber.join(hanging)).toMatchObject({ status: 503, code: "indieauth.provider_unavailable" })
      })
    )

    it.scoped("an unreachable provider does not affect the site's own tokens", () =>
      Effect.gen(function* () {
        const port = yield* Effect.scoped(
          Effect.map(
            listen(() => {}),
            ({ port }) => port
          )
        )
        const site = yield* siteOf({ me: `http://127.0.0.1:${port}/` })
        const local = yield* site.localToken("create")
        expect(yield* site.use("token")).toMatchObject({ status: 503, code: "indieauth.provider_unavailable" })
        expect(yield* site.use(local.token)).toMatchObject({ status: 201 })
      })
    )
  })

  describe("the answer is cached for a short time only (five requests must not make five questions; one minute at most)", () => {
    // Each instance asks for itself.
    it.scoped.skipIf(isOverInstances)("five requests, one after another or at once, cause one introspection", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("first")
        provider.grant("second")
        for (let count = 0; count < 5; count += 1) expect(yield* site.use("first")).toMatchObject({ status: 201 })
        yield* Effect.replicateEffect(site.use("second"), 5, { concurrency: "unbounded" })
        yield* Effect.replicateEffect(site.use("nobody's"), 5, { concurrency: "unbounded" })
        yield* Effect.replicateEffect(site.use("nobodys"), 5, { concurrency: "unbounded" })
        // What cannot be a token is no question at all.
        expect(provider.questions.map(({ token }) => token)).toEqual(["first", "second", "nobodys"])
        expect(provider.requests.filter(({ url }) => url === "/")).toHaveLength(1)
      })
    )

    it.scoped("a token that was revoked there is rejected here after a minute", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("token")
        expect(yield* site.use("token")).toMatchObject({ status: 201 })
        provider.grants.delete("token")
        yield* TestClock.adjust(minute)
        expect(yield* site.use("token")).toMatchObject({ status: 401, code: "auth.token_invalid" })
        // A token that comes to life is known sooner.
        provider.grant("token")
        yield* TestClock.adjust(10_000)
        expect(yield* site.use("token")).toMatchObject({ status: 201 })
      })
    )

    // Each instance asks for itself.
    it.scoped.skipIf(isOverInstances)(
      "a caller that goes away during the introspection does not cancel it for the others",
      () =>
        Effect.gen(function* () {
          const provider = yield* fakeProvider()
          const site = yield* siteOf(provider)
          provider.grant("token")
          provider.state.mood = "thinking"
          const controller = new AbortController()
          const headers = { authorization: "Bearer token" }
          const leaving = Effect.exit(site.ask("/micropub?q=config", { headers, signal: controller.signal }))
          const left = yield* Effect.fork(leaving)
          yield* eventually(
            Effect.sync(() => provider.questions.length),
            (asked) => asked === 1
          )
          const staying = yield* Effect.fork(site.use("token"))
          controller.abort()
          yield* Fiber.join(left)
          yield* eventually(site.logs, (lines) => lines.some(({ fields }) => fields.aborted === true))
          for (const answer of provider.state.thoughts) answer()
          expect(yield* Fiber.join(staying)).toMatchObject({ status: 201 })
          expect(provider.questions).toHaveLength(1)
        })
    )

    it.scoped("only hashes of tokens are cached, and none is logged", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        provider.grant("a-very-secret-token")
        yield* site.use("a-very-secret-token")
        expect(JSON.stringify(yield* site.logs)).not.toContain("a-very-secret-token")
      })
    )
  })

  describe("the endpoints come from configuration or from discovery on the **owner's own** profile URL, never from the token or the request", () => {
    it.scoped("no provider is asked if the site is the owner's identity", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        provider.grant("token")
        for (const adminMe of [
          Option.none(),
          Option.some("https://me.example/"),
          Option.some("https://ME.example/ada")
        ]) {
          const site = yield* siteOf(provider, { adminMe })
          expect(yield* site.use("token")).toMatchObject({ status: 401, code: "auth.token_invalid" })
        }
        expect(provider.requests).toHaveLength(0)
      })
    )

    it.scoped("a token's own claim of its origin is ignored", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const thief = yield* listen((_, response) => response.end('{"active":true}'))
        const site = yield* siteOf(provider)
        const claims = { iss: thief.origin, me: provider.me, scope: "create" }
        const jwt = ["{}", JSON.stringify(claims), "x"].map((part) => Buffer.from(part).toString("base64url")).join(".")
        expect(yield* site.use(jwt)).toMatchObject({ status: 401, code: "auth.token_invalid" })
        yield* site.ask("/micropub?q=config", {
          headers: { authorization: "Bearer t", host: "evil.example", origin: thief.origin, referer: thief.origin }
        })
        expect(thief.connections()).toBe(0)
      })
    )

    it.scoped("a revoked or expired token of this site is not introspected", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        const site = yield* siteOf(provider)
        const revoked = yield* site.localToken("create")
        provider.grant(revoked.token)
        yield* site.tokens.revoke(revoked.id)
        expect(yield* site.use(revoked.token)).toMatchObject({ status: 401, code: "auth.token_invalid" })
        expect(provider.requests).toHaveLength(0)
      })
    )

    it.scoped("a page in a private network is not requested unless the settings name its host", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider()
        provider.grant("token")
        const site = yield* siteOf(provider, { outboundAllow: [] })
        // In production a token would go there in the clear, too.
        expect((yield* site.use("token")).status).toBe(502)
        const secure = yield* siteOf({ me: provider.me.replace("http:", "https:") }, { outboundAllow: [] })
        expect(yield* secure.use("token")).toMatchObject({ status: 503, code: "indieauth.provider_unavailable" })
        expect(provider.requests).toHaveLength(0)
      })
    )

    it.scoped("metadata of another issuer is rejected", () =>
      Effect.gen(function* () {
        for (const issuer of ["https://eve.example/", "http://127.0.0.1/", "nonsense", "http://127.0.0.1:1/?a"]) {
          const provider = yield* fakeProvider({ issuer })
          provider.grant("token")
          const site = yield* siteOf(provider)
          const refused = yield* site.use("token")
          expect(refused).toMatchObject({ status: 502, code: "indieauth.provider_unusable" })
          expect(provider.questions).toHaveLength(0)
        }
      })
    )

    it.scoped("a page without endpoints confirms nobody", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider({
          page: () => ({ html: "<p>Hello <a rel='token_endpoint authorization_endpoint' href='/token'>comment</a>" })
        })
        const site = yield* siteOf(provider)
        provider.grant("token")
        expect(yield* site.use("token")).toMatchObject({ status: 401, code: "auth.token_invalid" })
        expect(provider.questions).toHaveLength(0)
      })
    )

    // Each instance asks for itself.
    it.scoped.skipIf(isOverInstances)(
      "the endpoints are discovered once an hour, and stay in use while the page is unavailable",
      () =>
        Effect.gen(function* () {
          const provider = yield* fakeProvider()
          const site = yield* siteOf(provider)
          const pages = () => provider.requests.filter(({ url }) => url === "/").length
          provider.grant("token")
          yield* site.use("token")
          yield* TestClock.adjust(hour - 5_000)
          yield* site.use("token")
          expect(pages()).toBe(1)
          provider.state.pageDown = true
          yield* TestClock.adjust(10_000 + minute)
          expect(yield* site.use("token")).toMatchObject({ status: 201 })
          expect(pages()).toBe(2)
          // It is asked for again soon, but not by every request.
          yield* site.use("another-token")
          expect(pages()).toBe(2)
          yield* TestClock.adjust(25 * hour)
          expect(yield* site.use("token")).toMatchObject({ status: 503, code: "indieauth.provider_unavailable" })
          provider.state.pageDown = false
          yield* TestClock.adjust(minute)
          expect(yield* site.use("token")).toMatchObject({ status: 201 })
        })
    )

    it.scoped("the original's names of the settings have the same effect", () =>
      Effect.gen(function* () {
        const provider = yield* fakeProvider({ metadata: false })
        provider.grant("token")
        const settings = yield* Layer.build(
          layerFrom({
            SITE_URL: "https://me.example/",
            ADMIN_ME: provider.origin,
            TOKEN_ENDPOINT: "https://tokens.indieauth.com/token",
            STARPUNK_ENV: "production",
            STARPUNK_OUTBOUND_ALLOW: "127.0.0.1"
          })
        )
        const site = yield* serveSite(Context.get(settings, Settings))
        expect(yield* site.use("token")).toMatchObject({ status: 201 })
      })
    )
  })
})
