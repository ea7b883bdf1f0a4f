import { expect, layer } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as Sessions from "../../src/web/login/sessions/Routes.js"
import { ask, testServer } from "../fixtures/TestServer.js"

const site = testServer(serve(Sessions.routes).pipe(Layer.provideMerge(MemorySessions.layer)))

const owner = "https://me.example/"
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

const logIn = (userAgent = firefox, address = "192.0.2.7") =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const token = yield* sessions.create({ owner, userAgent, address, proved: true })
    const { id } = yield* sessions.validate(token)
    return { id, cookie: `__Host-starpunk_session=${Redacted.value(token)}` }
  })

const fresh = Effect.flatMap(SessionManager, (sessions) => sessions.endAll)

const living = Effect.flatMap(SessionManager, (sessions) =>
  Effect.map(sessions.list, (list) => list.map(({ id }) => id).toSorted())
)

const look = (cookie: string, query = "") =>
  ask(`/admin/sessions${query}`, { headers: { cookie, accept: "text/html" } })

const press = (cookie: string, action: string, fields: Record<string, string> = {}) =>
  ask(`/admin/sessions/${action}`, {
    method: "POST",
    headers: { cookie, accept: "text/html", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(fields)
  })

layer(site, { excludeTestServices: true })("the owner's sessions", (it) => {
  it.effect("are listed with browser, address, times, and a mark on this one", () =>
    Effect.gen(function* () {
      yield* fresh
      const mine = yield* logIn()
      const other = yield* logIn('<script>alert("x")</script>', "2001:db8::7")
      const { body, headers, status } = yield* look(mine.cookie)
      expect(status).toBe(200)
      expect(headers.get("cache-control")).toBe("no-store")
      expect(body).toContain("30 days without use")
      expect(body).toContain("90 days at most")
      const records = body.split('<li id="session-').slice(1)
      expect(records).toHaveLength(2)
      expect(records[0]).toContain(mine.id)
      expect(records[0]).toContain("Firefox on Linux")
      expect(records[0]).toContain("This device")
      expect(records[0]).toContain("192.0.2.7")
      expect(records[0]?.match(/<time datetime="\d{4}-\d\d-\d\dT[\d:.]+Z">/g)).toHaveLength(4)
      expect(records[0]).toMatch(/UTC<\/time> if unused/)
      expect(records[1]).toContain(other.id)
      expect(records[1]).not.toContain("This device")
      expect(records[1]).toContain("&lt;script>")
      expect(body).not.toContain(mine.cookie.split("=")[1])
    })
  )

  it.effect("can be ended one by one; an ended session is reported as ended", () =>
    Effect.gen(function* () {
      yield* fresh
      const mine = yield* logIn()
      const other = yield* logIn()
      const ended = yield* press(mine.cookie, "end", { id: other.id })
      expect([ended.status, ended.headers.get("location")]).toEqual([303, "/admin/sessions?ended=1"])
      expect((yield* look(mine.cookie, "?ended=1")).body).toContain("One session was logged out")
      expect((yield* look(other.cookie)).headers.get("location")).toMatch(/^\/auth\/login\?next=%2Fadmin%2Fsessions/)
      const again = yield* press(mine.cookie, "end", { id: other.id })
      expect(again.headers.get("location")).toBe("/admin/sessions?ended=0")
      expect((yield* look(mine.cookie, "?ended=0")).body).toContain("had already ended")
      expect((yield* look(mine.cookie, "?ended=%3Cscript%3E")).body).not.toMatch(/role="status"|<script/)
    })
  )

  it.effect("include this one: its cookie is deleted", () =>
    Effect.gen(function* () {
      yield* fresh
      const mine = yield* logIn()
      const other = yield* logIn()
      const ended = yield* press(mine.cookie, "end", { id: mine.id })
      expect([ended.status, ended.headers.get("location")]).toEqual([303, "/auth/login"])
      expect(ended.headers.get("set-cookie")).toMatch(/^__Host-starpunk_session=; Max-Age=0;.*HttpOnly/)
      expect(yield* living).toEqual([other.id])
    })
  )

  it.effect("can be ended together, all others or all", () =>
    Effect.gen(function* () {
      yield* fresh
      const mine = yield* logIn()
      yield* logIn()
      yield* logIn()
      const others = yield* press(mine.cookie, "end-others")
      expect(others.headers.get("location")).toBe("/admin/sessions?ended=2")
      expect(others.headers.get("set-cookie")).toBeNull()
      expect(yield* living).toEqual([mine.id])
      expect((yield* look(mine.cookie)).body).not.toContain("Log out all others")
      const all = yield* press(mine.cookie, "end-all")
      expect(all.headers.get("location")).toBe("/auth/login")
      expect(all.headers.get("set-cookie")).toContain("Max-Age=0")
      expect(yield* living).toEqual([])
    })
  )

  it.effect("are not accessible to others, nor to other sites' pages", () =>
    Effect.gen(function* () {
      yield* fresh
      const mine = yield* logIn()
      for (const cookie of ["", "__Host-starpunk_session=x", `__Host-starpunk_session=${mine.id}`]) {
        expect((yield* look(cookie)).status).toBe(303)
        for (const action of ["end", "end-others", "end-all"]) {
          expect((yield* press(cookie, action, { id: mine.id })).status).toBe(401)
        }
      }
      const forged = yield* ask("/admin/sessions/end-all", {
        method: "POST",
        headers: { cookie: mine.cookie, "sec-fetch-site": "cross-site" }
      })
      expect(forged.status).toBe(403)
      expect((yield* press(mine.cookie, "end")).status).toBe(400)
      expect(yield* living).toEqual([mine.id])
    })
  )
})
