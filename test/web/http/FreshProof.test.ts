import { describe, expect, it } from "@effect/vitest"
import { Clock, Effect, Layer, Redacted, TestClock } from "effect"
import { codeAt, makeSecret } from "../../../src/domain/login/OneTimeCode.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { Owner } from "../../../src/services/Owner.js"
import { Passkeys } from "../../../src/services/Passkeys.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { routes as tokenRoutes } from "../../../src/web/indieauth/tokens/Routes.js"
import { formKept } from "../../../src/web/login/SessionEnded.js"
import { routes as sessionRoutes } from "../../../src/web/login/sessions/Routes.js"
import { claimed, formIn, ownerRoutes, passphrase, serverWith, visitor } from "../../fixtures/OwnerServer.js"

const server = () =>
  Effect.provide(serverWith(serve(Layer.mergeAll(ownerRoutes, sessionRoutes, tokenRoutes), formKept)))

const passkey = {
  id: "key-1",
  publicKey: new Uint8Array(10),
  counter: 0,
  transports: [],
  name: "Phone",
  backedUp: false
}

const location = (answer: { readonly headers: Headers }) => answer.headers.get("location")
const secretOf = (byte: number) => makeSecret(new Uint8Array(20).fill(byte))
const codeNow = (secret: Redacted.Redacted) => Effect.flatMap(Clock.currentTimeMillis, (at) => codeAt(secret, at))

/** Everything that opens the site, and who is let in: what a borrowed session must not change. */
const everything = Effect.gen(function* () {
  const owner = yield* Owner
  return {
    state: yield* owner.state,
    passkeys: yield* Effect.flatMap(Passkeys, ({ list }) => list),
    sessions: (yield* Effect.flatMap(SessionManager, ({ list }) => list)).map(({ id }) => id).toSorted(),
    tokens: (yield* Effect.flatMap(AccessTokens, ({ list }) => list)).length
  }
})

/** A site with a passphrase, a passkey and, if asked for, codes; and an owner who logged in longer ago than a proof counts. */
const longAfterLogin = ({ withCodes = false } = {}) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(1_800_000_000_000)
    const owner = yield* claimed
    yield* Effect.flatMap(Passkeys, ({ add }) => add(passkey))
    const secret = yield* secretOf(7)
    const person = visitor()
    yield* person.login()
    if (withCodes) yield* owner.enrolCodes(secret, yield* codeNow(secret))
    yield* Effect.flatMap(SessionManager, ({ create }) => create({ owner: "https://me.example/" }))
    yield* TestClock.adjust("10 minutes")
    return { owner, person, secret }
  })

describe("S3: changes of the login need a fresh proof", () => {
  const mine = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
  const changes: ReadonlyArray<readonly [path: string, fields: Readonly<Record<string, string>>]> = [
    [
      "/admin/security/passphrase",
      { current: passphrase, passphrase: "a thief chose this one", again: "a thief chose this one" }
    ],
    ["/admin/security/passkeys/options", {}],
    ["/admin/security/passkeys", { passkey: "{}", name: "Thief's" }],
    ["/admin/security/passkeys/rename", { id: "key-1", name: "Thief's" }],
    ["/admin/security/passkeys/remove", { id: "key-1" }],
    ["/admin/security/codes", { secret: mine, code: "000000" }],
    ["/admin/security/codes/off", {}],
    ["/admin/sessions/end-others", {}],
    ["/admin/sessions/end-all", {}],
    ["/admin/tokens", { label: "Thief's", scope: "create", lifetime: "unlimited" }]
  ]

  it.scoped.each(changes)("%s", ([path, fields]) =>
    Effect.gen(function* () {
      const { person } = yield* longAfterLogin({ withCodes: true })
      const secret = Redacted.make(mine)
      const given = path.endsWith("/codes") ? { ...fields, code: yield* codeNow(secret) } : fields
      const before = yield* everything
      const page = yield* person.post(path, given)
      expect([page.status, page.status === 303 ? location(page) : "page"]).toSatisfy(
        ([status, to]) =>
          (status === 401 && to === "page") || (status === 303 && String(to).startsWith("/auth/confirm?"))
      )
      expect(page.body).not.toContain("a thief chose this one")
      expect(page.body).not.toContain(mine)
      const cookie = [...person.jar].map(([name, value]) => `${name}=${value}`).join("; ")
      const program = yield* visitor({ accept: "application/json", cookie }).post(path, given)
      expect([program.status, JSON.parse(program.body).code]).toEqual([401, "session.proof_needed"])
      expect(yield* everything).toEqual(before)
    }).pipe(server())
  )

  it.scoped("ending another session", () =>
    Effect.gen(function* () {
      const { person } = yield* longAfterLogin()
      const before = yield* everything
      const list = yield* Effect.flatMap(SessionManager, ({ list }) => list)
      const other = list.find(({ provedAt }) => provedAt === undefined)?.id ?? ""
      expect((yield* person.post("/admin/sessions/end", { id: other })).status).toBe(401)
      expect(yield* everything).toEqual(before)
    }).pipe(server())
  )

  it.scoped("the page with a new secret", () =>
    Effect.gen(function* () {
      const { person } = yield* longAfterLogin()
      const answer = yield* person.get("/admin/security/codes")
      expect([answer.status, location(answer)]).toEqual([303, "/auth/confirm?next=%2Fadmin%2Fsecurity%2Fcodes"])
    }).pipe(server())
  )

  it.scoped("a session may still read, and end itself", () =>
    Effect.gen(function* () {
      const { person } = yield* longAfterLogin()
      const page = yield* person.get("/admin/security")
      expect(page.status).toBe(200)
      expect(page.body).toContain('href="/auth/confirm?next=%2Fadmin%2Fsecurity"')
      expect(page.body).not.toContain('action="/admin/security/passphrase"')
      expect((yield* person.post("/auth/logout", {})).status).toBe(303)
    }).pipe(server())
  )
})

describe("S3: confirmation of the owner", () => {
  it.scoped("redirects to the requested page, and is valid for ten minutes, in a new session", () =>
    Effect.gen(function* () {
      const { person } = yield* longAfterLogin()
      const confirm = yield* person.get(location(yield* person.get("/admin/security/codes")) ?? "")
      expect(confirm.body).toContain("Confirm your identity")
      expect(confirm.body).toContain('data-passkey="login"')
      const before = person.jar.get("__Host-starpunk_session")
      const { fields } = formIn(confirm.body, "/auth/login")
      fields.set("passphrase", "not the right one")
      const wrong = yield* person.post("/auth/login", fields)
      expect([wrong.status, wrong.body.includes("Confirm your identity")]).toEqual([401, true])
      expect((yield* person.get("/admin/security/codes")).status).toBe(303)
      fields.set("passphrase", passphrase)
      expect(location(yield* person.post("/auth/login", fields))).toBe("/admin/security/codes")
      expect(person.jar.get("__Host-starpunk_session")).not.toBe(before)
      expect((yield* person.get("/admin/security/codes")).status).toBe(200)
      expect(location(yield* person.get("/auth/confirm?next=/admin/tokens"))).toBe("/admin/tokens")
      yield* TestClock.adjust("10 minutes")
      expect((yield* person.get("/admin/security/codes")).status).toBe(303)
      expect((yield* person.get("/admin/")).status).not.toBe(401)
    }).pipe(server())
  )

  it.scoped("continues with the requested action after one more button", () =>
    Effect.gen(function* () {
      const { person } = yield* longAfterLogin()
      const asked = yield* person.post("/admin/security/passkeys/remove", { id: "key-1" })
      const { fields } = formIn(asked.body, "/auth/login")
      fields.set("passphrase", passphrase)
      const thanks = yield* person.post("/auth/login", fields)
      expect(thanks.body).toContain("Remove the passkey")
      const done = yield* person.post(
        "/admin/security/passkeys/remove",
        formIn(thanks.body, "/admin/security/passkeys/remove").fields
      )
      expect(location(done)).toBe("/admin/security?done=passkey-removed")
      expect((yield* everything).passkeys).toEqual([])
    }).pipe(server())
  )

  it.scoped("asks for the code as well, if the login does", () =>
    Effect.gen(function* () {
      const { owner, person, secret } = yield* longAfterLogin({ withCodes: true })
      const asked = yield* person.post("/admin/security/codes/off", {})
      const { fields } = formIn(asked.body, "/auth/login")
      fields.set("passphrase", passphrase)
      const step = yield* person.post("/auth/login", fields)
      expect((yield* person.post("/admin/security/codes/off", {})).status).toBe(401)
      expect((yield* owner.state).codesSince).toBeDefined()
      const second = formIn(step.body, "/auth/login/code").fields
      second.set("code", yield* codeNow(secret))
      const thanks = yield* person.post("/auth/login/code", second)
      expect(thanks.body).toContain("Turn off two-step login")
      expect((yield* person.post("/admin/security/codes/off", {})).status).toBe(303)
      expect((yield* owner.state).codesSince).toBeUndefined()
    }).pipe(server())
  )

  it.scoped("a session from before codes were set up does not replace them", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_800_000_000_000)
      const owner = yield* claimed
      const [person, thief] = [visitor(), visitor()]
      yield* person.login()
      yield* thief.login()
      const secret = yield* secretOf(7)
      const enrolled = yield* person.post("/admin/security/codes", {
        secret: Redacted.value(secret),
        code: yield* codeNow(secret)
      })
      expect(enrolled.body).toContain("Save your recovery codes")
      const since = (yield* owner.state).codesSince
      yield* TestClock.adjust("1 minute")
      const other = yield* secretOf(9)
      const fields = { secret: Redacted.value(other), code: yield* codeNow(other) }
      expect(location(yield* thief.post("/admin/security/codes", fields))).toBe(
        "/auth/confirm?next=%2Fadmin%2Fsecurity"
      )
      expect((yield* owner.state).codesSince).toBe(since)
      // The one that showed a code of the app has proved all there is.
      expect((yield* person.post("/admin/security/codes", fields)).body).toContain("Save your recovery codes")
    }).pipe(server())
  )
})
