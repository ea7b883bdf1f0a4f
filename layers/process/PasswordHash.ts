import { scrypt, timingSafeEqual } from "node:crypto"
import { Effect, Layer, Option, Redacted } from "effect"
import { isOutdated, type ScryptCost } from "../../src/domain/login/PassphraseHash.js"
import { PasswordHash } from "../../src/services/PasswordHash.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"

const saltBytes = 16
const keyBytes = 32

/**
 * 32 MiB and some 0.3 s on a small server: the third of OWASP's equivalent settings (Password Storage Cheat Sheet). The first
 * one takes 128 MiB, which any visitor could make the server use with a wrong passphrase.
 */
const productionCost: ScryptCost = { logN: 15, r: 8, p: 3 }

/** Too cheap to protect anything; for tests only. */
export const testCost: ScryptCost = { logN: 4, r: 1, p: 1 }

/** Runs on libuv's thread pool, and cannot be cancelled. */
const derive = (passphrase: Redacted.Redacted, salt: Uint8Array, cost: ScryptCost, length: number) =>
  Effect.async<Buffer>((resume) => {
    const N = 2 ** cost.logN
    scrypt(
      Redacted.value(passphrase),
      salt,
      length,
      { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r * cost.p },
      (error, key) => resume(error === null ? Effect.succeed(key) : Effect.die(error))
    )
  }).pipe(Effect.uninterruptible)

/** scrypt of OpenSSL at a given cost. */
export const layerCost = (cost: ScryptCost): Layer.Layer<PasswordHash, never, SecureRandom> =>
  Layer.effect(
    PasswordHash,
    Effect.gen(function* () {
      const random = yield* SecureRandom
      const alone = (yield* Effect.makeSemaphore(1)).withPermits(1)
      // Verified if there is no passphrase: the same work, but no passphrase matches.
      const decoy = { ...cost, salt: yield* random.bytes(saltBytes), key: yield* random.bytes(keyBytes) }

      return {
        hash: Effect.fn("PasswordHash.hash")(function* (passphrase) {
          const salt = yield* random.bytes(saltBytes)
          const key = yield* alone(derive(passphrase, salt, cost, keyBytes))
          return { ...cost, salt, key: new Uint8Array(key) }
        }),
        verify: Effect.fn("PasswordHash.verify")(function* (passphrase, stored) {
          const hash = Option.getOrElse(stored, () => decoy)
          const key = yield* alone(derive(passphrase, hash.salt, hash, hash.key.length))
          const matches = timingSafeEqual(key, hash.key) && Option.isSome(stored)
          return { matches, outdated: matches && isOutdated(hash, cost) }
        })
      }
    })
  )

/** scrypt at the cost for production. */
export const layer: Layer.Layer<PasswordHash, never, SecureRandom> = layerCost(productionCost)
