import { expect, layer as withLayer } from "@effect/vitest"
import { Clock, Duration, Effect, type Layer, Redacted, TestClock } from "effect"
import type { NewAccessToken } from "../../src/domain/AccessToken.js"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { eventually } from "../Eventually.js"

const forCreating: NewAccessToken = { label: "Editor", me: "https://me.example/", scopes: ["create", "update"] }

/** Every AccessTokens keeps these promises. */
export const conforms = <E>(name: string, implementation: Layer.Layer<AccessTokens, E>) =>
  withLayer(implementation)(`AccessTokens: ${name}`, (it) => {
    const record = (id: string) =>
      Effect.flatMap(AccessTokens, (tokens) => Effect.map(tokens.list, (list) => list.find((token) => token.id === id)))
    const refusal = (token: Redacted.Redacted) =>
      Effect.flatMap(AccessTokens, (tokens) =>
        Effect.map(Effect.flip(tokens.verify(token)), (failure) =>
          failure._tag === "TokenInvalid" ? failure.reason : failure._tag
        )
      )

    it.effect("a token opens what it was made for", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const { record, token } = yield* tokens.create(forCreating)
        expect(Redacted.value(token)).toMatch(/^[A-Za-z0-9_-]{43}$/)
        expect(record).toMatchObject(forCreating)
        expect(yield* tokens.verify(token)).toMatchObject({ ...forCreating, id: record.id })
      })
    )

    it.effect("two tokens are never the same", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const made = yield* Effect.replicateEffect(tokens.create(forCreating), 20)
        expect(new Set(made.map(({ token }) => Redacted.value(token))).size).toBe(20)
        expect(new Set(made.map(({ record }) => record.id)).size).toBe(20)
      })
    )

    it.effect("what is no token, or nobody's, is refused", () =>
      Effect.gen(function* () {
        for (const text of ["", "x", "a".repeat(44), `${"a".repeat(42)}\n`, "' OR 1=1 --".padEnd(43, "-")]) {
          expect(yield* refusal(Redacted.make(text))).toBe("malformed")
        }
        expect(yield* refusal(Redacted.make("a".repeat(43)))).toBe("unknown")
      })
    )

    it.effect("a token ends at its limit", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const expiresAt = (yield* Clock.currentTimeMillis) + 60_000
        const { token } = yield* tokens.create({ ...forCreating, lifetime: Duration.minutes(1) })
        yield* TestClock.adjust(Duration.millis(59_999))
        expect(yield* tokens.verify(token)).toMatchObject({ expiresAt })
        yield* TestClock.adjust(Duration.millis(1))
        expect(yield* refusal(token)).toBe("expired")
      })
    )

    it.effect("a revoked token opens nothing, and is listed no more", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const { record: created, token } = yield* tokens.create(forCreating)
        expect(yield* record(created.id)).toEqual(created)
        expect(yield* tokens.revoke(created.id)).toBe(true)
        expect(yield* tokens.revoke(created.id)).toBe(false)
        expect(yield* tokens.revoke("no-such-id")).toBe(false)
        expect(yield* refusal(token)).toBe("revoked")
        expect(yield* record(created.id)).toBeUndefined()
      })
    )

    it.effect("the list is newest first", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const older = yield* tokens.create(forCreating)
        yield* TestClock.adjust(Duration.seconds(1))
        const newer = yield* tokens.create(forCreating)
        const ids = (yield* tokens.list).map(({ id }) => id)
        expect(ids.indexOf(newer.record.id)).toBeLessThan(ids.indexOf(older.record.id))
      })
    )

    it.effect("use is remembered, to the minute", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const { record: created, token } = yield* tokens.create(forCreating)
        expect(created.lastUsedAt).toBeUndefined()
        const first = yield* Clock.currentTimeMillis
        const lastUse = Effect.map(record(created.id), (token) => token?.lastUsedAt)
        yield* tokens.verify(token)
        expect(yield* eventually(lastUse, (instant) => instant !== undefined)).toBe(first)
        yield* TestClock.adjust(Duration.seconds(59))
        expect(yield* tokens.verify(token)).toMatchObject({ lastUsedAt: first })
        yield* TestClock.adjust(Duration.seconds(1))
        yield* tokens.verify(token)
        expect(yield* eventually(lastUse, (instant) => instant !== first)).toBe(first + 60_000)
      })
    )
  })
