import { Clock, Effect, Layer, Redacted } from "effect"
import { isTokenExpired } from "../../src/domain/indieauth/AccessToken.js"
import {
  type Authorization,
  type AuthorizationRequest,
  codeLifetimeMillis,
  codeMemoryMillis,
  maxWaitingRequests,
  type Redemption,
  redemptionFault,
  requestLifetimeMillis
} from "../../src/domain/indieauth/Authorization.js"
import { AuthorizationRequestExpired, GrantInvalid } from "../../src/errors/failure/IndieAuth.js"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { Authorizations } from "../../src/services/Authorizations.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"

/** An issued authorization code. */
interface Given {
  readonly authorization: Authorization
  readonly expiresAt: number
  used: boolean
  tokenId: string | undefined
}

/** In-memory authorization requests and codes for tests. */
export const layer: Layer.Layer<Authorizations, never, SecureRandom | AccessTokens> = Layer.effect(
  Authorizations,
  Effect.gen(function* () {
    const random = yield* SecureRandom
    const tokens = yield* AccessTokens
    const requests = new Map<string, AuthorizationRequest & { readonly expiresAt: number }>()
    const codes = new Map<string, Given>()
    const oneAtATime = (yield* Effect.makeSemaphore(1)).withPermits(1)

    const find = Effect.fnUntraced(function* (code: Redacted.Redacted, shown: Redemption) {
      const now = yield* Clock.currentTimeMillis
      const given = codes.get(Redacted.value(code))
      if (given === undefined) return yield* new GrantInvalid({ reason: "code_unknown" })
      if (given.used) {
        if (given.tokenId !== undefined) yield* tokens.revoke(given.tokenId)
        return yield* new GrantInvalid({ reason: "code_used" })
      }
      if (given.expiresAt <= now) return yield* new GrantInvalid({ reason: "code_expired" })
      const fault = redemptionFault(given.authorization, shown)
      return fault === undefined ? given : yield* new GrantInvalid({ reason: fault })
    })

    return {
      ask: Effect.fn("Authorizations.ask")(function* (request) {
        const kept = { ...request, id: yield* random.base64url(24) }
        requests.set(kept.id, { ...kept, expiresAt: (yield* Clock.currentTimeMillis) + requestLifetimeMillis })
        const waiting = [...requests.values()].filter(({ sessionId }) => sessionId === request.sessionId)
        for (const { id } of waiting.slice(0, -maxWaitingRequests)) requests.delete(id)
        return kept
      }),
      decide: Effect.fn("Authorizations.decide")(function* (id, sessionId) {
        const waiting = requests.get(id)
        if (waiting?.sessionId !== sessionId) return yield* new AuthorizationRequestExpired()
        requests.delete(id)
        const { expiresAt, ...request } = waiting
        return expiresAt > (yield* Clock.currentTimeMillis) ? request : yield* new AuthorizationRequestExpired()
      }),
      isKnown: Effect.fn("Authorizations.isKnown")(function* (clientId) {
        const now = yield* Clock.currentTimeMillis
        const live = (yield* tokens.list).some((token) => token.clientId === clientId && !isTokenExpired(token, now))
        return live || [...codes.values()].some(({ authorization }) => authorization.clientId === clientId)
      }),
      issueCode: Effect.fn("Authorizations.issueCode")(function* (authorization) {
        const code = yield* random.base64url(32)
        const expiresAt = (yield* Clock.currentTimeMillis) + codeLifetimeMillis
        codes.set(code, { authorization, expiresAt, used: false, tokenId: undefined })
        return Redacted.make(code)
      }),
      redeem: Effect.fn("Authorizations.redeem")((code, shown) =>
        oneAtATime(
          Effect.map(find(code, shown), (given) => {
            given.used = true
            return given.authorization
          })
        )
      ),
      exchange: Effect.fn("Authorizations.exchange")((code, shown) =>
        oneAtATime(
          Effect.gen(function* () {
            const given = yield* find(code, shown)
            const { codeChallenge: _, redirectUri: __, ...token } = given.authorization
            if (token.scopes.length === 0) return yield* new GrantInvalid({ reason: "no_scope" })
            given.used = true
            const made = yield* tokens.create(token)
            given.tokenId = made.record.id
            return { ...made, authorization: given.authorization }
          })
        )
      ),
      cleanup: Effect.map(Clock.currentTimeMillis, (now) => {
        const before = requests.size + codes.size
        for (const [id, { expiresAt }] of requests) if (expiresAt <= now) requests.delete(id)
        for (const [code, { expiresAt }] of codes) if (expiresAt + codeMemoryMillis <= now) codes.delete(code)
        return before - requests.size - codes.size
      })
    }
  })
)
