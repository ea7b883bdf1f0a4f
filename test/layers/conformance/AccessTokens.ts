import { describe, expect, layer as withLayer } from "@effect/vitest"
import { Clock, Duration, Effect, type Layer, Redacted, TestClock } from "effect"
import type { NewAccessToken } from "../../../src/domain/indieauth/AccessToken.js"
import { ClientId } from "../../../src/domain/indieauth/ClientId.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { eventually } from "../../fixtures/Eventually.js"

const forCreating: NewAccessToken = { label: "Editor", me: "https://me.example/", scopes: ["create", "update"] }

const clientId = ClientId.make("https://app.example/")
const stranger = ClientId.make("https://other.example/")

const forApp: NewAccessToken = {
  ...forCreating,
  clientId,
  clientName: "App",
  lifetime: Duration.days(1),
  renewable: true
}

/** Contract of AccessTokens. */
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

    it.effect("accepts a token with its scopes", () =>
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

    it.effect("refuses a malformed token and an unknown one", () =>
      Effect.gen(function* () {
        for (const text of ["", "x", "a".repeat(44), `${"a".repeat(42)}\n`, "' OR 1=1 --".padEnd(43, "-")]) {
          expect(yield* refusal(Redacted.make(text))).toBe("malformed")
        }
        expect(yield* refusal(Redacted.make("a".repeat(43)))).toBe("unknown")
      })
    )

    it.effect("rejects a token after its expiry", () =>
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

    it.effect("rejects a revoked token and no longer lists it", () =>
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

    it.effect("lists tokens newest first", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const older = yield* tokens.create(forCreating)
        yield* TestClock.adjust(Duration.seconds(1))
        const newer = yield* tokens.create(forCreating)
        const ids = (yield* tokens.list).map(({ id }) => id)
        expect(ids.indexOf(newer.record.id)).toBeLessThan(ids.indexOf(older.record.id))
      })
    )

    it.effect("records the last use to the minute", () =>
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

    it.effect("stores the app of a token, and a changed name", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const { record: created, token } = yield* tokens.create(forApp)
        expect(created).toMatchObject({ clientId, clientName: "App", renewalMillis: 86_400_000 })
        expect(yield* tokens.rename(created.id, "Phone")).toBe(true)
        expect(yield* tokens.rename("no-such-id", "Phone")).toBe(false)
        expect(yield* tokens.verify(token)).toMatchObject({ label: "Phone", clientId })
        yield* tokens.revoke(created.id)
        expect(yield* tokens.rename(created.id, "Ghost")).toBe(false)
      })
    )

    it.effect("revokes all tokens of one app, and no others", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const app = "https://ended.example/"
        const [first, second] = [
          yield* tokens.create({ ...forApp, clientId: app }),
          yield* tokens.create({ ...forCreating, clientId: app })
        ]
        const other = yield* tokens.create(forApp)
        expect(yield* tokens.revokeClient(app)).toBe(2)
        expect(yield* tokens.revokeClient(app)).toBe(0)
        for (const { token } of [first, second]) expect(yield* refusal(token)).toBe("revoked")
        expect(yield* tokens.verify(other.token)).toMatchObject({ id: other.record.id })
      })
    )

    describe("renewing", () => {
      const renewed = Effect.gen(function* () {
        const issued = yield* Effect.flatMap(AccessTokens, (tokens) => tokens.create(forApp))
        return { ...issued, refresh: issued.refresh ?? Redacted.make("none") }
      })
      const fault = (refresh: Redacted.Redacted, client = clientId, scopes?: ReadonlyArray<string>) =>
        Effect.flatMap(AccessTokens, (tokens) =>
          Effect.map(
            Effect.flip(tokens.refresh(refresh, { clientId: client, ...(scopes === undefined ? {} : { scopes }) })),
            (failure) => (failure._tag === "GrantInvalid" ? failure.reason : failure._tag)
          )
        )

      it.effect("gives a refresh token only to tokens that expire and may be renewed", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          expect((yield* tokens.create(forApp)).refresh).toBeDefined()
          expect((yield* tokens.create({ ...forCreating, renewable: true })).refresh).toBeUndefined()
          expect((yield* tokens.create({ ...forCreating, lifetime: Duration.days(1) })).refresh).toBeUndefined()
        })
      )

      it.effect("a renewed token keeps its place in the list, and the previous one is rejected", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          const first = yield* renewed
          yield* TestClock.adjust(Duration.hours(23))
          const second = yield* tokens.refresh(first.refresh, { clientId })
          expect(second.record).toMatchObject({ id: first.record.id, createdAt: first.record.createdAt })
          expect(second.record.expiresAt).toBe((yield* Clock.currentTimeMillis) + 86_400_000)
          expect(yield* refusal(first.token)).toBe("expired")
          yield* TestClock.adjust(Duration.hours(23))
          expect(yield* tokens.verify(second.token)).toMatchObject({ ...forCreating, id: first.record.id })
        })
      )

      it.effect("a second use of a refresh token revokes the token that the first use gave", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          const first = yield* renewed
          const second = yield* tokens.refresh(first.refresh, { clientId })
          expect(yield* fault(first.refresh)).toBe("refresh_used")
          expect(yield* refusal(second.token)).toBe("revoked")
          expect(yield* fault(second.refresh ?? first.refresh)).toBe("refresh_revoked")
        })
      )

      it.effect("two renewals at once do not both get a valid token", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          const first = yield* renewed
          const attempts = yield* Effect.all(
            Array.from({ length: 4 }, () => Effect.either(tokens.refresh(first.refresh, { clientId }))),
            { concurrency: "unbounded" }
          )
          expect(attempts.filter(({ _tag }) => _tag === "Right")).toHaveLength(1)
          for (const attempt of attempts) {
            if (attempt._tag === "Right") expect(yield* refusal(attempt.right.token)).toBe("revoked")
          }
        })
      )

      it.effect("refuses another client, and an unknown, a revoked or an expired refresh token", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          const kept = yield* renewed
          expect(yield* fault(kept.refresh, stranger)).toBe("refresh_client")
          expect(yield* fault(Redacted.make("a".repeat(43)))).toBe("refresh_unknown")
          expect(yield* fault(kept.token)).toBe("refresh_unknown")
          const ended = yield* renewed
          yield* tokens.revoke(ended.record.id)
          expect(yield* fault(ended.refresh)).toBe("refresh_revoked")
          yield* TestClock.adjust(Duration.days(31))
          expect(yield* fault(kept.refresh)).toBe("refresh_expired")
        })
      )

      it.effect("may narrow scopes and widen them again, up to those that were granted", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          const first = yield* renewed
          expect(yield* fault(first.refresh, clientId, ["create", "delete"])).toBe("ScopeExceeded")
          const fewer = yield* tokens.refresh(first.refresh, { clientId, scopes: ["create"] })
          expect(yield* tokens.verify(fewer.token)).toMatchObject({ scopes: ["create"] })
          const all = yield* tokens.refresh(fewer.refresh ?? first.refresh, { clientId })
          expect(yield* tokens.verify(all.token)).toMatchObject({ scopes: ["create", "update"] })
        })
      )

      it.effect("removes expired refresh tokens, and keeps the others", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          yield* TestClock.adjust(Duration.days(100))
          yield* tokens.cleanup
          const old = yield* renewed
          yield* TestClock.adjust(Duration.days(20))
          const young = yield* renewed
          yield* TestClock.adjust(Duration.days(11))
          expect(yield* tokens.cleanup).toBe(1)
          expect(yield* fault(old.refresh)).toBe("refresh_unknown")
          expect(yield* tokens.refresh(young.refresh, { clientId })).toMatchObject({ record: { id: young.record.id } })
        })
      )

      it.effect("S14: an app renews its token for a year, however often it does", () =>
        Effect.gen(function* () {
          const tokens = yield* AccessTokens
          let { refresh } = yield* renewed
          for (let month = 0; month < 12; month += 1) {
            yield* TestClock.adjust(Duration.days(30))
            refresh = (yield* tokens.refresh(refresh, { clientId })).refresh ?? refresh
          }
          yield* TestClock.adjust(Duration.days(6))
          expect(yield* fault(refresh)).toBe("refresh_expired")
        })
      )
    })

    it.effect("revokes a token by itself or by its refresh token", () =>
      Effect.gen(function* () {
        const tokens = yield* AccessTokens
        const [first, second] = [yield* tokens.create(forApp), yield* tokens.create(forApp)]
        expect(yield* tokens.surrender(first.token)).toBe(true)
        expect(yield* tokens.surrender(first.token)).toBe(false)
        expect(yield* refusal(first.token)).toBe("revoked")
        expect(yield* tokens.surrender(second.refresh ?? first.token)).toBe(true)
        expect(yield* refusal(second.token)).toBe("revoked")
        for (const text of ["", "x", "a".repeat(43)]) expect(yield* tokens.surrender(Redacted.make(text))).toBe(false)
      })
    )
  })
