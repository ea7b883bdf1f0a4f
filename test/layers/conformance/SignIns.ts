import { expect, layer as withLayer } from "@effect/vitest"
import { Duration, Effect, type Layer, Redacted, TestClock } from "effect"
import type { SignIn } from "../../../src/domain/indieauth/SignIn.js"
import { SignIns } from "../../../src/services/SignIns.js"

const full: SignIn = { endpoint: "https://p.example/a?b=c", issuer: "https://p.example/", next: "/admin/new" }

/** Contract of SignIns. */
export const conforms = <E>(name: string, implementation: Layer.Layer<SignIns, E>) =>
  withLayer(implementation)(`SignIns: ${name}`, (it) => {
    const refusal = (state: Redacted.Redacted, verifier: Redacted.Redacted) =>
      Effect.flatMap(SignIns, (signIns) =>
        Effect.map(Effect.flip(signIns.finish(state, verifier)), (failure) =>
          failure._tag === "SignInRefused" ? failure.reason : failure._tag
        )
      )

    it.effect("a begun sign-in is completed once", () =>
      Effect.gen(function* () {
        const signIns = yield* SignIns
        for (const signIn of [full, { endpoint: "https://p.example/" }]) {
          const { state, verifier } = yield* signIns.begin(signIn)
          expect(Redacted.value(verifier)).toMatch(/^[A-Za-z0-9_-]{43}$/)
          expect(Redacted.value(state)).toMatch(/^[A-Za-z0-9_-]{43}$/)
          expect(yield* signIns.finish(state, verifier)).toEqual(signIn)
          expect(yield* refusal(state, verifier)).toBe("unknown")
        }
      })
    )

    it.effect("of several that complete it at once, one succeeds", () =>
      Effect.gen(function* () {
        const signIns = yield* SignIns
        const { state, verifier } = yield* signIns.begin(full)
        const exits = yield* Effect.replicateEffect(Effect.exit(signIns.finish(state, verifier)), 10, {
          concurrency: "unbounded"
        })
        expect(exits.filter((exit) => exit._tag === "Success")).toHaveLength(1)
      })
    )

    it.effect("another browser is refused, without ending it", () =>
      Effect.gen(function* () {
        const signIns = yield* SignIns
        const mine = yield* signIns.begin(full)
        const other = yield* signIns.begin(full)
        expect(yield* refusal(mine.state, other.verifier)).toBe("browser")
        expect(yield* refusal(mine.state, Redacted.make(""))).toBe("browser")
        expect(yield* refusal(mine.state, mine.state)).toBe("browser")
        expect(yield* signIns.finish(mine.state, mine.verifier)).toEqual(full)
      })
    )

    it.effect("an unknown sign-in is refused", () =>
      Effect.gen(function* () {
        const { verifier } = yield* Effect.flatMap(SignIns, (signIns) => signIns.begin(full))
        for (const state of ["", "x", "a".repeat(43), "' OR 1=1 --", "\0", "x".repeat(10_000)]) {
          expect(yield* refusal(Redacted.make(state), verifier)).toBe("unknown")
        }
        expect(yield* refusal(verifier, verifier)).toBe("unknown")
      })
    )

    it.effect("expires after ten minutes", () =>
      Effect.gen(function* () {
        const signIns = yield* SignIns
        const late = yield* signIns.begin(full)
        yield* TestClock.adjust(Duration.millis(1))
        const last = yield* signIns.begin(full)
        yield* TestClock.adjust(Duration.millis(599_999))
        expect(yield* refusal(late.state, late.verifier)).toBe("expired")
        expect(yield* signIns.finish(last.state, last.verifier)).toEqual(full)
      })
    )
  })
