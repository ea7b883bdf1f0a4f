import { expect, layer } from "@effect/vitest"
import { Clock, Effect, Layer, Redacted } from "effect"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import type { ActivityEvent } from "../../src/domain/ActivityEvent.js"
import { TokenInvalid } from "../../src/errors/Micropub.js"
import { Activity } from "../../src/services/Activity.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as ActivityRoutes from "../../src/web/activity/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { ask, testServer } from "../fixtures/TestServer.js"

const site = () => testServer(serve(ActivityRoutes.routes).pipe(Layer.provideMerge(MemorySessions.layer)))

const look = (query = "") =>
  Effect.gen(function* () {
    const { create } = yield* SessionManager
    const token = Redacted.value(yield* create({ owner: "https://me.example/" }))
    return yield* ask(`/admin/activity${query}`, {
      headers: { cookie: `__Host-starpunk_session=${token}`, accept: "text/html" }
    })
  })

const expired = new TokenInvalid({ reason: "expired" }).info

const record = (more: Partial<ActivityEvent> = {}) =>
  Effect.gen(function* () {
    const activity = yield* Activity
    yield* activity.record({
      at: yield* Clock.currentTimeMillis,
      requestId: "0123456789abcdef",
      endpoint: "/micropub",
      method: "POST",
      asked: "create",
      status: 201,
      address: "192.0.2.7",
      ...more
    })
  })

const refused = { status: 401, refusal: { ...expired, reason: "token_expired" } }

layer(site(), { excludeTestServices: true })("the owner's activity page", (it) => {
  it.effect("explains an empty list, and how to connect an app", () =>
    Effect.gen(function* () {
      const { body, headers, status } = yield* look()
      expect(status).toBe(200)
      expect(headers.get("cache-control")).toBe("no-store")
      expect(body).toContain("No requests yet")
      expect(body).toContain("<code>https://me.example/micropub</code>")
      expect(body).not.toContain('aria-label="Pages"')
    })
  )

  it.effect("describes granted and refused events, with reason, advice and a link", () =>
    Effect.gen(function* () {
      yield* record({ tokenId: "0011", label: "<b>Phone</b>", clientId: "https://app.example/" })
      yield* record({ ...refused, userAgent: "<script>alert(1)</script>" })
      yield* record({ status: 503, refusal: { ...expired, reason: "database_locked" } })
      const { body } = yield* look()
      const [, failed = "", refusal = "", granted = ""] = body.split(/<li class="(?:granted|refused)">/)
      expect(granted).toContain("<strong>Accepted</strong>")
      expect(granted).toContain("&lt;b>Phone&lt;/b>")
      expect(granted).toContain('href="/admin/tokens#token-0011"')
      expect(granted).not.toContain("<details")
      expect(failed).toContain("<strong>Failed</strong>")
      expect(refusal).toContain("<strong>Refused</strong>")
      expect(refusal).toContain("<summary><code>token_expired</code> The access token has expired")
      expect(refusal).toContain(expired.suggestion)
      const read = refusal.replaceAll("&quot;", '"').replace(/<\/?code>/g, "`")
      for (const step of [...expired.troubleshooting, ...(expired.operator?.troubleshooting ?? [])]) {
        expect(read).toContain(step)
      }
      expect(refusal).toContain('href="/errors/auth.token_invalid"')
      expect(refusal).toContain("0123456789abcdef")
      expect(refusal).toMatch(/<time datetime="\d{4}-\d\d-\d\dT[\d:.]+Z">[^<]+ UTC<\/time>/)
      expect(body).not.toContain("<script")
    })
  )

  it.effect("lists only refused events, page by page", () =>
    Effect.gen(function* () {
      for (let index = 0; index < 60; index += 1) {
        yield* record({ asked: `granted-${index}` })
        yield* record({ ...refused, asked: `refused-${index}` })
      }
      const first = yield* look("?show=refused")
      expect(first.body).not.toContain("granted-")
      expect(first.body.match(/<code>refused-\d+<\/code>/g)).toHaveLength(50)
      expect(first.body).not.toContain('rel="prev"')
      const older = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll("&amp;", "&") ?? ""
      expect(older).toMatch(/^\/admin\/activity\?show=refused&before=\d+$/)
      const second = yield* look(older.slice("/admin/activity".length))
      expect(second.body).toContain("<code>refused-0</code>")
      expect(second.body).toContain('rel="prev"')
      const all = yield* look()
      expect(all.body.match(/<li class="(?:granted|refused)">/g)).toHaveLength(50)
    })
  )

  it.effect("is refused to everyone else, and rejects invalid parameters", () =>
    Effect.gen(function* () {
      expect((yield* ask("/admin/activity")).status).toBe(401)
      for (const query of [
        "?before=x",
        "?after=-1",
        "?before=1.5",
        "?show=all",
        "?before=1e300",
        "?before=1&before=2"
      ]) {
        expect((yield* look(query)).status, query).toBe(400)
      }
    })
  )
})
