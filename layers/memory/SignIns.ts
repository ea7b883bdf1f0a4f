import { Clock, Duration, Effect, Layer, Redacted } from "effect"
import { isSignInExpired, type SignIn, signInLifetime } from "../../src/domain/indieauth/SignIn.js"
import { SignInRefused } from "../../src/errors/failure/Provider.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { SignIns } from "../../src/services/SignIns.js"

interface Begun {
  readonly signIn: SignIn
  readonly verifier: string
  readonly expiresAt: number
}

/** In-memory sign-ins for tests. */
export const layer: Layer.Layer<SignIns, never, SecureRandom> = Layer.effect(
  SignIns,
  Effect.gen(function* () {
    const random = yield* SecureRandom
    const begun = new Map<string, Begun>()

    return {
      begin: Effect.fn("SignIns.begin")(function* (signIn) {
        const state = yield* random.base64url(32)
        const verifier = yield* random.base64url(32)
        const expiresAt = (yield* Clock.currentTimeMillis) + Duration.toMillis(signInLifetime)
        begun.set(state, { signIn, verifier, expiresAt })
        return { state: Redacted.make(state), verifier: Redacted.make(verifier) }
      }),
      finish: Effect.fn("SignIns.finish")(function* (state, verifier) {
        const found = begun.get(Redacted.value(state))
        if (found === undefined) return yield* new SignInRefused({ reason: "unknown" })
        const now = yield* Clock.currentTimeMillis
        if (isSignInExpired(found, now)) return yield* new SignInRefused({ reason: "expired" })
        if (found.verifier !== Redacted.value(verifier)) return yield* new SignInRefused({ reason: "browser" })
        begun.delete(Redacted.value(state))
        return found.signIn
      })
    }
  })
)
