import { Clock, Effect, Layer, Redacted } from "effect"
import {
  type AccessToken,
  type IssuedToken,
  isTokenExpired,
  isTouchDue,
  newRecord,
  refreshExpiresAt,
  tokenPattern
} from "../../src/domain/indieauth/AccessToken.js"
import { longestRenewalMillis } from "../../src/domain/indieauth/TokenLifetime.js"
import { GrantInvalid, ScopeExceeded } from "../../src/errors/failure/IndieAuth.js"
import { TokenInvalid } from "../../src/errors/failure/Micropub.js"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"

/** A token record with its current and previous secret. */
interface Held {
  record: AccessToken
  secret: string
  previous: string | undefined
  revoked: boolean
}

/** A refresh token, valid once. */
interface Renewer {
  readonly id: string
  readonly allowed: ReadonlyArray<string>
  readonly expiresAt: number
  used: boolean
}

/** In-memory access tokens for tests. */
export const layer: Layer.Layer<AccessTokens, never, SecureRandom> = Layer.effect(
  AccessTokens,
  Effect.gen(function* () {
    const random = yield* SecureRandom
    const tokens = new Map<string, Held>()
    const renewers = new Map<string, Renewer>()

    const valid = () => [...tokens.values()].filter(({ revoked }) => !revoked)
    const bySecret = (secret: string) => [...tokens.values()].find((held) => held.secret === secret)

    const end = (held: Held | undefined): boolean => {
      if (held === undefined || held.revoked) return false
      held.revoked = true
      return true
    }

    const issue = (
      record: AccessToken,
      secret: string,
      refresh: string,
      allowed: ReadonlyArray<string>,
      now: number
    ) => {
      const issued: IssuedToken = { token: Redacted.make(secret), record }
      if (record.renewalMillis === undefined) return issued
      const expiresAt = refreshExpiresAt(record.renewalMillis, record, now)
      renewers.set(refresh, { id: record.id, allowed, expiresAt, used: false })
      return { ...issued, refresh: Redacted.make(refresh) }
    }

    return {
      create: Effect.fn("AccessTokens.create")(function* (token) {
        const now = yield* Clock.currentTimeMillis
        const secret = yield* random.base64url(32)
        const record = newRecord(token, yield* random.hex(8), now)
        tokens.set(record.id, { record, secret, previous: undefined, revoked: false })
        return issue(record, secret, yield* random.base64url(32), record.scopes, now)
      }),
      verify: Effect.fn("AccessTokens.verify")(function* (token) {
        const secret = Redacted.value(token)
        if (!tokenPattern.test(secret)) return yield* new TokenInvalid({ reason: "malformed" })
        const held = bySecret(secret)
        if (held === undefined) {
          const replaced = [...tokens.values()].some(({ previous }) => previous === secret)
          return yield* new TokenInvalid({ reason: replaced ? "expired" : "unknown" })
        }
        if (held.revoked) return yield* new TokenInvalid({ reason: "revoked" })
        const now = yield* Clock.currentTimeMillis
        if (isTokenExpired(held.record, now)) return yield* new TokenInvalid({ reason: "expired" })
        if (isTouchDue(held.record, now)) held.record = { ...held.record, lastUsedAt: now }
        return held.record
      }),
      refresh: Effect.fn("AccessTokens.refresh")(function* (token, { clientId, scopes }) {
        const now = yield* Clock.currentTimeMillis
        const secret = yield* random.base64url(32)
        const next = yield* random.base64url(32)
        const renewer = renewers.get(Redacted.value(token))
        const held = renewer === undefined ? undefined : tokens.get(renewer.id)
        if (renewer === undefined || held === undefined) return yield* new GrantInvalid({ reason: "refresh_unknown" })
        if (renewer.used) {
          end(held)
          return yield* new GrantInvalid({ reason: "refresh_used" })
        }
        if (held.revoked) return yield* new GrantInvalid({ reason: "refresh_revoked" })
        if (held.record.clientId !== clientId) return yield* new GrantInvalid({ reason: "refresh_client" })
        if (renewer.expiresAt <= now || held.record.createdAt + longestRenewalMillis <= now)
          return yield* new GrantInvalid({ reason: "refresh_expired" })
        const { allowed } = renewer
        const beyond = scopes?.find((scope) => !allowed.some((each) => each === scope))
        if (beyond !== undefined) return yield* new ScopeExceeded({ scope: beyond, allowed })
        renewer.used = true
        held.previous = held.secret
        held.secret = secret
        held.record = {
          ...held.record,
          scopes: allowed.filter((scope) => scopes === undefined || scopes.includes(scope)),
          expiresAt: now + (held.record.renewalMillis ?? 0)
        }
        return issue(held.record, secret, next, allowed, now)
      }),
      list: Effect.sync(() =>
        valid()
          .map(({ record }) => record)
          .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
      ),
      rename: Effect.fn("AccessTokens.rename")((id, label) =>
        Effect.sync(() => {
          const held = tokens.get(id)
          if (held === undefined || held.revoked) return false
          held.record = { ...held.record, label }
          return true
        })
      ),
      revoke: Effect.fn("AccessTokens.revoke")((id) => Effect.sync(() => end(tokens.get(id)))),
      revokeClient: Effect.fn("AccessTokens.revokeClient")((clientId) =>
        Effect.sync(
          () =>
            valid()
              .filter(({ record }) => record.clientId === clientId)
              .map(end).length
        )
      ),
      surrender: Effect.fn("AccessTokens.surrender")((token) =>
        Effect.sync(() => {
          const secret = Redacted.value(token)
          const renewer = renewers.get(secret)
          return end(renewer === undefined || renewer.used ? bySecret(secret) : tokens.get(renewer.id))
        })
      ),
      cleanup: Effect.map(Clock.currentTimeMillis, (now) => {
        const dead = [...renewers].filter(([, { expiresAt }]) => expiresAt <= now)
        for (const [secret] of dead) renewers.delete(secret)
        return dead.length
      })
    }
  })
)
