import { randomBytes } from "node:crypto"
import { Effect, Layer } from "effect"
import { SecureRandom } from "../../src/services/SecureRandom.js"

/** The operating system's generator, through OpenSSL. */
export const layer: Layer.Layer<SecureRandom> = Layer.succeed(SecureRandom, {
  bytes: (count) => Effect.sync(() => new Uint8Array(randomBytes(count))),
  hex: (count) => Effect.sync(() => randomBytes(count).toString("hex")),
  base64url: (count) => Effect.sync(() => randomBytes(count).toString("base64url"))
})
