import { Clock, Effect, Layer, Redacted } from "effect"
import { type AccessToken, isTokenExpired, isTouchDue, newRecord, tokenPattern } from "../../src/domain/AccessToken.js"
import { TokenInvalid } from "../../src/errors/failure/Micropub.js"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"

/** Access tokens in this process's memory, for tests of what stands on them. */
export const layer: Layer.Layer<AccessTokens, never, SecureRandom> = Layer.effect(
  AccessTokens,
  Effect.gen(function* () {
    const random = yield* SecureRandom
    const tokens = new Map<string, AccessToken>()
    const revoked = new Set<string>()
    const valid = () => [...tokens.values()].filter((record) => !revoked.has(record.id))

    return {
      create: Effect.fn("AccessTokens.create")(function* (token) {
        const secret = yield* random.base64url(32)
        const record = newRecord(token, yield* random.hex(8), yield* Clock.currentTimeMillis)
        tokens.set(secret, record)
        return { token: Redacted.make(secret), record }
      }),
      verify: Effect.fn("AccessTokens.verify")(function* (token) {
        const secret = Redacted.value(token)
        if (!tokenPattern.test(secret)) return yield* new TokenInvalid({ reason: "malformed" })
        const record = tokens.get(secret)
        if (record === undefined) return yield* new TokenInvalid({ reason: "unknown" })
        if (revoked.has(record.id)) return yield* new TokenInvalid({ reason: "revoked" })
        const now = yield* Clock.currentTimeMillis
        if (isTokenExpired(record, now)) return yield* new TokenInvalid({ reason: "expired" })
        if (!isTouchDue(record, now)) return record
        const touched = { ...record, lastUsedAt: now }
        tokens.set(secret, touched)
        return touched
      }),
      list: Effect.sync(() => valid().toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))),
      revoke: Effect.fn("AccessTokens.revoke")((id) =>
        Effect.sync(() => {
          const known = valid().some((record) => record.id === id)
          revoked.add(id)
          return known
        })
      )
    }
  })
)
