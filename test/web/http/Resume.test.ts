import { HttpServerResponse } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Clock, Effect, Layer, Redacted, TestClock } from "effect"
import { codeAt, makeSecret } from "../../../src/domain/login/OneTimeCode.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import * as Body from "../../../src/web/http/Body.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { textForm } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { ownerSession } from "../../../src/web/http/SessionCookie.js"
import { textsOf } from "../../../src/web/login/MultipartTexts.js"
import { formKept } from "../../../src/web/login/SessionEnded.js"
import { claimed, formIn, ownerRoutes, passphrase, serverWith, visitor } from "../../fixtures/OwnerServer.js"
import { askRaw } from "../../fixtures/TestServer.js"

/** A page of the owner's as others write them: answers what it was sent. One asks for the session first, one at the end. */
const echo = Routes.use((routes) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const fields = Effect.map(Body.form(), (fields) => JSON.stringify([...fields]))
    const parts = Effect.map(textsOf({ maxTextBytes: 1_000_000 }), (fields) => JSON.stringify([...fields]))
    const session = ownerSession(sessions)
    yield* routes.add(
      { ...textForm, caller: "anyone" },
      "POST",
      "/admin/new",
      Effect.map(Effect.zipRight(session, fields), HttpServerResponse.text)
    )
    yield* routes.add(
      { ...textForm, caller: "anyone" },
      "POST",
      "/admin/edit/7",
      Effect.map(Effect.zipLeft(fields, session), HttpServerResponse.text)
    )
    yield* routes.add(
      { ...textForm, caller: "anyone" },
      "POST",
      "/admin/photo",
      Effect.map(Effect.zipRight(session, parts), HttpServerResponse.text)
    )
    yield* routes.add(
      { ...textForm, caller: "anyone" },
      "POST",
      "/elsewhere",
      Effect.map(Effect.zipRight(session, fields), HttpServerResponse.text)
    )
  })
)

const server = () => Effect.provide(serverWith(serve(Layer.merge(ownerRoutes, echo), formKept)))

const text = 'Line one\r\nline "two" & <b>three</b>\r\n\r\n  émoji 🚂, 100 % </textarea>'
const post = { content: text, title: "", slug: "a+b=c" }
const stored = JSON.stringify(Object.entries(post).map(([name, value]) => [name, [value]]))

/** A person who was logged in, has gone away for too long, and comes back. */
const awayForTooLong = Effect.gen(function* () {
  yield* claimed
  const person = visitor()
  yield* person.login()
  yield* TestClock.adjust("31 days")
  return person
})

/** A person who logged in with this browser before, and out again. */
const knownPerson = Effect.gen(function* () {
  yield* claimed
  const person = visitor()
  yield* person.login()
  yield* person.post("/auth/logout", {})
  return person
})

/** Fills in the form to log in as the page has it, and sends it. */
const logInThere = (person: ReturnType<typeof visitor>, page: { readonly body: string }) => {
  const { fields } = formIn(page.body, "/auth/login")
  fields.set("passphrase", passphrase)
  return person.post("/auth/login", fields)
}

describe("a form whose session ended while it was written", () => {
  it.scoped.each(["/admin/new", "/admin/edit/7"])("is kept through the login, and submitted again to %s", (path) =>
    Effect.gen(function* () {
      const person = yield* awayForTooLong
      const kept = yield* person.post(path, post)
      expect(kept.status).toBe(401)
      expect(kept.headers.get("cache-control")).toBe("no-store")
      expect(kept.body).toContain("Your text is kept")
      expect(kept.body).not.toContain("<b>three")
      const welcome = yield* logInThere(person, kept)
      expect(welcome.status).toBe(200)
      const again = yield* person.post(path, formIn(welcome.body, path).fields)
      expect([again.status, again.body]).toEqual([200, stored])
    }).pipe(server())
  )

  it.scoped("survives a wrong passphrase and a second step", () =>
    Effect.gen(function* () {
      const owner = yield* claimed
      const secret = yield* makeSecret(new Uint8Array(20).fill(9))
      const now = Effect.flatMap(Clock.currentTimeMillis, (at) => codeAt(secret, at))
      yield* owner.enrolCodes(secret, yield* now)
      yield* TestClock.adjust("1 minute")
      const person = visitor()
      yield* person.login()
      yield* person.post("/auth/login/code", { code: yield* now })
      yield* person.post("/auth/logout", {})
      yield* TestClock.adjust("1 minute")
      const kept = yield* person.post("/admin/new", post)
      const { fields } = formIn(kept.body, "/auth/login")
      fields.set("passphrase", "not the right one")
      const wrong = yield* person.post("/auth/login", fields)
      expect(wrong.status).toBe(401)
      const code = yield* logInThere(person, wrong)
      const second = formIn(code.body, "/auth/login/code").fields
      second.set("code", "000000")
      const wrongCode = yield* person.post("/auth/login/code", second)
      expect(wrongCode.status).toBe(401)
      const third = formIn(wrongCode.body, "/auth/login/code").fields
      third.set("code", yield* now)
      const welcome = yield* person.post("/auth/login/code", third)
      const again = yield* person.post("/admin/new", formIn(welcome.body, "/admin/new").fields)
      expect(again.body).toBe(stored)
    }).pipe(server())
  )

  it.scoped("may be resubmitted from the same page after a login in another tab", () =>
    Effect.gen(function* () {
      const person = yield* awayForTooLong
      const kept = yield* person.post("/admin/new", post)
      expect(kept.body).toContain('form="login" formaction="/auth/resume"')
      const { fields } = formIn(kept.body, "/auth/login")
      const early = yield* person.post("/auth/resume", fields)
      expect(early.status).toBe(401)
      yield* person.login()
      const welcome = yield* person.post("/auth/resume", formIn(early.body, "/auth/login").fields)
      expect((yield* person.post("/admin/new", formIn(welcome.body, "/admin/new").fields)).body).toBe(stored)
    }).pipe(server())
  )

  it.scopedLive("keeps the texts of a form with files, and resubmits them as such a form", () =>
    Effect.gen(function* () {
      const person = yield* knownPerson
      const body = new FormData()
      body.set("content", text)
      body.set("photo", new File([new Uint8Array(300_000)], "cat.jpg", { type: "image/jpeg" }))
      body.set("alt", "A cat")
      const kept = yield* person.send("/admin/photo", { method: "POST", body })
      expect(kept.status).toBe(401)
      expect(kept.body).toContain("Files are not kept")
      const welcome = yield* logInThere(person, kept)
      const { enctype, fields } = formIn(welcome.body, "/admin/photo")
      expect(enctype).toBe("multipart/form-data")
      const again = new FormData()
      for (const [name, value] of fields) again.set(name, value)
      const answer = yield* person.send("/admin/photo", { method: "POST", body: again })
      expect(JSON.parse(answer.body)).toEqual([
        ["content", [text]],
        ["alt", ["A cat"]]
      ])
    }).pipe(server())
  )

  it.scoped("may be as long as a request", () =>
    Effect.gen(function* () {
      const person = yield* awayForTooLong
      const long = "汉".repeat(110_000)
      const kept = yield* person.post("/admin/new", { content: long })
      expect(kept.status).toBe(401)
      const welcome = yield* logInThere(person, kept)
      const again = yield* person.post("/admin/new", formIn(welcome.body, "/admin/new").fields)
      expect(again.body).toBe(JSON.stringify([["content", [long]]]))
    }).pipe(server())
  )

  it.scoped("is resubmitted only below /admin/, whatever the form says", () =>
    Effect.gen(function* () {
      yield* claimed
      for (const next of [
        "https://evil.example/",
        "//evil.example/admin/",
        "/admin/../elsewhere",
        "/micropub",
        "/admin"
      ]) {
        const answer = yield* visitor().login({ next, "resume.content": "x" })
        expect(answer.body).not.toContain("evil.example")
        expect(answer.status).toBe(303)
      }
    }).pipe(server())
  )

  it.scoped("is not kept for programs, nor for other addresses", () =>
    Effect.gen(function* () {
      const person = yield* knownPerson
      const cookie = [...person.jar].map(([name, value]) => `${name}=${value}`).join("; ")
      const program = yield* visitor({ accept: "application/json", cookie }).post("/admin/new", post)
      expect([program.status, JSON.parse(program.body).code]).toEqual([401, "session.expired"])
      const elsewhere = yield* person.post("/elsewhere", post)
      expect(elsewhere.status).toBe(401)
      expect(elsewhere.body).not.toContain("resume")
    }).pipe(server())
  )

  it.scopedLive.each<[string, Record<string, string>, string]>([
    ["no fields", { "content-type": "application/x-www-form-urlencoded" }, ""],
    ["a form that is malformed", { "content-type": "application/x-www-form-urlencoded" }, "content=%zz"],
    ["too many fields", { "content-type": "application/x-www-form-urlencoded" }, "a=1&".repeat(950)],
    ["too much", { "content-type": "application/x-www-form-urlencoded" }, `content=${"x".repeat(1_100_000)}`],
    ["multipart without boundary", { "content-type": "multipart/form-data" }, "x"],
    [
      "multipart that ends early",
      { "content-type": "multipart/form-data; boundary=b" },
      '--b\r\nContent-Disposition: form-data; name="content"\r\n\r\nhal'
    ],
    ["multipart that is nothing", { "content-type": "multipart/form-data; boundary=b" }, ""],
    ["something else", { "content-type": "application/octet-stream" }, "x"]
  ])("with %s is answered with the usual page", ([_, headers, body]) =>
    Effect.gen(function* () {
      const person = yield* knownPerson
      const answer = yield* person.send("/admin/new", { method: "POST", headers, body })
      expect(answer.status).toBe(401)
      expect(answer.body).toContain("session.expired")
    }).pipe(server())
  )

  it.scoped("delays nothing if its body breaks off", () =>
    Effect.gen(function* () {
      const person = yield* knownPerson
      const cookie = [...person.jar].map(([name, value]) => `cookie: ${name}=${value}\r\n`).join("")
      const head = `POST /admin/new HTTP/1.1\r\nhost: me.example\r\naccept: text/html\r\n${cookie}connection: close\r\n`
      yield* askRaw(`${head}content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\ncontent=x`)
      yield* askRaw(`${head}content-type: multipart/form-data; boundary=b\r\ncontent-length: 100\r\n\r\n--b\r\n`)
      expect((yield* person.post("/admin/new", post)).body).toContain("Your text is kept")
    }).pipe(server())
  )
})

describe("S1: a form without a session is kept only for a browser that had one", () => {
  const secret = "what somebody wrote"
  const isKept = (answer: { readonly body: string }) => answer.body.includes(secret)
  const write = (person: ReturnType<typeof visitor>) => person.post("/admin/new", { content: secret })

  it.scoped("a stranger gets a short page, whatever cookies it forges", () =>
    Effect.gen(function* () {
      const known = yield* knownPerson
      const mark = known.jar.get("__Host-starpunk_device") ?? ""
      const signature = mark.split(".").at(-1)
      for (const cookies of [
        {},
        { "__Host-starpunk_session": "x".repeat(43) },
        { "__Host-starpunk_device": mark.replace(/.$/, (last) => (last === "A" ? "B" : "A")) },
        { "__Host-starpunk_device": `other.0.${signature}` },
        { "__Host-starpunk_device": "a.b.c", starpunk_session: "y" }
      ]) {
        const stranger = visitor()
        for (const [name, value] of Object.entries(cookies)) stranger.jar.set(name, value)
        for (const path of ["/admin/new", "/admin/edit/1", "/admin/nowhere"]) {
          const answer = yield* stranger.post(path, { content: secret + "<".repeat(100_000) })
          expect(isKept(answer)).toBe(false)
          expect(answer.body.length).toBeLessThan(8_000)
        }
      }
    }).pipe(server())
  )

  it.scoped("a stranger's login repeats none of its content, and accepts only what a login needs", () =>
    Effect.gen(function* () {
      yield* claimed
      const carried = { passphrase: "wrong", next: "/admin/new", "resume.content": secret }
      for (const path of ["/auth/login", "/auth/login/code", "/auth/resume"]) {
        const answer = yield* visitor().post(path, carried)
        expect(isKept(answer), path).toBe(false)
        const large = yield* visitor().post(path, { ...carried, "resume.content": "x".repeat(66_000) })
        expect(large.status, path).toBe(413)
      }
      const next = `/${"n".repeat(5_000)}`
      expect((yield* visitor().post("/auth/login", { passphrase: "wrong", next })).body).not.toContain(next)
    }).pipe(server())
  )

  it.scoped("the owner's form is kept after a logout, a new passphrase, and an end from elsewhere", () =>
    Effect.gen(function* () {
      const owner = yield* claimed
      const person = visitor()
      yield* person.login()
      yield* person.post("/auth/logout", {})
      expect(isKept(yield* write(person))).toBe(true)
      yield* person.login()
      yield* Effect.flatMap(SessionManager, ({ endAll }) => endAll)
      expect(isKept(yield* write(person))).toBe(true)
      yield* TestClock.adjust("1 minute")
      yield* owner.changePassphrase(Redacted.make(passphrase), Redacted.make("eleven purple bicycles asleep"))
      expect(isKept(yield* write(person))).toBe(true)
      yield* TestClock.adjust("300 days")
      expect(isKept(yield* write(person))).toBe(true)
      yield* owner.reset
      expect(isKept(yield* write(person))).toBe(false)
    }).pipe(server())
  )

  it.scoped("an expired session is sufficient proof, for the login as well", () =>
    Effect.gen(function* () {
      const person = yield* awayForTooLong
      person.jar.delete("__Host-starpunk_device")
      const kept = yield* write(person)
      expect(isKept(kept)).toBe(true)
      expect(isKept(yield* logInThere(person, kept))).toBe(true)
    }).pipe(server())
  )

  it.scoped("the text is in each page once, so that a page is no larger than its escaped form", () =>
    Effect.gen(function* () {
      const person = yield* knownPerson
      const content = `${secret} ${"<".repeat(200_000)}`
      const kept = yield* person.post("/admin/new", { content })
      const { fields } = formIn(kept.body, "/auth/login")
      fields.set("passphrase", "not the right one")
      const wrong = yield* person.post("/auth/login", fields)
      const welcome = yield* logInThere(person, wrong)
      for (const page of [kept, wrong, welcome]) {
        expect(page.body.split(secret)).toHaveLength(2)
        expect(page.body.length).toBeLessThan(4 * content.length + 8_000)
      }
      const again = yield* person.post("/admin/new", formIn(welcome.body, "/admin/new").fields)
      expect(again.body).toBe(JSON.stringify([["content", [content]]]))
    }).pipe(server())
  )

  it.scoped("a text of any characters comes back unchanged", () =>
    Effect.gen(function* () {
      const person = yield* knownPerson
      const contents = [
        "\r\n\r\nleading",
        "</textarea><script>",
        `${"a".repeat(16_383)}🚂${"b".repeat(16_382)}🚂`,
        '&amp; & "'
      ]
      for (const content of contents) {
        const kept = yield* person.post("/admin/new", { content, "t<i>tle": "x" })
        const welcome = yield* logInThere(person, kept)
        const again = yield* person.post("/admin/new", formIn(welcome.body, "/admin/new").fields)
        expect(JSON.parse(again.body)).toEqual([
          ["content", [content]],
          ["t<i>tle", ["x"]]
        ])
        yield* person.post("/auth/logout", {})
      }
    }).pipe(server())
  )
})
