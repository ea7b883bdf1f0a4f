import { createHash } from "node:crypto"
import { Cause, Clock, Duration, Effect, type Exit, Layer, Option, Redacted } from "effect"
import { type AccessToken, isTokenExpired } from "../../src/domain/indieauth/AccessToken.js"
import { isSameProfile } from "../../src/domain/indieauth/ProfileUrl.js"
import { TokenInvalid } from "../../src/errors/Micropub.js"
import { MeMismatch, type ProviderFailure } from "../../src/errors/Provider.js"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { BearerTokens } from "../../src/services/BearerTokens.js"
import { Logger } from "../../src/services/Logger.js"
import { OwnerProvider } from "../../src/services/OwnerProvider.js"
import * as AnswerCache from "./AnswerCache.js"

type ExternalFailure = TokenInvalid | MeMismatch | ProviderFailure

/**
 * How long a token counts as valid without asking its provider again, so a revocation takes effect after this time at
 * the latest.
 */
const yesHolds = Duration.minutes(1)
const noHolds = Duration.seconds(10)
/** How long a failure of a provider is cached, so that not every request asks it again. */
const silenceHolds = Duration.seconds(5)

const timeToLive = (exit: Exit.Exit<AccessToken, ExternalFailure>): Duration.Duration => {
  if (exit._tag === "Success") return yesHolds
  const failure = Option.getOrUndefined(Cause.failureOption(exit.cause))
  return failure?._tag === "TokenInvalid" || failure?._tag === "MeMismatch" ? noHolds : silenceHolds
}

/** Maximum number of cached tokens: far more than the apps of one person. */
const capacity = 1000

/** Format of a bearer token (RFC 6750 §2.1); others are refused without asking the provider. Signed tokens are long. */
const bearerPattern = /^[A-Za-z0-9._~+/-]{1,4096}={0,8}$/

const hashOf = (token: Redacted.Redacted): string => createHash("sha256").update(Redacted.value(token)).digest("hex")

/** Verifies tokens of this site, and tokens of the owner's provider. Of the latter only hashes are cached. */
export const layer: Layer.Layer<BearerTokens, never, AccessTokens | OwnerProvider | Logger> = Layer.scoped(
  BearerTokens,
  Effect.gen(function* () {
    const local = yield* AccessTokens
    const provider = yield* OwnerProvider
    const log = (yield* Logger).named("starpunk.tokens")
    const remembered = yield* AnswerCache.make<AccessToken, ExternalFailure>({ capacity, timeToLive })

    const askFor = (me: string, token: Redacted.Redacted, hash: string) =>
      Effect.gen(function* () {
        const answer = yield* provider.tokenAnswer(token)
        if (!answer.active) return yield* new TokenInvalid({ reason: "unknown" })
        if (!isSameProfile(answer.me, me)) return yield* new MeMismatch({ expected: me, given: answer.me })
        const now = yield* Clock.currentTimeMillis
        const record: AccessToken = {
          id: `external-${hash.slice(0, 16)}`,
          label: answer.clientId ?? new URL(me).host,
          me,
          scopes: answer.scopes,
          createdAt: answer.issuedAt ?? now,
          ...(answer.clientId === undefined ? {} : { clientId: answer.clientId }),
          ...(answer.expiresAt === undefined ? {} : { expiresAt: answer.expiresAt })
        }
        const fields = { access_token_id: record.id, client_id: answer.clientId, scopes: record.scopes.join(" ") }
        yield* log.info("Access token confirmed by the owner's provider", fields)
        return record
      })

    const external = (me: string, token: Redacted.Redacted) =>
      Effect.gen(function* () {
        const hash = hashOf(token)
        const known = yield* remembered(hash, askFor(me, token, hash))
        // The cached answer may be from before the token expired.
        const isDead = isTokenExpired(known, yield* Clock.currentTimeMillis)
        return isDead ? yield* new TokenInvalid({ reason: "expired" }) : known
      })

    const verify = Effect.fn("BearerTokens.verify")((token: Redacted.Redacted) =>
      Effect.catchTag(local.verify(token), "TokenInvalid", (refusal) => {
        // A token that was issued here, and is invalid here, is not sent to the provider.
        const isForeign = refusal.reason === "unknown" || refusal.reason === "malformed"
        return isForeign && Option.isSome(provider.page) && bearerPattern.test(Redacted.value(token))
          ? external(provider.page.value, token)
          : refusal
      })
    )

    return { verify }
  })
)
