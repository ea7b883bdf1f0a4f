import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Exit, Fiber, Scope, TestClock } from "effect"
import * as AnswerCache from "../../../layers/outbound/AnswerCache.js"

const timeToLive = (exit: Exit.Exit<number, string>) =>
  Exit.isSuccess(exit) ? Duration.minutes(1) : Duration.seconds(5)

const counting = Effect.gen(function* () {
  const cached = yield* AnswerCache.make<number, string>({ capacity: 3, timeToLive })
  let asked = 0
  const next = Effect.sync(() => {
    asked += 1
    return asked
  })
  return { cached, next, asked: () => asked }
})

describe("AnswerCache", () => {
  it.scoped("keeps an answer for its time limit, and a failure for less", () =>
    Effect.gen(function* () {
      const { cached, next } = yield* counting
      const failing = Effect.flatMap(next, (count) => Effect.fail(`no ${count}`))
      expect(yield* cached("a", next)).toBe(1)
      expect(yield* Effect.flip(cached("b", failing))).toBe("no 2")
      yield* TestClock.adjust(Duration.millis(4_999))
      expect(yield* Effect.flip(cached("b", failing))).toBe("no 2")
      yield* TestClock.adjust(Duration.millis(1))
      expect(yield* Effect.flip(cached("b", failing))).toBe("no 3")
      expect(yield* cached("a", next)).toBe(1)
      yield* TestClock.adjust(Duration.seconds(55))
      expect(yield* cached("a", next)).toBe(4)
    })
  )

  it.scoped("asks once for all waiting callers, and continues when the first of them leaves", () =>
    Effect.gen(function* () {
      const { asked, cached, next } = yield* counting
      const latch = yield* Deferred.make<void>()
      const slow = Effect.zipRight(Deferred.await(latch), next)
      const first = yield* Effect.fork(cached("a", slow))
      yield* Effect.yieldNow()
      const others = yield* Effect.fork(Effect.replicateEffect(cached("a", slow), 10, { concurrency: "unbounded" }))
      yield* Effect.yieldNow()
      expect(yield* cached("b", Effect.succeed(7))).toBe(7)
      yield* Fiber.interrupt(first)
      yield* Deferred.succeed(latch, undefined)
      expect(new Set(yield* Fiber.join(others))).toEqual(new Set([1]))
      expect(asked()).toBe(1)
    })
  )

  it.scoped("keeps the log annotations of the callers apart", () =>
    Effect.gen(function* () {
      const { cached } = yield* counting
      const ask = cached("a", Effect.succeed(1))
      yield* Effect.annotateLogs(ask, "request_id", "first")
      const seen = Effect.zipRight(ask, Effect.logAnnotations)
      expect([...(yield* Effect.annotateLogs(seen, "request_id", "second"))]).toEqual([["request_id", "second"]])
    })
  )

  it.scoped("evicts the oldest entry over its capacity", () =>
    Effect.gen(function* () {
      const { cached, next } = yield* counting
      for (const key of ["a", "b", "c", "d"]) yield* cached(key, next)
      expect(yield* cached("d", next)).toBe(4)
      expect(yield* cached("b", next)).toBe(2)
      expect(yield* cached("a", next)).toBe(5)
    })
  )

  it.effect("ends its requests with its scope", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const { cached } = yield* Scope.extend(counting, scope)
      const waiting = yield* Effect.fork(cached("a", Effect.never))
      yield* Effect.yieldNow()
      yield* Scope.close(scope, Exit.void)
      expect(Exit.isInterrupted(yield* Fiber.await(waiting))).toBe(true)
    })
  )
})
