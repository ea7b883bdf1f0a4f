import { timingSafeEqual } from "node:crypto"
import { Clock, Effect, Layer, Option, Redacted, Schema } from "effect"
import { isSecret, readCode, stepOf } from "../../../src/domain/login/OneTimeCode.js"
import { isPossible, newPassphrase, normalised } from "../../../src/domain/login/Passphrase.js"
import { PassphraseHash } from "../../../src/domain/login/PassphraseHash.js"
import {
  readRecoveryCode,
  recoveryBytes,
  recoveryCodes,
  writeRecoveryCode
} from "../../../src/domain/login/RecoveryCode.js"
import { CodeWrong, PassphraseRefused, PassphraseWrong, SetupLinkInvalid } from "../../../src/errors/Login.js"
import { Logger } from "../../../src/services/Logger.js"
import { Owner, setupKeyMillis } from "../../../src/services/Owner.js"
import { PasswordHash } from "../../../src/services/PasswordHash.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { decodeRow } from "../rows/Rows.js"
import { hashOf } from "./SecretHash.js"
import { siteNames } from "./SiteSettings.js"

const ownerFrom = decodeRow(
  Schema.Struct({
    hash: Schema.NullOr(PassphraseHash),
    hashText: Schema.NullOr(Schema.String),
    passphraseChangedAt: Schema.NullOr(Schema.Int),
    setupKeyHash: Schema.NullOr(Schema.Uint8ArrayFromSelf),
    setupExpiresAt: Schema.NullOr(Schema.Int),
    codeSecret: Schema.NullOr(Schema.Redacted(Schema.String)),
    codesSince: Schema.NullOr(Schema.Int),
    lastStep: Schema.NullOr(Schema.Int),
    recoveryCodes: Schema.Int
  })
)

const encodeHash = Schema.encodeSync(PassphraseHash)

/** The owner in the tables `owner` and `recovery_codes`. */
export const layer: Layer.Layer<Owner, never, SqlPool | SecureRandom | PasswordHash | Logger | Settings> = Layer.effect(
  Owner,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom
    const hashes = yield* PasswordHash
    const settings = yield* Settings
    /** The names of the site and its author, which a new passphrase must not consist of. */
    const siteWords = Effect.map(siteNames(pool, settings), (names) => ({ siteUrl: settings.siteUrl, ...names }))
    const log = (yield* Logger).named("starpunk.owner")

    const row = pool
      .read(
        (sql) => sql`SELECT passphrase_hash AS hash, passphrase_hash AS "hashText",
          passphrase_changed_at AS "passphraseChangedAt", setup_key_hash AS "setupKeyHash",
          setup_expires_at AS "setupExpiresAt", totp_secret AS "codeSecret", totp_since AS "codesSince",
          totp_last_step AS "lastStep", (SELECT count(*) FROM recovery_codes) AS "recoveryCodes"
          FROM owner WHERE id = 1`
      )
      .pipe(Effect.flatMap(ownerFrom))

    const state = Effect.map(row, ({ codesSince, hash, passphraseChangedAt, recoveryCodes }) => ({
      claimed: hash !== null,
      ...(passphraseChangedAt === null ? {} : { passphraseChangedAt }),
      ...(codesSince === null ? {} : { codesSince }),
      recoveryCodes
    })).pipe(Effect.withSpan("Owner.state"))

    const issueSetup = Effect.gen(function* () {
      const expiresAt = (yield* Clock.currentTimeMillis) + setupKeyMillis
      const key = yield* random.base64url(32)
      const issued = yield* pool.write(
        (sql) => sql`UPDATE owner SET setup_key_hash = ${hashOf(key)}, setup_expires_at = ${expiresAt}
          WHERE id = 1 AND passphrase_hash IS NULL RETURNING id`
      )
      return issued.length === 0 ? Option.none() : Option.some({ key: Redacted.make(key), expiresAt })
    }).pipe(Effect.withSpan("Owner.issueSetup"))

    const checkSetup = Effect.fn("Owner.checkSetup")(function* (key: Redacted.Redacted) {
      const now = yield* Clock.currentTimeMillis
      const { hash, setupExpiresAt, setupKeyHash } = yield* row
      if (hash !== null) return yield* new SetupLinkInvalid({ reason: "claimed" })
      const opens = setupKeyHash !== null && timingSafeEqual(hashOf(key), setupKeyHash)
      if (!opens || (setupExpiresAt ?? 0) <= now) return yield* new SetupLinkInvalid({ reason: "unknown" })
    })

    const claim = Effect.fn("Owner.claim")(function* (key: Redacted.Redacted, text: Redacted.Redacted) {
      yield* checkSetup(key)
      const hash = encodeHash(yield* hashes.hash(yield* newPassphrase(text, yield* siteWords)))
      const now = yield* Clock.currentTimeMillis
      const claimed = yield* pool.write(
        (sql) => sql`UPDATE owner SET passphrase_hash = ${hash}, passphrase_changed_at = ${now},
          setup_key_hash = NULL, setup_expires_at = NULL
          WHERE id = 1 AND passphrase_hash IS NULL AND setup_key_hash = ${hashOf(key)}
          RETURNING id`
      )
      if (claimed.length === 0) return yield* new SetupLinkInvalid({ reason: "claimed" })
      yield* log.info("Setup completed: the site has an owner")
    })

    /** Runs in the background and never fails a login: the next login tries again. */
    const rehash = (passphrase: Redacted.Redacted, old: string | null) =>
      Effect.gen(function* () {
        const hash = encodeHash(yield* hashes.hash(passphrase))
        yield* pool.write(
          (sql) => sql`UPDATE owner SET passphrase_hash = ${hash} WHERE id = 1 AND passphrase_hash = ${old}`
        )
        yield* log.info("Passphrase rehashed with the current cost")
      }).pipe(Effect.catchAll((error) => log.warning("Passphrase not rehashed", { error })))

    const verifyPassphrase = Effect.fn("Owner.verifyPassphrase")(function* (text: Redacted.Redacted) {
      if (!isPossible(text)) return yield* new PassphraseWrong()
      const passphrase = normalised(text)
      const { hash, hashText } = yield* row
      const { matches, outdated } = yield* hashes.verify(passphrase, Option.fromNullable(hash))
      if (!matches) return yield* new PassphraseWrong()
      if (outdated) yield* rehash(passphrase, hashText)
    })

    const changePassphrase = Effect.fn("Owner.changePassphrase")(function* (
      current: Redacted.Redacted,
      text: Redacted.Redacted
    ) {
      const next = yield* newPassphrase(text, yield* siteWords)
      const { claimed } = yield* state
      if (claimed) yield* verifyPassphrase(current)
      if (claimed && Redacted.value(normalised(current)) === Redacted.value(next)) {
        return yield* new PassphraseRefused({ reason: "unchanged" })
      }
      const before = (yield* row).hashText
      const hash = encodeHash(yield* hashes.hash(next))
      const now = yield* Clock.currentTimeMillis
      const changed = yield* pool.write(
        (sql) => sql`UPDATE owner SET passphrase_hash = ${hash}, passphrase_changed_at = ${now},
          setup_key_hash = NULL, setup_expires_at = NULL
          WHERE id = 1 AND coalesce(passphrase_hash, '') = ${before ?? ""} RETURNING id`
      )
      // A concurrent request changed the passphrase after this one verified it, and takes precedence.
      if (changed.length === 0) return yield* new PassphraseWrong()
      yield* log.info("Passphrase changed")
    })

    const enrolCodes = Effect.fn("Owner.enrolCodes")(function* (secret: Redacted.Redacted, typed: string) {
      const now = yield* Clock.currentTimeMillis
      const code = readCode(typed)
      if (code === undefined || !isSecret(Redacted.value(secret))) return yield* new CodeWrong({ reason: "malformed" })
      const step = yield* stepOf(secret, code, now)
      if (step === undefined) return yield* new CodeWrong({ reason: "wrong" })
      const codes = yield* Effect.replicateEffect(
        Effect.map(random.bytes(recoveryBytes), writeRecoveryCode),
        recoveryCodes
      )
      yield* pool.write((sql) =>
        Effect.gen(function* () {
          yield* sql`UPDATE owner SET totp_secret = ${Redacted.value(secret)}, totp_since = ${now},
            totp_last_step = ${step} WHERE id = 1`
          yield* sql`DELETE FROM recovery_codes`
          yield* sql`INSERT INTO recovery_codes ${sql.insert(codes.map((code) => ({ code_hash: hashOfRecoveryCode(code) })))}`
        })
      )
      yield* log.info("Two-step login turned on")
      return codes.map((code) => Redacted.make(code))
    })

    const useRecoveryCode = (code: string) =>
      Effect.gen(function* () {
        const used = yield* pool.write(
          (sql) => sql`DELETE FROM recovery_codes WHERE code_hash = ${hashOf(code)} RETURNING code_hash`
        )
        if (used.length === 0) return yield* new CodeWrong({ reason: "wrong" })
        yield* log.warning("Recovery code used")
      })

    const useCode = Effect.fn("Owner.useCode")(function* (typed: string) {
      const recovery = readRecoveryCode(typed)
      if (recovery !== undefined) return yield* useRecoveryCode(recovery)
      const code = readCode(typed)
      if (code === undefined) return yield* new CodeWrong({ reason: "malformed" })
      const { codeSecret } = yield* row
      const step = codeSecret === null ? undefined : yield* stepOf(codeSecret, code, yield* Clock.currentTimeMillis)
      if (step === undefined) return yield* new CodeWrong({ reason: "wrong" })
      const used = yield* pool.write(
        (sql) => sql`UPDATE owner SET totp_last_step = ${step}
          WHERE id = 1 AND totp_secret IS NOT NULL AND totp_last_step < ${step} RETURNING id`
      )
      if (used.length === 0) return yield* new CodeWrong({ reason: "used" })
    })

    const dropCodes = pool
      .write((sql) =>
        Effect.zipRight(
          sql`DELETE FROM recovery_codes`,
          sql`UPDATE owner SET totp_secret = NULL, totp_since = NULL, totp_last_step = NULL WHERE id = 1`
        )
      )
      .pipe(Effect.zipRight(log.info("Two-step login turned off")), Effect.withSpan("Owner.dropCodes"))

    const reset = pool
      .write((sql) =>
        Effect.gen(function* () {
          yield* sql`UPDATE owner SET passphrase_hash = NULL, passphrase_changed_at = NULL, setup_key_hash = NULL,
            setup_expires_at = NULL, passkey_user = NULL, totp_secret = NULL, totp_since = NULL,
            totp_last_step = NULL, device_key = NULL WHERE id = 1`
          yield* sql`DELETE FROM recovery_codes`
          yield* sql`DELETE FROM passkeys`
        })
      )
      .pipe(Effect.zipRight(log.warning("Owner's login reset")), Effect.withSpan("Owner.reset"))

    return {
      state,
      issueSetup,
      checkSetup,
      claim,
      verifyPassphrase,
      changePassphrase,
      enrolCodes,
      useCode,
      dropCodes,
      reset
    }
  })
)

/** The hash of a recovery code in its normalized form. */
const hashOfRecoveryCode = (printed: string) => hashOf(readRecoveryCode(printed) ?? printed)
