import { describe, expect, it } from "@effect/vitest"
import { Clock, Duration, Effect, Option, Redacted, TestClock } from "effect"
import { CapturedLogs } from "../../../layers/memory/Logger.js"
import { codeAt, makeSecret } from "../../../src/domain/login/OneTimeCode.js"
import { Owner } from "../../../src/services/Owner.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { claimed, cookiesOf, ownerServer, passing, passphrase, visitor } from "../../fixtures/OwnerServer.js"
import { accessLines, ask, settings } from "../../fixtures/TestServer.js"

const http = { siteUrl: "http://me.example" }
const hostCookie = "__Host-starpunk_session"
const location = (answer: { readonly headers: Headers }) => answer.headers.get("location")

const sessions = Effect.flatMap(SessionManager, ({ list }) => list)
const logs = Effect.flatMap(CapturedLogs, ({ events }) => events)

const on = (...options: Parameters<typeof ownerServer>) => Effect.provide(ownerServer(...options))

const enrolled = Effect.gen(function* () {
  const owner = yield* claimed
  const secret = yield* makeSecret(new Uint8Array(20).fill(3))
  const now = Effect.flatMap(Clock.currentTimeMillis, (at) => codeAt(secret, at))
  yield* owner.enrolCodes(secret, yield* now)
  yield* TestClock.adjust("1 minute")
  return { owner, now }
})

describe("the setup link", () => {
  const link = Effect.map(
    Effect.flatMap(Owner, ({ issueSetup }) => issueSetup),
    (issued) => `/auth/setup/${Redacted.value(Option.getOrThrow(issued).key)}`
  )

  it.scoped("makes its first visitor the owner, and logs in at once", () =>
    Effect.gen(function* () {
      const person = visitor()
      const path = yield* link
      const form = yield* person.get(path)
      expect(form.status).toBe(200)
      expect(form.headers.get("cache-control")).toBe("no-store")
      expect(form.headers.get("referrer-policy")).toBe("same-origin")
      expect(form.body).toContain('autocomplete="new-password"')
      const done = yield* person.post(path, { passphrase, again: passphrase })
      expect(done.status).toBe(303)
      expect(location(done)).toBe("/admin/welcome")
      expect(yield* sessions).toHaveLength(1)
      yield* Effect.flatMap(Owner, (owner) => owner.verifyPassphrase(Redacted.make(passphrase)))
    }).pipe(on())
  )

  it.scoped("works once: afterwards it says that the site has its owner", () =>
    Effect.gen(function* () {
      const path = yield* link
      yield* visitor().post(path, { passphrase, again: passphrase })
      const stranger = visitor()
      for (const answer of [
        yield* stranger.get(path),
        yield* stranger.post(path, { passphrase: "mine now, thank you", again: "mine now, thank you" })
      ]) {
        expect(answer.status).toBe(403)
        expect(answer.body).toContain("This site already has an owner")
      }
      expect(stranger.jar.has(hostCookie)).toBe(false)
    }).pipe(on())
  )

  it.scoped("a wrong, an older and an expired one explain what to do", () =>
    Effect.gen(function* () {
      const person = visitor()
      const old = yield* link
      const newest = yield* link
      yield* TestClock.adjust("12 hours")
      for (const path of [
        "/auth/setup/wrong",
        `/auth/setup/${"x".repeat(43)}`,
        old,
        `/auth/setup/${"é".repeat(300)}`
      ]) {
        const answer = yield* person.get(encodeURI(path))
        expect(answer.status).toBe(403)
        expect(answer.body).toContain("npx starpunk owner setup")
        expect((yield* person.post(encodeURI(path), { passphrase })).status).toBe(403)
      }
      expect((yield* person.get(newest)).status).toBe(200)
      yield* TestClock.adjust("12 hours")
      expect((yield* person.get(newest)).status).toBe(403)
      expect((yield* Effect.flatMap(Owner, ({ state }) => state)).claimed).toBe(false)
    }).pipe(on())
  )

  it.scoped("an unacceptable passphrase is refused with the reason, on the same page", () =>
    Effect.gen(function* () {
      const path = yield* link
      const refused = (fields: Record<string, string>) => visitor().post(path, fields)
      const answers = [
        [yield* refused({ passphrase: "short" }), "too short"],
        [yield* refused({ passphrase, again: `${passphrase}!` }), "do not match"],
        [yield* refused({ passphrase: "x".repeat(1025) }), "too long"],
        [yield* refused({}), "too short"]
      ] as const
      for (const [answer, words] of answers) {
        expect(answer.status).toBe(422)
        expect(answer.body).toContain(words)
        expect(answer.body).toContain('autocomplete="new-password"')
        expect(answer.body).not.toContain(passphrase)
      }
      expect((yield* visitor().post(path, { passphrase, again: passphrase })).status).toBe(303)
    }).pipe(on())
  )

  it.scoped("writes its key neither to the access log nor to any other line", () =>
    Effect.gen(function* () {
      const path = yield* link
      const key = path.slice("/auth/setup/".length)
      yield* ask(path)
      yield* ask(`/auth/%73etup/${key}?x=1`)
      yield* visitor().post(path, { passphrase })
      const lines = yield* accessLines(3)
      expect(lines.map(({ fields }) => fields.path)).toEqual(Array(3).fill("/auth/setup/***"))
      expect(JSON.stringify(yield* logs)).not.toContain(key)
      expect(JSON.stringify(yield* logs)).not.toContain(passphrase)
    }).pipe(on())
  )

  it.scoped("a site without an owner says so at the login, and shows no field for a passphrase", () =>
    Effect.gen(function* () {
      yield* link
      const page = yield* visitor().get("/auth/login")
      expect(page.status).toBe(200)
      expect(page.body).toContain("This site has no owner yet")
      expect(page.body).toContain("npx starpunk owner setup")
      expect(page.body).not.toContain('name="passphrase"')
      const guess = yield* visitor().login()
      expect(guess.status).toBe(401)
      expect(cookiesOf(guess)).toEqual({})
    }).pipe(on())
  )
})

describe("the login", () => {
  it.scoped("with the passphrase redirects to the owner's posts, with a session bound to the host", () =>
    Effect.gen(function* () {
      yield* claimed
      const person = visitor({ "user-agent": "Test browser" })
      const page = yield* person.get("/auth/login")
      expect(page.body).toContain('action="/auth/login"')
      const answer = yield* person.login()
      expect(answer.status).toBe(303)
      expect(location(answer)).toBe("/admin/")
      expect(answer.headers.get("cache-control")).toBe("no-store")
      const cookie = cookiesOf(answer)[hostCookie]
      expect(cookie?.value).toMatch(/^[A-Za-z0-9_-]{43}$/)
      expect(cookie?.attributes.toSorted()).toEqual([
        "HttpOnly",
        `Max-Age=${Duration.toSeconds(settings.session.maxAge)}`,
        "Path=/",
        "SameSite=Lax",
        "Secure"
      ])
      expect(yield* sessions).toMatchObject([
        { owner: "https://me.example/", userAgent: "Test browser", address: "127.0.0.1" }
      ])
      expect((yield* person.get("/admin/security")).status).toBe(200)
    }).pipe(on())
  )

  it.scoped("on an http site sets the cookie of StarPunk (Python), which cannot be Secure", () =>
    Effect.gen(function* () {
      yield* claimed
      const cookie = cookiesOf(yield* visitor().login()).starpunk_session
      expect(cookie?.attributes).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Lax", "Path=/"]))
      expect(cookie?.attributes).not.toContain("Secure")
    }).pipe(on(http))
  )

  it.scoped("O11: separates two sites on one host, and accepts a session by its former cookie name", () =>
    Effect.gen(function* () {
      yield* claimed
      const token = cookiesOf(yield* visitor().login()).starpunk_session_8000?.value ?? ""
      const status = (cookie: string) =>
        Effect.map(ask("/admin/security", { headers: { cookie, accept: "text/html" } }), (answer) => answer.status)
      expect(yield* status(`starpunk_session_8001=another; starpunk_session_8000=${token}`)).toBe(200)
      expect(yield* status(`starpunk_session_8000=${token}; starpunk_session_8001=another`)).toBe(200)
      expect(yield* status(`starpunk_session_8001=another; starpunk_session=${token}`)).toBe(200)
      expect(yield* status("starpunk_session_8001=another; starpunk_session=gone")).not.toBe(200)
      const many = Array.from({ length: 500 }, (_, port) => `starpunk_session_${port}=x`).join("; ")
      expect(yield* status(many)).not.toBe(200)
    }).pipe(on({ siteUrl: "http://me.example:8000" }))
  )

  it.scoped("with a wrong passphrase shows the form again, with the error and the destination kept", () =>
    Effect.gen(function* () {
      yield* claimed
      const answer = yield* visitor().login({ passphrase: "wrong <b>passphrase</b>", next: "/admin/new?x=1" })
      expect(answer.status).toBe(401)
      expect(answer.body).toContain("The passphrase is wrong")
      expect(answer.body).toContain('name="next" value="/admin/new?x=1"')
      expect(answer.body).not.toContain("wrong &lt;b>")
      expect(cookiesOf(answer)).toEqual({})
      expect(yield* sessions).toEqual([])
    }).pipe(on())
  )

  it.scoped("returns the same as JSON to a program", () =>
    Effect.gen(function* () {
      yield* claimed
      const answer = yield* ask("/auth/login", { method: "POST", body: new URLSearchParams({ passphrase: "wrong" }) })
      expect(answer.status).toBe(401)
      expect(JSON.parse(answer.body)).toMatchObject({ code: "auth.passphrase_wrong" })
    }).pipe(on())
  )

  it.scoped.each<[string, string]>([
    ["/admin/edit/7?tab=1", "/admin/edit/7?tab=1"],
    [
      "/indieauth/authorize?client_id=https%3A%2F%2Fapp.example",
      "/indieauth/authorize?client_id=https%3A%2F%2Fapp.example"
    ],
    ["https://evil.example/", "/admin/"],
    ["//evil.example/", "/admin/"],
    ["/\\evil.example", "/admin/"],
    ["/\t/evil.example", "/admin/"],
    ["/.//evil.example", "/admin/"],
    ["/x\r\nset-cookie: a=b", "/admin/"],
    ["javascript:alert(1)", "/admin/"],
    ["", "/admin/"]
  ])("on the way to %j continues to %j", ([next, to]) =>
    Effect.gen(function* () {
      yield* claimed
      const person = visitor()
      expect(location(yield* person.login({ next }))).toBe(to)
      // And whoever is logged in already is led on without typing anything.
      const again = yield* person.get(`/auth/login?${new URLSearchParams({ next })}`)
      expect([again.status, location(again)]).toEqual([303, to])
    }).pipe(on())
  )

  it.scoped("ends the previous session of the browser", () =>
    Effect.gen(function* () {
      yield* claimed
      const person = visitor()
      yield* person.login()
      const old = person.jar.get(hostCookie) ?? ""
      yield* person.login()
      expect(person.jar.get(hostCookie)).not.toBe(old)
      expect(yield* sessions).toHaveLength(1)
      const thief = visitor()
      thief.jar.set(hostCookie, old)
      expect((yield* thief.get("/admin/security")).status).toBe(303)
    }).pipe(on())
  )

  it.scoped("does not accept a session that somebody planted in the browser", () =>
    Effect.gen(function* () {
      yield* claimed
      const person = visitor()
      person.jar.set(hostCookie, "x".repeat(43))
      yield* person.login()
      expect(person.jar.get(hostCookie)).not.toBe("x".repeat(43))
      expect(yield* sessions).toHaveLength(1)
    }).pipe(on())
  )

  it.scoped("says that a session ended, if that is the reason", () =>
    Effect.gen(function* () {
      yield* claimed
      const person = visitor()
      yield* person.login()
      yield* TestClock.adjust("31 days")
      const away = yield* person.get("/admin/security?x=1")
      expect([away.status, location(away)]).toEqual([303, "/auth/login?next=%2Fadmin%2Fsecurity%3Fx%3D1&ended=idle"])
      expect((yield* person.get(location(away) ?? "")).body).toContain("You were logged out because of inactivity")
      expect((yield* person.get("/auth/login?ended=constructor")).body).not.toContain("function")
    }).pipe(on())
  )

  it.scoped("answers 401 to a program without a session, not a login form", () =>
    Effect.gen(function* () {
      const answer = yield* ask("/admin/security")
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([401, "session.expired"])
    }).pipe(on())
  )

  it.scoped("is refused from another site", () =>
    Effect.gen(function* () {
      yield* claimed
      const answer = yield* visitor({ "sec-fetch-site": "cross-site", origin: "https://evil.example" }).login()
      expect(answer.status).toBe(403)
      expect(yield* sessions).toEqual([])
    }).pipe(on())
  )

  it.scoped.each<[string, RequestInit, number]>([
    ["no body", {}, 415],
    ["JSON", { headers: { "content-type": "application/json" }, body: "{}" }, 415],
    ["no fields", { body: new URLSearchParams() }, 401],
    ["a passphrase without end", { body: new URLSearchParams({ passphrase: "x".repeat(60_000) }) }, 401],
    ["too much", { body: new URLSearchParams({ passphrase: "x".repeat(70_000) }) }, 413],
    ["a passkey that is none", { body: new URLSearchParams({ passkey: "{}" }) }, 401]
  ])("refuses %s", ([_, init, status]) =>
    Effect.gen(function* () {
      yield* claimed
      expect((yield* ask("/auth/login", { method: "POST", ...init })).status).toBe(status)
    }).pipe(on())
  )
})

describe("the logout", () => {
  it.scoped("ends the session and deletes the cookie", () =>
    Effect.gen(function* () {
      yield* claimed
      const person = visitor()
      yield* person.login()
      const token = person.jar.get(hostCookie) ?? ""
      const asked = yield* person.get("/auth/logout")
      expect(asked.body).toContain('method="post" action="/auth/logout"')
      expect(yield* sessions).toHaveLength(1)
      const answer = yield* person.post("/auth/logout", {})
      expect([answer.status, location(answer)]).toEqual([303, "/"])
      expect(cookiesOf(answer)[hostCookie]).toMatchObject({
        value: "",
        attributes: expect.arrayContaining(["Max-Age=0"])
      })
      expect(yield* sessions).toEqual([])
      const thief = visitor()
      thief.jar.set(hostCookie, token)
      expect((yield* thief.get("/admin/security")).status).toBe(303)
      expect((yield* person.post("/auth/logout", {})).status).toBe(303)
    }).pipe(on())
  )
})

describe("a second step", () => {
  it.scoped("asks for the app's code after the passphrase, and not before", () =>
    Effect.gen(function* () {
      const { now } = yield* enrolled
      const person = visitor()
      const first = yield* person.login({ next: "/admin/new" })
      expect([first.status, location(first)]).toEqual([303, "/auth/login/code?next=%2Fadmin%2Fnew"])
      expect(person.jar.has(hostCookie)).toBe(false)
      expect(cookiesOf(first)["__Host-starpunk_login"]?.attributes).toEqual(
        expect.arrayContaining(["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=300"])
      )
      const page = yield* person.get(location(first) ?? "")
      expect(page.body).toContain('autocomplete="one-time-code"')
      expect(page.body).toContain('name="next" value="/admin/new"')
      const done = yield* person.post("/auth/login/code", { code: yield* now, next: "/admin/new" })
      expect([done.status, location(done)]).toEqual([303, "/admin/new"])
      expect(yield* sessions).toHaveLength(1)
    }).pipe(on())
  )

  it.scoped("accepts no code twice, and none without the passphrase", () =>
    Effect.gen(function* () {
      const { now } = yield* enrolled
      const code = yield* now
      const person = visitor()
      const early = yield* person.post("/auth/login/code", { code })
      expect(early.status).toBe(401)
      expect(early.body).toContain("This login has expired")
      yield* person.login()
      yield* person.post("/auth/login/code", { code })
      expect(yield* sessions).toHaveLength(1)
      const onlooker = visitor()
      yield* onlooker.login()
      const replayed = yield* onlooker.post("/auth/login/code", { code })
      expect(replayed.status).toBe(401)
      expect(replayed.body).toContain("already used")
      expect(replayed.body).toContain('action="/auth/login/code"')
      expect(yield* sessions).toHaveLength(1)
    }).pipe(on())
  )

  it.scoped("expires after five minutes, and belongs to its browser", () =>
    Effect.gen(function* () {
      const { now } = yield* enrolled
      const person = visitor()
      yield* person.login()
      expect((yield* visitor().get("/auth/login/code")).status).toBe(401)
      expect((yield* visitor().post("/auth/login/code", { code: yield* now })).status).toBe(401)
      yield* TestClock.adjust("5 minutes")
      expect((yield* person.post("/auth/login/code", { code: yield* now })).status).toBe(401)
      expect(yield* sessions).toEqual([])
    }).pipe(on())
  )

  it.scoped("is rate-limited, even with the passphrase", () =>
    Effect.gen(function* () {
      yield* enrolled
      const thief = visitor()
      yield* thief.login()
      const statuses: Array<number> = []
      for (let guess = 0; guess < 6; guess += 1) {
        statuses.push((yield* thief.post("/auth/login/code", { code: `00000${guess}` })).status)
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    }).pipe(on())
  )
})

describe("guesses", () => {
  const from = (address: string) => visitor({ "x-forwarded-for": address })
  const wrong = (person: ReturnType<typeof visitor>) => person.login({ passphrase: "wrong guess" })
  const behindProxy = () => on({}, ["127.0.0.1"])

  it.scoped("is slowed per address, with a time to wait; other addresses are not delayed", () =>
    Effect.gen(function* () {
      yield* claimed
      const guesser = from("192.0.2.1")
      for (let guess = 0; guess < 10; guess += 1) expect((yield* wrong(guesser)).status).toBe(401)
      const held = yield* guesser.login({ next: "/admin/new" })
      expect(held.status).toBe(429)
      expect(held.headers.get("retry-after")).toBe("30")
      expect(held.body).toContain("Too many attempts")
      expect(held.body).toContain('name="next" value="/admin/new"')
      expect((yield* from("192.0.2.2").login()).status).toBe(303)
      yield* TestClock.adjust("30 seconds")
      expect((yield* guesser.login()).status).toBe(303)
    }).pipe(behindProxy())
  )

  it.scoped("a successful login resets the attempts of its address", () =>
    Effect.gen(function* () {
      yield* claimed
      for (let round = 0; round < 3; round += 1) {
        for (let guess = 0; guess < 9; guess += 1) expect((yield* wrong(from("192.0.2.1"))).status).toBe(401)
        expect((yield* from("192.0.2.1").login()).status).toBe(303)
      }
    }).pipe(behindProxy())
  )

  it.scoped("are counted for all of an IPv6 subscriber's addresses as one", () =>
    Effect.gen(function* () {
      yield* claimed
      for (let guess = 0; guess < 10; guess += 1) yield* wrong(from(`2001:db8:1:2::${guess}`))
      expect((yield* from("2001:db8:1:2:ffff::1").login()).status).toBe(429)
      expect((yield* from("2001:db8:1:3::1").login()).status).toBe(303)
    }).pipe(behindProxy())
  )

  it.scoped("from many addresses never delays a browser that the owner has used", () =>
    Effect.gen(function* () {
      yield* claimed
      const owner = from("198.51.100.7")
      yield* owner.login()
      const device = cookiesOf(yield* owner.login())["__Host-starpunk_device"]
      expect(device?.attributes).toEqual(expect.arrayContaining(["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]))
      yield* owner.post("/auth/logout", {})
      const crowd = Array.from({ length: 40 }, (_, guess) => wrong(from(`192.0.2.${guess}`)))
      const guesses = yield* Effect.fork(Effect.all(crowd, { concurrency: "unbounded" }))
      expect((yield* owner.login()).status).toBe(303)
      yield* passing(guesses)
    }).pipe(behindProxy())
  )

  it.scoped("with a stolen device mark are limited as well", () =>
    Effect.gen(function* () {
      yield* claimed
      const owner = from("198.51.100.7")
      yield* owner.login()
      yield* owner.post("/auth/logout", {})
      for (let guess = 0; guess < 10; guess += 1) expect((yield* wrong(owner)).status).toBe(401)
      expect((yield* wrong(owner)).status).toBe(429)
    }).pipe(behindProxy())
  )

  it.scoped("are not limited if limits are switched off", () =>
    Effect.gen(function* () {
      yield* claimed
      for (let guess = 0; guess < 40; guess += 1) expect((yield* wrong(visitor())).status).toBe(401)
    }).pipe(on({ rateLimitEnabled: false }))
  )

  it.scoped("are logged, without what was typed", () =>
    Effect.gen(function* () {
      yield* claimed
      yield* visitor().login({ passphrase: "my other passphrase" })
      const refused = (yield* logs).filter(({ message }) => message === "Login refused")
      expect(refused).toMatchObject([
        { level: "WARNING", fields: { error_code: "auth.passphrase_wrong", client_address: "127.0.0.1" } }
      ])
      expect(JSON.stringify(yield* logs)).not.toContain("my other passphrase")
    }).pipe(on())
  )
})

describe("the login of development", () => {
  const dev = { ...http, environment: "development", devMode: true } as const

  it.scoped("needs no proof, and is on the login page", () =>
    Effect.gen(function* () {
      const person = visitor()
      expect((yield* person.get("/auth/login?next=/admin/new")).body).toContain('action="/dev/login"')
      const answer = yield* person.post("/dev/login", { next: "/admin/new" })
      expect([answer.status, location(answer)]).toEqual([303, "/admin/new"])
      expect((yield* person.get("/admin/security")).status).toBe(200)
      expect((yield* visitor().send("/dev/login", { method: "POST" })).status).toBe(303)
    }).pipe(on(dev))
  )

  it.scoped.each([{ ...dev, devMode: false }, { devMode: true }, {}])(
    "does not exist unless it is switched on, in development: %j",
    (overrides) =>
      Effect.gen(function* () {
        expect((yield* visitor().post("/dev/login", {})).status).toBe(404)
        expect((yield* visitor().get("/dev/login")).status).toBe(404)
        expect(yield* sessions).toEqual([])
      }).pipe(on(overrides))
  )
})

describe("an identity elsewhere", () => {
  it.scoped("is offered as a way in, and owns the session", () =>
    Effect.gen(function* () {
      yield* claimed
      const page = yield* visitor().get("/auth/login?next=/admin/new")
      expect(page.body).toContain('action="/auth/indieauth"')
      expect(page.body).toContain("Sign in with ada.example")
      expect(page.headers.get("content-security-policy")).toContain("form-action 'self';")
      yield* visitor().login()
      expect(yield* sessions).toMatchObject([{ owner: "https://ada.example/" }])
    }).pipe(on({ adminMe: Option.some("https://ada.example/") }))
  )

  it.scoped("is not offered when it is the site itself", () =>
    Effect.gen(function* () {
      yield* claimed
      expect((yield* visitor().get("/auth/login")).body).not.toContain("/auth/indieauth")
    }).pipe(on({ adminMe: Option.some("https://me.example/") }))
  )
})

describe("security", () => {
  const loggedIn = Effect.gen(function* () {
    const person = visitor()
    yield* person.login()
    return person
  })

  it.scoped("a new passphrase needs the old one, and ends all other sessions", () =>
    Effect.gen(function* () {
      const owner = yield* claimed
      const person = yield* loggedIn
      const elsewhere = yield* loggedIn
      const next = "eleven purple bicycles asleep"
      const change = (fields: Record<string, string>) => person.post("/admin/security/passphrase", fields)
      const wrong = yield* change({ current: "not it at all", passphrase: next, again: next })
      expect(wrong.status).toBe(401)
      expect(wrong.body).toContain("The passphrase is wrong")
      expect((yield* change({ current: passphrase, passphrase: next, again: "other" })).body).toContain("do not match")
      expect((yield* change({ current: passphrase, passphrase: "short" })).status).toBe(422)
      const before = person.jar.get(hostCookie)
      const done = yield* change({ current: passphrase, passphrase: next, again: next })
      expect([done.status, location(done)]).toEqual([303, "/admin/security?done=passphrase"])
      expect(person.jar.get(hostCookie)).not.toBe(before)
      expect((yield* person.get("/admin/security?done=passphrase")).body).toContain("Passphrase changed")
      expect((yield* elsewhere.get("/admin/security")).status).toBe(303)
      expect(yield* sessions).toHaveLength(1)
      yield* owner.verifyPassphrase(Redacted.make(next))
    }).pipe(on())
  )

  it.scoped("codes are set up with the app, and turned off", () =>
    Effect.gen(function* () {
      const owner = yield* claimed
      const person = yield* loggedIn
      const page = yield* person.get("/admin/security/codes")
      expect(page.headers.get("cache-control")).toBe("no-store")
      expect(page.body).toContain('src="data:image/svg+xml,')
      const secret = Redacted.make(/name="secret" value="([A-Z2-7]{32})"/.exec(page.body)?.[1] ?? "")
      const now = Effect.flatMap(Clock.currentTimeMillis, (at) => codeAt(secret, at))
      const code = yield* now
      const other = code === "000000" ? "111111" : "000000"
      const wrong = yield* person.post("/admin/security/codes", { secret: Redacted.value(secret), code: other })
      expect(wrong.status).toBe(401)
      expect(wrong.body).toContain(`value="${Redacted.value(secret)}"`)
      expect((yield* owner.state).codesSince).toBeUndefined()
      const done = yield* person.post("/admin/security/codes", { secret: Redacted.value(secret), code })
      expect(done.body.match(/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/g)).toHaveLength(10)
      expect((yield* person.get("/admin/security")).body).toContain("10 recovery codes are left")
      const off = yield* person.post("/admin/security/codes/off", {})
      expect([off.status, location(off)]).toEqual([303, "/admin/security?done=codes-off"])
      expect((yield* owner.state).codesSince).toBeUndefined()
    }).pipe(on())
  )

  it.scoped("a recovery code replaces the app's code", () =>
    Effect.gen(function* () {
      const owner = yield* claimed
      const secret = yield* makeSecret(new Uint8Array(20).fill(5))
      const [code] = yield* owner.enrolCodes(secret, yield* codeAt(secret, yield* Clock.currentTimeMillis))
      const person = visitor()
      yield* person.login()
      const answer = yield* person.post("/auth/login/code", { code: Redacted.value(code ?? secret).toLowerCase() })
      expect(answer.status).toBe(303)
      expect(yield* sessions).toHaveLength(1)
    }).pipe(on())
  )

  it.scoped.each<[string, string]>([
    ["GET", "/admin/security"],
    ["GET", "/admin/security/codes"],
    ["POST", "/admin/security/codes"],
    ["POST", "/admin/security/codes/off"],
    ["POST", "/admin/security/passphrase"],
    ["POST", "/admin/security/passkeys"],
    ["POST", "/admin/security/passkeys/options"],
    ["POST", "/admin/security/passkeys/rename"],
    ["POST", "/admin/security/passkeys/remove"]
  ])("%s %s is for the owner only", ([method, path]) =>
    Effect.gen(function* () {
      yield* claimed
      const body = method === "GET" ? {} : { body: new URLSearchParams({ secret: "x", passphrase }) }
      const answer = yield* ask(path, { method, ...body })
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([401, "session.expired"])
      expect(answer.body).not.toContain(passphrase)
    }).pipe(on())
  )

  it.scoped("a browser that sends a passphrase without a session gets no page that repeats it", () =>
    Effect.gen(function* () {
      yield* claimed
      const answer = yield* visitor().post("/admin/security/passphrase", {
        current: passphrase,
        passphrase: "another one"
      })
      expect(answer.status).toBe(401)
      expect(answer.body).not.toContain(passphrase)
    }).pipe(on())
  )

  it.scoped("an unsolicited or unreadable passkey is refused", () =>
    Effect.gen(function* () {
      yield* claimed
      const person = yield* loggedIn
      const add = (passkey: string) => person.post("/admin/security/passkeys", { passkey, name: "Phone" })
      expect((yield* add("{}")).body).toContain("This login has expired")
      for (const passkey of ["", "{", "[]", '{"id":"x"}', "x".repeat(60_000)]) {
        const options = yield* person.post("/admin/security/passkeys/options", {})
        expect(JSON.parse(options.body)).toMatchObject({ rp: { id: "me.example" }, user: { name: "Me" } })
        const answer = yield* add(passkey)
        expect(answer.status).toBe(401)
        expect(answer.body).toContain("invalid response")
      }
    }).pipe(on())
  )
})
