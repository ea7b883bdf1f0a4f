import { expect, layer as withLayer } from "@effect/vitest"
import { Clock, Duration, Effect, type Layer, Redacted, TestClock } from "effect"
import type { Session } from "../../../src/domain/login/Session.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { eventually } from "../../fixtures/Eventually.js"

const owner = "https://me.example/"

/** `TestClock.adjust` only advances: a duration is never negative. */
const setBack = (by: Duration.Duration) =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => TestClock.setTime(now - Duration.toMillis(by)))

const only = (sessions: ReadonlyArray<Session>): Session => {
  expect(sessions).toHaveLength(1)
  const [session] = sessions
  if (session === undefined) throw new Error("no session")
  return session
}

/** Contract of SessionManager, with an idle limit of 30 days and an absolute one of 90. */
export const conforms = <E>(name: string, implementation: Layer.Layer<SessionManager, E>) =>
  withLayer(implementation)(`SessionManager: ${name}`, (it) => {
    /** Starts each test without sessions. */
    const test = (title: string, body: Effect.Effect<unknown, unknown, SessionManager>) =>
      it.effect(title, () =>
        Effect.gen(function* () {
          const sessions = yield* SessionManager
          yield* sessions.endAll
          yield* body
        })
      )

    const failureOf = (token: Redacted.Redacted) =>
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const failure = yield* Effect.flip(sessions.validate(token))
        return failure._tag === "SessionExpired" ? failure.reason : failure._tag
      })

    test(
      "a new token opens its session, and another one opens none",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const token = yield* sessions.create({ owner, userAgent: "Browser", address: "192.0.2.7" })
        expect(Redacted.value(token)).toMatch(/^[A-Za-z0-9_-]{43}$/)
        const session = yield* sessions.validate(token)
        expect(session).toMatchObject({ owner, userAgent: "Browser", address: "192.0.2.7" })
        expect(session.expiresAt - session.createdAt).toBe(Duration.toMillis("30 days"))
        expect(session.endsAt - session.createdAt).toBe(Duration.toMillis("90 days"))
        expect(yield* failureOf(Redacted.make("x".repeat(43)))).toBe("unknown")
        expect(yield* failureOf(Redacted.make(session.id))).toBe("unknown")
      })
    )

    test(
      "a proof is as old as its login, is not renewed by use, and ends when others are distrusted",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        yield* TestClock.adjust("1 hour")
        const at = yield* Clock.currentTimeMillis
        const proved = yield* sessions.create({ owner, proved: true })
        const unproved = yield* sessions.create({ owner })
        yield* TestClock.adjust("2 minutes")
        const { id, provedAt } = yield* sessions.validate(proved)
        expect(provedAt).toBe(at)
        expect((yield* sessions.validate(unproved)).provedAt).toBeUndefined()
        yield* sessions.distrustOthers(id)
        expect((yield* sessions.validate(proved)).provedAt).toBe(at)
        const again = yield* sessions.rotate(unproved, { owner, proved: true })
        expect((yield* sessions.validate(again)).provedAt).toBe(at + 120_000)
        yield* sessions.distrustOthers(id)
        expect((yield* sessions.validate(again)).provedAt).toBeUndefined()
        expect((yield* sessions.list).map(({ provedAt }) => provedAt)).toContain(at)
      })
    )

    test(
      "the idle limit is exact: valid one millisecond before, expired at the limit",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const early = yield* sessions.create({ owner })
        const late = yield* sessions.create({ owner })
        yield* TestClock.adjust(Duration.subtract(Duration.days(30), Duration.millis(1)))
        expect((yield* sessions.validate(early)).owner).toBe(owner)
        yield* TestClock.adjust(Duration.millis(1))
        expect(yield* failureOf(late)).toBe("idle")
      })
    )

    test(
      "use extends a session, but never past its absolute limit",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const token = yield* sessions.create({ owner })
        for (let day = 0; day < 88; day += 22) {
          yield* TestClock.adjust(Duration.days(22))
          const { lastUsedAt } = yield* sessions.validate(token)
          yield* eventually(sessions.list, ([session]) => session?.lastUsedAt === lastUsedAt)
        }
        const session = yield* sessions.validate(token)
        expect(session.expiresAt).toBe(session.endsAt)
        yield* TestClock.adjust(Duration.days(2))
        expect(yield* failureOf(token)).toBe("absolute")
      })
    )

    test(
      "use is recorded at most once a minute",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const token = yield* sessions.create({ owner })
        const { createdAt } = only(yield* sessions.list)
        yield* TestClock.adjust(Duration.seconds(59))
        yield* sessions.validate(token)
        expect(only(yield* sessions.list).lastUsedAt).toBe(createdAt)
        yield* TestClock.adjust(Duration.seconds(1))
        yield* sessions.validate(token)
        const list = yield* eventually(sessions.list, ([session]) => session?.lastUsedAt === createdAt + 60_000)
        expect(only(list).expiresAt).toBe(createdAt + 60_000 + Duration.toMillis("30 days"))
      })
    )

    test(
      "rotation ends the old token and issues a valid new one",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const before = yield* sessions.create({ owner })
        const after = yield* sessions.rotate(before, { owner })
        expect(yield* failureOf(before)).toBe("unknown")
        expect((yield* sessions.validate(after)).owner).toBe(owner)
        expect(yield* sessions.list).toHaveLength(1)
      })
    )

    test(
      "ends one session, and then all",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const [first, second, third] = yield* Effect.all([
          sessions.create({ owner }),
          sessions.create({ owner }),
          sessions.create({ owner })
        ])
        const { id } = yield* sessions.validate(first)
        expect(yield* sessions.end(id)).toBe(true)
        expect(yield* sessions.end(id)).toBe(false)
        expect(yield* failureOf(first)).toBe("unknown")
        expect((yield* sessions.validate(second)).owner).toBe(owner)
        expect(yield* sessions.endAll).toBe(2)
        expect(yield* failureOf(third)).toBe("unknown")
      })
    )

    test(
      "ends all others, and keeps this one",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const dead = yield* sessions.create({ owner })
        yield* TestClock.adjust(Duration.days(30))
        const [mine, ...others] = yield* Effect.all([
          sessions.create({ owner }),
          sessions.create({ owner }),
          sessions.create({ owner })
        ])
        const { id } = yield* sessions.validate(mine)
        expect(yield* sessions.endOthers(id)).toBe(2)
        for (const token of [dead, ...others]) expect(yield* failureOf(token)).toBe("unknown")
        expect(only(yield* sessions.list).id).toBe(id)
        expect(yield* sessions.endOthers("unknown")).toBe(1)
        expect(yield* sessions.list).toEqual([])
      })
    )

    test(
      "an ended session stays ended in a race with its use",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        for (let round = 0; round < 50; round++) {
          const token = yield* sessions.create({ owner })
          yield* TestClock.adjust(Duration.minutes(2))
          const { id } = only(yield* sessions.list)
          yield* Effect.all([Effect.ignore(sessions.validate(token)), sessions.end(id)], { concurrency: 2 })
          expect(yield* failureOf(token)).toBe("unknown")
        }
      })
    )

    test(
      "clean-up removes all expired sessions in batches, and keeps valid ones",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        yield* Effect.replicateEffect(sessions.create({ owner }), 1_201)
        yield* TestClock.adjust(Duration.days(31))
        const living = yield* sessions.create({ owner })
        expect(yield* sessions.cleanup).toBe(1_201)
        expect(yield* sessions.cleanup).toBe(0)
        expect((yield* sessions.validate(living)).owner).toBe(owner)
      })
    )

    test(
      "a clock that is set back neither revives nor ends a session",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        const dead = yield* sessions.create({ owner })
        yield* TestClock.adjust(Duration.days(30))
        expect(yield* failureOf(dead)).toBe("idle")
        const living = yield* sessions.create({ owner })
        yield* setBack(Duration.days(1))
        expect(yield* failureOf(dead)).toBe("idle")
        expect((yield* sessions.validate(living)).owner).toBe(owner)
        yield* TestClock.adjust(Duration.days(1))
      })
    )

    test(
      "a clock that was years ahead for a moment does not extend sessions by years",
      Effect.gen(function* () {
        const sessions = yield* SessionManager
        yield* TestClock.adjust(Duration.days(3_650))
        const fromTheFuture = yield* sessions.create({ owner })
        yield* setBack(Duration.days(3_650))
        expect(yield* failureOf(fromTheFuture)).not.toBe("unknown")
        const now = yield* sessions.create({ owner })
        expect((yield* sessions.validate(now)).owner).toBe(owner)
        yield* TestClock.adjust(Duration.days(30))
        expect(yield* failureOf(now)).toBe("idle")
      })
    )
  })
