import { expect, layer as withLayer } from "@effect/vitest"
import { Clock, Duration, Effect, Layer, TestClock } from "effect"
import { type ActivityEvent, kept, type Refusal } from "../../../src/domain/ActivityEvent.js"
import { Activity, type ActivityPage } from "../../../src/services/Activity.js"

const refusal: Refusal = {
  reason: "token_expired",
  code: "auth.token_invalid",
  message: "The access token has expired",
  suggestion: 'Sign in again, "please" — ü 🙂',
  troubleshooting: ["one", "two"],
  operator: { details: "expired", troubleshooting: ["three"] }
}

const asked = ({ events }: ActivityPage): ReadonlyArray<string> => events.map((event) => event.asked)

/** Contract of Activity; each test gets a new one. */
export const conforms = <E>(name: string, implementation: Layer.Layer<Activity, E>) =>
  withLayer(Layer.empty)(`Activity: ${name}`, (it) => {
    const test = (title: string, body: Effect.Effect<unknown, unknown, Activity>) =>
      it.effect(title, () => Effect.provide(body, Layer.fresh(implementation)), 30_000)

    const event = (more: Partial<ActivityEvent>) =>
      Effect.map(
        Clock.currentTimeMillis,
        (at): ActivityEvent => ({
          at,
          requestId: "0123456789abcdef",
          endpoint: "/micropub",
          method: "POST",
          asked: "create",
          status: 201,
          address: "192.0.2.7",
          ...more
        })
      )

    const record = (more: Partial<ActivityEvent> = {}) =>
      Effect.flatMap(Activity, (activity) => Effect.flatMap(event(more), activity.record))

    test(
      "lists recorded events unchanged, newest first",
      Effect.gen(function* () {
        const activity = yield* Activity
        expect(yield* activity.list({ limit: 10 })).toEqual({ events: [], hasNewer: false, hasOlder: false })
        const bare = yield* event({})
        const full = yield* event({
          at: 7,
          endpoint: "/indieauth/token",
          method: "GET",
          asked: "token",
          status: 401,
          refusal,
          clientId: "https://app.example/",
          tokenId: "0011",
          label: "Phone",
          userAgent: "App/1.0 (ünïcode)"
        })
        yield* activity.record(bare)
        yield* activity.record(full)
        const { events } = yield* activity.list({ limit: 10 })
        expect(events).toEqual([
          { ...full, id: expect.any(Number) },
          { ...bare, id: expect.any(Number) }
        ])
        expect(yield* activity.lost).toBe(0)
      })
    )

    test(
      "pages in both directions, and says on which sides there is more",
      Effect.gen(function* () {
        const activity = yield* Activity
        for (let index = 1; index <= 7; index += 1) yield* record({ asked: String(index) })
        const first = yield* activity.list({ limit: 3 })
        expect([asked(first), first.hasNewer, first.hasOlder]).toEqual([["7", "6", "5"], false, true])
        const second = yield* activity.list({ limit: 3, before: first.events[2]?.id ?? 0 })
        expect([asked(second), second.hasNewer, second.hasOlder]).toEqual([["4", "3", "2"], true, true])
        const third = yield* activity.list({ limit: 3, before: second.events[2]?.id ?? 0 })
        expect([asked(third), third.hasNewer, third.hasOlder]).toEqual([["1"], true, false])
        const back = yield* activity.list({ limit: 3, after: third.events[0]?.id ?? 0 })
        expect([asked(back), back.hasNewer, back.hasOlder]).toEqual([["4", "3", "2"], true, true])
        const none = yield* activity.list({ limit: 3, before: third.events[0]?.id ?? 0 })
        expect([asked(none), none.hasNewer, none.hasOlder]).toEqual([[], true, false])
        const ahead = yield* activity.list({ limit: 3, after: first.events[0]?.id ?? 0 })
        expect([asked(ahead), ahead.hasNewer, ahead.hasOlder]).toEqual([[], false, true])
      })
    )

    test(
      "lists refusals alone",
      Effect.gen(function* () {
        const activity = yield* Activity
        for (let index = 1; index <= 6; index += 1) {
          yield* record({ asked: String(index), ...(index % 2 === 0 ? { refusal } : {}) })
        }
        const first = yield* activity.list({ limit: 2, refusedOnly: true })
        expect([asked(first), first.hasNewer, first.hasOlder]).toEqual([["6", "4"], false, true])
        const second = yield* activity.list({ limit: 2, refusedOnly: true, before: first.events[1]?.id ?? 0 })
        expect([asked(second), second.hasNewer, second.hasOlder]).toEqual([["2"], true, false])
      })
    )

    test(
      "is bounded: refusals without end evict refusals only",
      Effect.gen(function* () {
        const activity = yield* Activity
        yield* record({ asked: "granted" })
        for (let round = 0; round < 12; round += 1) {
          for (let index = 0; index < 100; index += 1) yield* record({ asked: `${round}-${index}`, refusal })
          yield* activity.list({ limit: 1 })
        }
        const count = Effect.gen(function* () {
          let total = 0
          let before: number | undefined
          for (;;) {
            const page: ActivityPage = yield* activity.list({ limit: 100, ...(before === undefined ? {} : { before }) })
            total += page.events.length
            before = page.events.at(-1)?.id
            if (!page.hasOlder || before === undefined) return { total, last: page.events.at(-1)?.asked }
          }
        })
        expect(yield* count).toEqual({ total: kept.refused + 1, last: "granted" })
        expect(yield* activity.lost).toBe(0)
      })
    )

    test(
      "removes events after a month",
      Effect.gen(function* () {
        const activity = yield* Activity
        const now = yield* Clock.currentTimeMillis
        yield* record({ asked: "old", at: now - kept.millis })
        yield* record({ asked: "young", at: now - kept.millis + 1 })
        yield* record({ asked: "newest" })
        expect(asked(yield* activity.list({ limit: 10 }))).toEqual(["newest", "young"])
        yield* TestClock.adjust(Duration.hours(1))
        yield* record({ asked: "next" })
        expect(asked(yield* activity.list({ limit: 10 }))).toEqual(["next", "newest"])
      })
    )
  })
