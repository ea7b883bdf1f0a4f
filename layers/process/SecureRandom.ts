import { randomBytes, randomFillSync } from "node:crypto"
import { Effect, Layer } from "effect"
import { SecureRandom } from "../../src/services/SecureRandom.js"

const poolSize = 4096

/** The operating system's generator, through OpenSSL. */
export const layer: Layer.Layer<SecureRandom> = Layer.sync(SecureRandom, () => {
  // Generated in advance: every request needs an id, and calling the generator each time costs as much as routing the
  // request.
  const pool = Buffer.alloc(poolSize)
  let used = poolSize

  /** Returns bytes that were never returned before. */
  const take = (count: number): Buffer => {
    if (count > poolSize / 8) return randomBytes(count)
    if (used + count > poolSize) {
      randomFillSync(pool)
      used = 0
    }
    const fresh = Buffer.from(pool.subarray(used, used + count))
    pool.fill(0, used, used + count)
    used += count
    return fresh
  }

  return {
    bytes: (count) => Effect.sync(() => new Uint8Array(take(count))),
    hex: (count) => Effect.sync(() => take(count).toString("hex")),
    unsafeHex: (count) => {
      if (used + count > poolSize) return take(count).toString("hex")
      const text = pool.toString("hex", used, used + count)
      pool.fill(0, used, used + count)
      used += count
      return text
    },
    base64url: (count) => Effect.sync(() => take(count).toString("base64url"))
  }
})
