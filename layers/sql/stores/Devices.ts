import { createHmac, timingSafeEqual } from "node:crypto"
import { Effect, Layer, Option, Redacted, Schema } from "effect"
import { Devices } from "../../../src/services/Devices.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRow } from "../rows/Rows.js"

const keyBytes = 32

const signerFrom = decodeRow(
  Schema.Struct({
    key: Schema.NullOr(Schema.Uint8ArrayFromSelf),
    passphraseHash: Schema.NullOr(Schema.String),
    passphraseChangedAt: Schema.NullOr(Schema.Int)
  })
)

const signature = (key: Uint8Array | string, text: string): string =>
  createHmac("sha256", key).update(text).digest("base64url")

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Maximum length of a mark. */
const longestMark = 256

/**
 * Marks of the form `device.epoch.signature`, signed with a key in the table `owner`. The epoch is the time of the last
 * change of the passphrase, 0 before the first one.
 */
export const layer: Layer.Layer<Devices, never, SqlPool | SecureRandom> = Layer.effect(
  Devices,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom

    const signer = pool
      .read(
        (sql) => sql`SELECT device_key AS key, passphrase_hash AS "passphraseHash",
          passphrase_changed_at AS "passphraseChangedAt" FROM owner WHERE id = 1`
      )
      .pipe(Effect.flatMap(signerFrom))

    /** Returns the key, and creates it if there is none. Of two concurrent calls, both get the first key. */
    const madeKey = Effect.gen(function* () {
      const offered = yield* random.bytes(keyBytes)
      const { key } = yield* pool
        .write((sql) =>
          Effect.zipRight(
            sql`UPDATE owner SET device_key = ${offered} WHERE id = 1 AND device_key IS NULL`,
            sql`SELECT device_key AS key, passphrase_hash AS "passphraseHash",
              passphrase_changed_at AS "passphraseChangedAt" FROM owner WHERE id = 1`
          )
        )
        .pipe(Effect.flatMap(signerFrom))
      return key ?? offered
    })

    const mark = Effect.gen(function* () {
      const { key, passphraseChangedAt } = yield* signer
      const signed = `${yield* random.base64url(16)}.${passphraseChangedAt ?? 0}`
      return Redacted.make(`${signed}.${signature(key ?? (yield* madeKey), `device:${signed}`)}`)
    }).pipe(Effect.withSpan("Devices.mark"))

    const find = Effect.fn("Devices.find")(function* (mark: Redacted.Redacted) {
      const text = Redacted.value(mark)
      const parts = text.length > longestMark ? [] : text.split(".")
      if (parts.length !== 2 && parts.length !== 3) return Option.none()
      const { key, passphraseChangedAt, passphraseHash } = yield* signer
      const [name = "", ...rest] = parts
      // Version 2.0.0-alpha.1 signed marks with the hash of the passphrase.
      if (rest.length === 1) {
        const isOurs = passphraseHash !== null && isSame(rest[0] ?? "", signature(passphraseHash, `device:${name}`))
        return isOurs ? Option.some({ name, isCurrent: true }) : Option.none()
      }
      const [epoch = "", signed = ""] = rest
      if (key === null || !isSame(signed, signature(key, `device:${name}.${epoch}`))) return Option.none()
      return Option.some({ name, isCurrent: epoch === String(passphraseChangedAt ?? 0) })
    })

    return { mark, find }
  })
)
