import { expect, layer as withLayer } from "@effect/vitest"
import { Effect, Encoding, type Layer } from "effect"
import { SecureRandom } from "../../../src/services/SecureRandom.js"

/** Contract of SecureRandom. */
export const conforms = (name: string, implementation: Layer.Layer<SecureRandom>) =>
  withLayer(implementation)(`SecureRandom: ${name}`, (it) => {
    it.effect("returns the requested number of bytes, also none", () =>
      Effect.gen(function* () {
        const random = yield* SecureRandom
        for (const count of [0, 1, 16, 32, 1000]) expect(yield* random.bytes(count)).toHaveLength(count)
      })
    )

    it.effect("hexadecimal text is lower-case and twice as long as the bytes it stands for", () =>
      Effect.gen(function* () {
        const random = yield* SecureRandom
        expect(yield* random.hex(16)).toMatch(/^[0-9a-f]{32}$/)
        expect(yield* random.hex(0)).toBe("")
      })
    )

    it.effect("base64url text has no padding and decodes to as many bytes", () =>
      Effect.gen(function* () {
        const random = yield* SecureRandom
        for (const count of [1, 2, 3, 32]) {
          const text = yield* random.base64url(count)
          expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
          expect(yield* Encoding.decodeBase64Url(text)).toHaveLength(count)
        }
      })
    )

    it.effect("a thousand values of 128 bits are a thousand different ones", () =>
      Effect.gen(function* () {
        const random = yield* SecureRandom
        const values = yield* Effect.all(Array.from({ length: 1000 }, () => random.hex(16)))
        expect(new Set(values).size).toBe(1000)
      })
    )

    it.effect("every value of a byte occurs", () =>
      Effect.gen(function* () {
        const random = yield* SecureRandom
        expect(new Set(yield* random.bytes(16_384)).size).toBe(256)
      })
    )
  })
