import { Clock, Context, Effect, Layer, Option, Redacted } from "effect"
import { isSecret, readCode, stepOf } from "../../src/domain/login/OneTimeCode.js"
import type { Passkey } from "../../src/domain/login/Passkey.js"
import { isPossible, newPassphrase, normalised } from "../../src/domain/login/Passphrase.js"
import type { PassphraseHash } from "../../src/domain/login/PassphraseHash.js"
import {
  readRecoveryCode,
  recoveryBytes,
  recoveryCodes,
  writeRecoveryCode
} from "../../src/domain/login/RecoveryCode.js"
import {
  CodeWrong,
  PasskeyRefused,
  PassphraseRefused,
  PassphraseWrong,
  SetupLinkInvalid
} from "../../src/errors/failure/Login.js"
import { Devices } from "../../src/services/Devices.js"
import { Owner, setupKeyMillis } from "../../src/services/Owner.js"
import { Passkeys } from "../../src/services/Passkeys.js"
import { PasswordHash } from "../../src/services/PasswordHash.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { Settings } from "../../src/settings/Config.js"

/** State of the owner's credentials. */
interface Memory {
  passphrase: { readonly hash: PassphraseHash; readonly changedAt: number } | undefined
  setup: { readonly key: string; readonly expiresAt: number } | undefined
  codes: { readonly secret: Redacted.Redacted; readonly since: number; lastStep: number } | undefined
  handle: Uint8Array | undefined
  /** Time of the last passphrase change, in epoch milliseconds, by the mark of the device. */
  readonly devices: Map<string, number>
  readonly recovery: Set<string>
  readonly passkeys: Map<string, Passkey>
}

const emptied = (memory: Memory): void => {
  memory.passphrase = undefined
  memory.setup = undefined
  memory.codes = undefined
  memory.handle = undefined
  for (const kept of [memory.devices, memory.recovery, memory.passkeys]) kept.clear()
}

const makeOwner = (memory: Memory) =>
  Effect.gen(function* () {
    const random = yield* SecureRandom
    const hashes = yield* PasswordHash
    const settings = yield* Settings

    const checkSetup = Effect.fn("Owner.checkSetup")(function* (key: Redacted.Redacted) {
      const now = yield* Clock.currentTimeMillis
      if (memory.passphrase !== undefined) return yield* new SetupLinkInvalid({ reason: "claimed" })
      const opens = memory.setup?.key === Redacted.value(key) && memory.setup.expiresAt > now
      if (!opens) return yield* new SetupLinkInvalid({ reason: "unknown" })
    })

    const keep = (hash: PassphraseHash) =>
      Effect.map(Clock.currentTimeMillis, (changedAt) => {
        memory.passphrase = { hash, changedAt }
        memory.setup = undefined
      })

    const verifyPassphrase = Effect.fn("Owner.verifyPassphrase")(function* (text: Redacted.Redacted) {
      if (!isPossible(text)) return yield* new PassphraseWrong()
      const { passphrase } = memory
      const stored = Option.map(Option.fromNullable(passphrase), ({ hash }) => hash)
      const { matches, outdated } = yield* hashes.verify(normalised(text), stored)
      if (!matches) return yield* new PassphraseWrong()
      if (outdated && passphrase !== undefined) {
        memory.passphrase = { ...passphrase, hash: yield* hashes.hash(normalised(text)) }
      }
    })

    const useCode = Effect.fn("Owner.useCode")(function* (typed: string) {
      const recovery = readRecoveryCode(typed)
      if (recovery !== undefined) {
        return memory.recovery.delete(recovery) ? undefined : yield* new CodeWrong({ reason: "wrong" })
      }
      const code = readCode(typed)
      if (code === undefined) return yield* new CodeWrong({ reason: "malformed" })
      const { codes } = memory
      const step = codes && (yield* stepOf(codes.secret, code, yield* Clock.currentTimeMillis))
      if (codes === undefined || step === undefined) return yield* new CodeWrong({ reason: "wrong" })
      if (step <= codes.lastStep) return yield* new CodeWrong({ reason: "used" })
      codes.lastStep = step
    })

    return Owner.of({
      state: Effect.sync(() => ({
        claimed: memory.passphrase !== undefined,
        ...(memory.passphrase === undefined ? {} : { passphraseChangedAt: memory.passphrase.changedAt }),
        ...(memory.codes === undefined ? {} : { codesSince: memory.codes.since }),
        recoveryCodes: memory.recovery.size
      })),
      issueSetup: Effect.gen(function* () {
        if (memory.passphrase !== undefined) return Option.none()
        const key = yield* random.base64url(32)
        const expiresAt = (yield* Clock.currentTimeMillis) + setupKeyMillis
        memory.setup = { key, expiresAt }
        return Option.some({ key: Redacted.make(key), expiresAt })
      }),
      checkSetup,
      claim: Effect.fn("Owner.claim")(function* (key, text) {
        yield* checkSetup(key)
        const hash = yield* hashes.hash(yield* newPassphrase(text, settings))
        yield* checkSetup(key)
        yield* keep(hash)
      }),
      verifyPassphrase,
      changePassphrase: Effect.fn("Owner.changePassphrase")(function* (current, text) {
        const next = yield* newPassphrase(text, settings)
        if (memory.passphrase !== undefined) {
          yield* verifyPassphrase(current)
          if (Redacted.value(normalised(current)) === Redacted.value(next)) {
            return yield* new PassphraseRefused({ reason: "unchanged" })
          }
        }
        yield* keep(yield* hashes.hash(next))
      }),
      enrolCodes: Effect.fn("Owner.enrolCodes")(function* (secret, typed) {
        const now = yield* Clock.currentTimeMillis
        const code = readCode(typed)
        if (code === undefined || !isSecret(Redacted.value(secret))) {
          return yield* new CodeWrong({ reason: "malformed" })
        }
        const step = yield* stepOf(secret, code, now)
        if (step === undefined) return yield* new CodeWrong({ reason: "wrong" })
        memory.codes = { secret, since: now, lastStep: step }
        memory.recovery.clear()
        const codes = yield* Effect.replicateEffect(
          Effect.map(random.bytes(recoveryBytes), writeRecoveryCode),
          recoveryCodes
        )
        for (const code of codes) memory.recovery.add(readRecoveryCode(code) ?? code)
        return codes.map((code) => Redacted.make(code))
      }),
      useCode,
      dropCodes: Effect.sync(() => {
        memory.codes = undefined
        memory.recovery.clear()
      }),
      reset: Effect.sync(() => emptied(memory))
    })
  })

const makeDevices = (memory: Memory) =>
  Effect.map(SecureRandom, (random) => {
    const epoch = () => memory.passphrase?.changedAt ?? 0
    return Devices.of({
      mark: Effect.map(random.base64url(32), (mark) => {
        memory.devices.set(mark, epoch())
        return Redacted.make(mark)
      }),
      find: Effect.fn("Devices.find")((mark) =>
        Effect.sync(() => {
          const name = Redacted.value(mark)
          const marked = memory.devices.get(name)
          return marked === undefined ? Option.none() : Option.some({ name, isCurrent: marked === epoch() })
        })
      )
    })
  })

const makePasskeys = (memory: Memory) =>
  Effect.map(SecureRandom, (random) =>
    Passkeys.of({
      list: Effect.sync(() =>
        [...memory.passkeys.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
      ),
      byId: (id) => Effect.sync(() => Option.fromNullable(memory.passkeys.get(id))),
      userHandle: Effect.gen(function* () {
        memory.handle ??= yield* random.bytes(64)
        return memory.handle
      }),
      add: Effect.fn("Passkeys.add")(function* (passkey) {
        if (memory.passkeys.has(passkey.id)) return yield* new PasskeyRefused({ reason: "known" })
        const added = { ...passkey, createdAt: yield* Clock.currentTimeMillis }
        memory.passkeys.set(passkey.id, added)
        return added
      }),
      use: Effect.fn("Passkeys.use")(function* (passkey, counter) {
        const lastUsedAt = yield* Clock.currentTimeMillis
        const kept = memory.passkeys.get(passkey.id)
        if (kept?.counter !== passkey.counter) return false
        memory.passkeys.set(passkey.id, { ...kept, counter, lastUsedAt })
        return true
      }),
      rename: (id, name) =>
        Effect.sync(() => {
          const passkey = memory.passkeys.get(id)
          if (passkey !== undefined) memory.passkeys.set(id, { ...passkey, name })
          return passkey !== undefined
        }),
      remove: (id) => Effect.sync(() => memory.passkeys.delete(id))
    })
  )

/** In-memory owner, passkeys and devices for tests. */
export const layer: Layer.Layer<Owner | Devices | Passkeys, never, SecureRandom | PasswordHash | Settings> =
  Layer.effectContext(
    Effect.gen(function* () {
      const memory: Memory = {
        passphrase: undefined,
        setup: undefined,
        codes: undefined,
        handle: undefined,
        devices: new Map(),
        recovery: new Set(),
        passkeys: new Map()
      }
      return Context.make(Owner, yield* makeOwner(memory)).pipe(
        Context.add(Devices, yield* makeDevices(memory)),
        Context.add(Passkeys, yield* makePasskeys(memory))
      )
    })
  )
