import { Effect, Encoding, Layer } from "effect"
import { PCGRandom } from "effect/Utils"
import { SecureRandom } from "../../src/services/SecureRandom.js"

/** The same bytes in the same order for the same seed, so that a test can be told again. Anything but secure. */
export const layerSeeded = (seed: number): Layer.Layer<SecureRandom> =>
  Layer.sync(SecureRandom, () => {
    const generator = new PCGRandom(seed)
    const bytes = (count: number) => Effect.sync(() => Uint8Array.from({ length: count }, () => generator.integer(256)))
    return {
      bytes,
      hex: (count) => Effect.map(bytes(count), Encoding.encodeHex),
      base64url: (count) => Effect.map(bytes(count), Encoding.encodeBase64Url)
    }
  })

/** Repeatable bytes, for tests that do not care which. */
export const layer: Layer.Layer<SecureRandom> = layerSeeded(1)
