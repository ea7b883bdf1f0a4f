import { Effect, Encoding, Layer } from "effect"
import { PCGRandom } from "effect/Utils"
import { SecureRandom } from "../../src/services/SecureRandom.js"

/** Deterministic bytes from a seed, for reproducible tests. Not secure. */
export const layerSeeded = (seed: number): Layer.Layer<SecureRandom> =>
  Layer.sync(SecureRandom, () => {
    const generator = new PCGRandom(seed)
    const take = (count: number) => Uint8Array.from({ length: count }, () => generator.integer(256))
    const bytes = (count: number) => Effect.sync(() => take(count))
    return {
      bytes,
      hex: (count) => Effect.map(bytes(count), Encoding.encodeHex),
      unsafeHex: (count) => Encoding.encodeHex(take(count)),
      base64url: (count) => Effect.map(bytes(count), Encoding.encodeBase64Url)
    }
  })

/** Deterministic bytes from the seed 1. */
export const layer: Layer.Layer<SecureRandom> = layerSeeded(1)
