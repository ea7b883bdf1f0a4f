import { createHmac, timingSafeEqual } from "node:crypto"
import { Clock, Duration, Effect, Layer, Option, Redacted, Schema } from "effect"
import { type LoginStepKind, LoginSteps } from "../../src/services/LoginSteps.js"
import { Owner } from "../../src/services/Owner.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"

const keyBytes = 32

/** Payload of a token. `epoch` is the time of the last change of the passphrase, -1 without one. */
const Step = Schema.parseJson(
  Schema.Struct({
    id: Schema.String,
    kind: Schema.String,
    data: Schema.String,
    epoch: Schema.Int,
    expiresAt: Schema.Int
  })
)

const encodeStep = Schema.encodeSync(Step)
const decodeStep = Schema.decodeUnknownOption(Step)

/** Maximum length of a token: browsers store cookies of up to 4,096 bytes. */
const longestToken = 4096

/**
 * Tokens of the form `payload.signature` (HMAC-SHA-256). The key is made when the server starts and never stored: with
 * a key in the database, a person who reads a backup could forge the first step of a login.
 */
export const layer: Layer.Layer<LoginSteps, never, Owner | SecureRandom> = Layer.effect(
  LoginSteps,
  Effect.gen(function* () {
    const owner = yield* Owner
    const random = yield* SecureRandom
    const key = yield* random.bytes(keyBytes)
    /** Expiry of each used step, by id. */
    const used = new Map<string, number>()

    const epoch = Effect.map(owner.state, ({ passphraseChangedAt = -1 }) => passphraseChangedAt)
    const sign = (payload: string) => createHmac("sha256", key).update(payload).digest()

    /** Returns the step of a token that this server signed. */
    const read = (token: Redacted.Redacted): Option.Option<typeof Step.Type> => {
      const text = Redacted.value(token)
      const [payload = "", signature = "", ...more] = text.length > longestToken ? [] : text.split(".")
      const given = Buffer.from(signature, "base64url")
      const expected = sign(payload)
      const isOurs = more.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
      return isOurs ? decodeStep(Buffer.from(payload, "base64url").toString()) : Option.none()
    }

    const valid = (kind: LoginStepKind, token: Redacted.Redacted) =>
      Effect.gen(function* () {
        const step = read(token)
        if (Option.isNone(step)) return Option.none()
        const now = yield* Clock.currentTimeMillis
        const current = yield* epoch
        return Option.filter(
          step,
          (step) => step.kind === kind && step.expiresAt > now && step.epoch === current && !used.has(step.id)
        )
      })

    const forgetExpired = (now: number) => {
      for (const [id, expiresAt] of used) if (expiresAt <= now) used.delete(id)
    }

    return {
      begin: Effect.fn("LoginSteps.begin")(function* (kind, data, lifetime) {
        const expiresAt = (yield* Clock.currentTimeMillis) + Duration.toMillis(lifetime)
        const step = { id: yield* random.base64url(16), kind, data, epoch: yield* epoch, expiresAt }
        const payload = Buffer.from(encodeStep(step)).toString("base64url")
        return Redacted.make(`${payload}.${sign(payload).toString("base64url")}`)
      }),
      find: Effect.fn("LoginSteps.find")(function* (kind, token) {
        return Option.map(yield* valid(kind, token), ({ data }) => data)
      }),
      take: Effect.fn("LoginSteps.take")(function* (kind, token) {
        const step = yield* valid(kind, token)
        const now = yield* Clock.currentTimeMillis
        return Option.flatMap(step, ({ data, expiresAt, id }) => {
          // Another request may have taken it while this one read the time of the passphrase.
          if (used.has(id)) return Option.none()
          forgetExpired(now)
          used.set(id, expiresAt)
          return Option.some(data)
        })
      })
    }
  })
)
