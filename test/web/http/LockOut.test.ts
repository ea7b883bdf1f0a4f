import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, type Fiber, TestClock } from "effect"
import { codeAt, makeSecret } from "../../../src/domain/login/OneTimeCode.js"
import { claimed, ownerServer, passing, visitor } from "../../fixtures/OwnerServer.js"
import { isOverInstances } from "../../fixtures/SiteEngine.js"

const behindProxy = () => Effect.provide(ownerServer({}, ["127.0.0.1"]))

const from = (address: string) => visitor({ "x-forwarded-for": address })
const guess = (address: string) => from(address).login({ passphrase: "wrong guess" })

/** The owner, with the right passphrase, in a browser that the site has never seen; answers status and seconds waited. */
const ownerLogsIn = Effect.gen(function* () {
  const login = yield* Effect.fork(Effect.timed(from("203.0.113.9").login()))
  const [took, { status }] = yield* passing(login)
  return { status, seconds: Duration.toSeconds(took) }
})

describe("S5: attackers who want to lock the owner out", () => {
  // Each instance has a queue of its own; its pace is divided by the number of those that run as programs.
  it.scoped.skipIf(isOverInstances)(
    "30 guesses from two addresses do not delay a new browser elsewhere",
    () =>
      Effect.gen(function* () {
        yield* claimed
        const guesses = Array.from({ length: 30 }, (_, index) => guess(index % 2 === 0 ? "192.0.2.1" : "198.51.100.2"))
        const crowd = yield* Effect.fork(Effect.all(guesses, { concurrency: "unbounded" }))
        const { seconds, status } = yield* ownerLogsIn
        expect(status).toBe(303)
        expect(seconds).toBeLessThanOrEqual(2)
        yield* passing(crowd)
      }).pipe(behindProxy()),
    120_000
  )

  it.scoped(
    "one guess a second from changing addresses does not delay it either",
    () =>
      Effect.gen(function* () {
        yield* claimed
        const crowd: Array<Fiber.RuntimeFiber<unknown, unknown>> = []
        for (let second = 0; second < 150; second += 1) {
          crowd.push(yield* Effect.fork(guess(`${1 + (second % 200)}.${second}.7.7`)))
          yield* TestClock.adjust("1 second")
          if (second % 30 !== 29) continue
          const { seconds, status } = yield* ownerLogsIn
          expect(status).toBe(303)
          expect(seconds).toBeLessThanOrEqual(3)
        }
        yield* Effect.forEach(crowd, passing)
      }).pipe(behindProxy()),
    120_000
  )

  it.scoped(
    "1,040 passkey logins begun from 52 IPv6 networks do not affect the owner's begun login",
    () =>
      Effect.gen(function* () {
        const owner = yield* claimed
        const secret = yield* makeSecret(new Uint8Array(20).fill(3))
        yield* owner.enrolCodes(secret, yield* codeAt(secret, 0))
        yield* TestClock.adjust("1 minute")
        const person = from("203.0.113.9")
        expect((yield* person.login()).headers.get("location")).toBe("/auth/login/code")
        const begin = (network: number) =>
          from(`2001:db8:0:${network.toString(16)}::1`).send("/auth/passkey/options", { method: "POST" })
        const begun = yield* Effect.forEach(
          Array.from({ length: 1040 }, (_, index) => index),
          (index) => Effect.map(begin(index % 52), ({ status }) => status),
          { concurrency: 5 }
        )
        expect(new Set(begun)).toEqual(new Set([200]))
        const done = yield* person.post("/auth/login/code", { code: yield* codeAt(secret, 60_000) })
        expect([done.status, done.headers.get("location")]).toEqual([303, "/admin/"])
      }).pipe(behindProxy()),
    120_000
  )

  it.scoped(
    "a begun login is valid once, for its own kind",
    () =>
      Effect.gen(function* () {
        const owner = yield* claimed
        const secret = yield* makeSecret(new Uint8Array(20).fill(3))
        yield* owner.enrolCodes(secret, yield* codeAt(secret, 0))
        yield* TestClock.adjust("1 minute")
        const person = from("203.0.113.9")
        yield* person.send("/auth/passkey/options", { method: "POST" })
        const code = yield* codeAt(secret, 60_000)
        expect((yield* person.post("/auth/login/code", { code })).status).toBe(401)
        yield* person.login()
        const kept = new Map(person.jar)
        expect((yield* person.post("/auth/login/code", { code })).status).toBe(303)
        yield* TestClock.adjust("1 minute")
        const thief = from("203.0.113.10")
        for (const [name, value] of kept) thief.jar.set(name, value)
        const again = yield* thief.post("/auth/login/code", { code: yield* codeAt(secret, 120_000) })
        expect(again.status).toBe(401)
        expect(again.body).toContain("This login has expired")
      }).pipe(behindProxy()),
    120_000
  )

  it.scoped(
    "codes cannot be guessed, or used up, without the passphrase",
    () =>
      Effect.gen(function* () {
        const owner = yield* claimed
        const secret = yield* makeSecret(new Uint8Array(20).fill(3))
        yield* owner.enrolCodes(secret, yield* codeAt(secret, 0))
        yield* TestClock.adjust("1 minute")
        for (let index = 0; index < 30; index += 1) {
          const answer = yield* from(`192.0.2.${index}`).post("/auth/login/code", { code: "000000" })
          expect(answer.body).toContain("This login has expired")
        }
        const person = from("203.0.113.9")
        yield* person.login()
        const done = yield* person.post("/auth/login/code", { code: yield* codeAt(secret, 60_000) })
        expect(done.status).toBe(303)
      }).pipe(behindProxy()),
    120_000
  )
})
