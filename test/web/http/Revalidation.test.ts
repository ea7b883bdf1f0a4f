import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Ref } from "effect"
import { RequestContext } from "../../../src/web/http/RequestContext.js"
import { revalidated } from "../../../src/web/http/Revalidation.js"
import { feed } from "../../../src/web/http/RoutePolicy.js"

const context = {
  policy: feed,
  revision: undefined,
  note: () => Effect.void,
  show: () => Effect.void,
  countWrite: () => Effect.void
}

const asking =
  (headers: Record<string, string>) =>
  <A, E>(page: Effect.Effect<A, E, HttpServerRequest.HttpServerRequest | RequestContext>) =>
    page.pipe(
      Effect.provideService(RequestContext, context),
      Effect.provideService(
        HttpServerRequest.HttpServerRequest,
        HttpServerRequest.fromWeb(new Request("http://localhost/", { headers }))
      )
    )

describe("revalidation", () => {
  it.effect("renders content only for clients without it", () =>
    Effect.gen(function* () {
      const made = yield* Ref.make(0)
      const page = revalidated(
        { etag: 'W/"7"' },
        Effect.as(
          Ref.update(made, (count) => count + 1),
          HttpServerResponse.text("page")
        )
      )
      const first = yield* asking({})(page)
      expect([first.status, first.headers.etag, first.headers["cache-control"]]).toEqual([
        200,
        'W/"7"',
        "public, max-age=300"
      ])
      expect((yield* asking({ "if-none-match": '"6", "7"' })(page)).status).toBe(304)
      expect(yield* made).toBe(1)
      expect((yield* asking({ "if-none-match": '"6"' })(page)).status).toBe(200)
      expect(yield* made).toBe(2)
    })
  )

  it.effect("passes on the failure of the rendering", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(asking({})(revalidated({ etag: '"7"' }, Effect.fail("no page"))))
      expect(failure).toBe("no page")
    })
  )
})
