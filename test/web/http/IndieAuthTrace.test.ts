import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { RecordedEvent } from "../../../src/domain/ActivityEvent.js"
import { Activity } from "../../../src/services/Activity.js"
import {
  authorize,
  challenge,
  codeFor,
  decide,
  ownerCookie,
  parameters,
  post,
  redemption,
  site,
  verifier
} from "../../fixtures/IndieAuthSite.js"

/** The newest event of each request so far, oldest first; waits until there are so many, since they follow the answers. */
const events = (count: number) =>
  Effect.gen(function* () {
    const { list } = yield* Activity
    for (;;) {
      const { events } = yield* list({ limit: 100 })
      if (events.length >= count) return events.toReversed()
      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
    }
  })

const told = ({ asked, clientId, method, refusal }: RecordedEvent) => ({
  asked: `${method} ${asked}`,
  clientId,
  reason: refusal?.reason
})

const clientId = "https://app.example/"

layer(site(), { excludeTestServices: true })("the activity log of a sign-in", (it) => {
  it.effect("has each step with its client and the reason of its failure, and no code, verifier, state or token", () =>
    Effect.gen(function* () {
      const code = yield* codeFor()
      const issued = yield* post("/indieauth/token", redemption(code))
      const granted = yield* events(3)
      expect(granted.map(told)).toEqual([
        { asked: "GET authorize", clientId, reason: undefined },
        { asked: "POST consent", clientId, reason: undefined },
        { asked: "POST token", clientId, reason: undefined }
      ])
      expect(granted[2]).toMatchObject({ label: "Example App", status: 200 })

      const headers = yield* ownerCookie
      yield* post("/indieauth/token", redemption(code))
      const other = yield* codeFor()
      yield* post("/indieauth/token", redemption(other, { code_verifier: "x".repeat(43) }))
      yield* authorize(parameters({ redirect_uri: "https://evil.example/" }), headers)
      yield* authorize(parameters({ code_challenge_method: "plain", code_challenge: verifier }), headers)
      const page = yield* authorize(parameters(), headers)
      yield* decide(page.body, "decision=deny", headers)
      yield* authorize(parameters({ client_id: "app" }), {})
      yield* post("/indieauth/token", { grant_type: "password" })
      const all = yield* events(13)
      expect(all.slice(3).map(told)).toEqual([
        { asked: "POST token", clientId, reason: "grant_code_used" },
        { asked: "GET authorize", clientId, reason: undefined },
        { asked: "POST consent", clientId, reason: undefined },
        { asked: "POST token", clientId, reason: "grant_verifier" },
        { asked: "GET authorize", clientId, reason: "redirect_uri_unpublished" },
        { asked: "GET authorize", clientId, reason: "invalid_request" },
        { asked: "GET authorize", clientId, reason: undefined },
        { asked: "POST consent", clientId, reason: "access_denied" },
        // Nobody was logged in: led to the login before anything was looked at.
        { asked: "GET authorize", clientId: undefined, reason: undefined },
        { asked: "POST token", clientId: undefined, reason: "grant_type_unsupported" }
      ])
      const kept = JSON.stringify(all)
      for (const secret of [code, other, verifier, challenge, JSON.parse(issued.body).access_token, "st+a"]) {
        expect(kept).not.toContain(secret)
      }
    })
  )
})
