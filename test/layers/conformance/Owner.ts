import { expect, it } from "@effect/vitest"
import { Clock, Duration, Effect, type Layer, Option, Redacted, TestClock } from "effect"
import { describe } from "vitest"
import { codeAt, makeSecret } from "../../../src/domain/login/OneTimeCode.js"
import { Devices } from "../../../src/services/Devices.js"
import { LoginSteps } from "../../../src/services/LoginSteps.js"
import { Owner } from "../../../src/services/Owner.js"
import { Passkeys } from "../../../src/services/Passkeys.js"

const passphrase = Redacted.make("correct horse battery staple")
const another = Redacted.make("eleven purple bicycles asleep")

/** Tag of a failure, and its reason if it has one. */
const refusal = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (failure) =>
    "reason" in failure ? `${failure._tag}: ${failure.reason}` : failure._tag
  )

/** Contract of Owner, with its Devices, Passkeys and LoginSteps. */
export const conforms = <E>(name: string, implementation: Layer.Layer<Devices | Owner | Passkeys | LoginSteps, E>) =>
  describe(`Owner: ${name}`, () => {
    const test = <A, F>(title: string, effect: () => Effect.Effect<A, F, Devices | Owner | Passkeys | LoginSteps>) =>
      it.effect(title, () => Effect.provide(effect(), implementation))

    const setupKey = Effect.flatMap(Owner, ({ issueSetup }) =>
      Effect.map(issueSetup, (issued) => Option.getOrThrow(issued))
    )
    const claimed = Effect.gen(function* () {
      const owner = yield* Owner
      const { key } = yield* setupKey
      yield* owner.claim(key, passphrase)
      return owner
    })
    const enrolled = Effect.gen(function* () {
      const owner = yield* claimed
      const secret = yield* makeSecret(new Uint8Array(20).fill(7))
      const code = yield* codeAt(secret, yield* Clock.currentTimeMillis)
      return { owner, secret, recovery: yield* owner.enrolCodes(secret, code) }
    })
    const now = (secret: Redacted.Redacted) => Effect.flatMap(Clock.currentTimeMillis, (at) => codeAt(secret, at))

    test("a new site has no owner, and accepts no login", () =>
      Effect.gen(function* () {
        const owner = yield* Owner
        expect(yield* owner.state).toEqual({ claimed: false, recoveryCodes: 0 })
        expect(yield* refusal(owner.verifyPassphrase(passphrase))).toBe("PassphraseWrong")
        expect(yield* refusal(owner.verifyPassphrase(Redacted.make("")))).toBe("PassphraseWrong")
        expect(yield* refusal(owner.useCode("123456"))).toBe("CodeWrong: wrong")
      }))

    test("the holder of the setup key becomes the owner, once", () =>
      Effect.gen(function* () {
        const owner = yield* Owner
        const { expiresAt, key } = yield* setupKey
        expect(Redacted.value(key)).toMatch(/^[A-Za-z0-9_-]{43}$/)
        expect(expiresAt - (yield* Clock.currentTimeMillis)).toBe(Duration.toMillis("24 hours"))
        yield* owner.checkSetup(key)
        yield* owner.checkSetup(key)
        yield* owner.claim(key, passphrase)
        yield* owner.verifyPassphrase(passphrase)
        expect(yield* owner.state).toMatchObject({ claimed: true })
        expect(yield* refusal(owner.checkSetup(key))).toBe("SetupLinkInvalid: claimed")
        expect(yield* refusal(owner.claim(key, another))).toBe("SetupLinkInvalid: claimed")
        expect(yield* refusal(owner.verifyPassphrase(another))).toBe("PassphraseWrong")
        expect(yield* owner.issueSetup).toEqual(Option.none())
      }))

    test("one of two simultaneous callers with the same setup key becomes the owner", () =>
      Effect.gen(function* () {
        const owner = yield* Owner
        const { key } = yield* setupKey
        const both = [passphrase, another].map((mine) => Effect.either(owner.claim(key, mine)))
        const outcomes = yield* Effect.all(both, { concurrency: "unbounded" })
        expect(outcomes.filter(({ _tag }) => _tag === "Right")).toHaveLength(1)
      }))

    test("only the newest setup key is valid, for a day", () =>
      Effect.gen(function* () {
        const owner = yield* Owner
        const first = yield* setupKey
        const second = yield* setupKey
        const unknown = "SetupLinkInvalid: unknown"
        expect(yield* refusal(owner.checkSetup(first.key))).toBe(unknown)
        expect(yield* refusal(owner.claim(first.key, passphrase))).toBe(unknown)
        expect(yield* refusal(owner.claim(Redacted.make(""), passphrase))).toBe(unknown)
        yield* TestClock.adjust(Duration.millis(Duration.toMillis("24 hours") - 1))
        yield* owner.checkSetup(second.key)
        yield* TestClock.adjust("1 millis")
        expect(yield* refusal(owner.checkSetup(second.key))).toBe(unknown)
        expect(yield* refusal(owner.claim(second.key, passphrase))).toBe(unknown)
      }))

    test("a refused passphrase has a reason, and the setup key stays valid", () =>
      Effect.gen(function* () {
        const owner = yield* Owner
        const { key } = yield* setupKey
        const refused = (text: string) => refusal(owner.claim(key, Redacted.make(text)))
        expect(yield* refused("")).toBe("PassphraseRefused: too_short")
        expect(yield* refused("seven77")).toBe("PassphraseRefused: too_short")
        expect(yield* refused(" ".repeat(20))).toBe("PassphraseRefused: too_short")
        expect(yield* refused("x".repeat(1025))).toBe("PassphraseRefused: too_long")
        expect(yield* refused("Password123")).toBe("PassphraseRefused: common")
        yield* owner.claim(key, Redacted.make("🐎🐢🐙🦊🐝🦉🐳🦔"))
        yield* owner.verifyPassphrase(Redacted.make("🐎🐢🐙🦊🐝🦉🐳🦔"))
      }))

    test("a passphrase is normalised, and not trimmed", () =>
      Effect.gen(function* () {
        const owner = yield* Owner
        const { key } = yield* setupKey
        yield* owner.claim(key, Redacted.make("Grüße aus Zürich ﬁ"))
        yield* owner.verifyPassphrase(Redacted.make("Gru\u0308ße aus Zu\u0308rich fi"))
        expect(yield* refusal(owner.verifyPassphrase(Redacted.make("grüße aus zürich fi")))).toBe("PassphraseWrong")
        expect(yield* refusal(owner.verifyPassphrase(Redacted.make("Grüße aus Zürich fi ")))).toBe("PassphraseWrong")
        expect(yield* refusal(owner.verifyPassphrase(Redacted.make("x".repeat(100_000))))).toBe("PassphraseWrong")
      }))

    test("a change of the passphrase needs the old one", () =>
      Effect.gen(function* () {
        const owner = yield* claimed
        expect(yield* refusal(owner.changePassphrase(another, another))).toBe("PassphraseWrong")
        expect(yield* refusal(owner.changePassphrase(passphrase, Redacted.make("short")))).toBe(
          "PassphraseRefused: too_short"
        )
        expect(yield* refusal(owner.changePassphrase(passphrase, passphrase))).toBe("PassphraseRefused: unchanged")
        yield* owner.verifyPassphrase(passphrase)
        yield* owner.changePassphrase(passphrase, another)
        yield* owner.verifyPassphrase(another)
        expect(yield* refusal(owner.verifyPassphrase(passphrase))).toBe("PassphraseWrong")
      }))

    test("the first passphrase is set without an old one, and ends the setup key", () =>
      Effect.gen(function* () {
        const owner = yield* Owner
        const { key } = yield* setupKey
        yield* owner.changePassphrase(Redacted.make(""), passphrase)
        yield* owner.verifyPassphrase(passphrase)
        expect(yield* refusal(owner.claim(key, another))).toBe("SetupLinkInvalid: claimed")
      }))

    test("a device's mark is current until the passphrase changes, and known until a reset", () =>
      Effect.gen(function* () {
        const devices = yield* Devices
        const early = yield* devices.mark
        expect(yield* devices.find(early)).toMatchObject(Option.some({ isCurrent: true }))
        yield* TestClock.adjust("1 second")
        const owner = yield* claimed
        const mark = yield* devices.mark
        const device = yield* devices.find(mark)
        expect(device).toMatchObject(Option.some({ isCurrent: true }))
        expect(yield* devices.find(mark)).toEqual(device)
        expect(yield* devices.find(yield* devices.mark)).not.toEqual(device)
        expect(yield* devices.find(early)).toMatchObject(Option.some({ isCurrent: false }))
        const value = Redacted.value(mark)
        for (const forged of [
          "",
          ".",
          "..",
          value.slice(1),
          `${value}x`,
          `x${value}`,
          "a.b",
          "a.0.b",
          "x".repeat(10_000)
        ]) {
          expect(yield* devices.find(Redacted.make(forged))).toEqual(Option.none())
        }
        yield* TestClock.adjust("1 second")
        yield* owner.changePassphrase(passphrase, another)
        expect(yield* devices.find(mark)).toMatchObject(Option.some({ isCurrent: false }))
        yield* owner.reset
        expect(yield* devices.find(mark)).toEqual(Option.none())
        expect(yield* devices.find(yield* devices.mark)).toMatchObject(Option.some({ isCurrent: true }))
      }))

    test("codes are required once the app has shown one, and none is valid twice", () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(1_800_000_000_000)
        const { owner, secret } = yield* enrolled
        expect(yield* owner.state).toMatchObject({ codesSince: 1_800_000_000_000, recoveryCodes: 10 })
        // The code of the enrolment itself is used up.
        expect(yield* refusal(owner.useCode(yield* now(secret)))).toBe("CodeWrong: used")
        yield* TestClock.adjust("30 seconds")
        const code = yield* now(secret)
        yield* owner.useCode(` ${code.slice(0, 3)} ${code.slice(3)} `)
        expect(yield* refusal(owner.useCode(code))).toBe("CodeWrong: used")
        yield* TestClock.adjust("30 seconds")
        // The previous code is still valid by time, but was used.
        expect(yield* refusal(owner.useCode(code))).toBe("CodeWrong: used")
        yield* TestClock.adjust("60 seconds")
        expect(yield* refusal(owner.useCode(code))).toBe("CodeWrong: wrong")
      }))

    test("a code may be one step early or late", () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(1_800_000_000_000)
        const { owner, secret } = yield* enrolled
        yield* TestClock.adjust("10 minutes")
        const at = yield* Clock.currentTimeMillis
        expect(yield* refusal(owner.useCode(yield* codeAt(secret, at - 60_000)))).toBe("CodeWrong: wrong")
        expect(yield* refusal(owner.useCode(yield* codeAt(secret, at + 60_000)))).toBe("CodeWrong: wrong")
        yield* owner.useCode(yield* codeAt(secret, at - 30_000))
        yield* owner.useCode(yield* codeAt(secret, at + 30_000))
        // Earlier than a code that was already used.
        expect(yield* refusal(owner.useCode(yield* codeAt(secret, at)))).toBe("CodeWrong: used")
      }))

    test("one of two simultaneous logins with the same code succeeds", () =>
      Effect.gen(function* () {
        const { owner, secret } = yield* enrolled
        yield* TestClock.adjust("1 minute")
        const code = yield* now(secret)
        const outcomes = yield* Effect.all(
          [1, 2, 3].map(() => Effect.either(owner.useCode(code))),
          {
            concurrency: "unbounded"
          }
        )
        expect(outcomes.filter(({ _tag }) => _tag === "Right")).toHaveLength(1)
      }))

    test("an invalid code is refused, and enrols nothing", () =>
      Effect.gen(function* () {
        const { owner, secret } = yield* enrolled
        for (const typed of ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "' OR 1=1"]) {
          expect(yield* refusal(owner.useCode(typed))).toBe("CodeWrong: malformed")
        }
        yield* owner.dropCodes
        const code = yield* now(secret)
        for (const text of ["", "AAAA", "0".repeat(32), "a".repeat(32)]) {
          expect(yield* refusal(owner.enrolCodes(Redacted.make(text), code))).toBe("CodeWrong: malformed")
        }
        const wrong = code === "000000" ? "000001" : "000000"
        expect(yield* refusal(owner.enrolCodes(secret, wrong))).toBe("CodeWrong: wrong")
        expect((yield* owner.state).codesSince).toBeUndefined()
      }))

    test("S14: a recovery code of 120 bits replaces the app's code, once", () =>
      Effect.gen(function* () {
        const { owner, recovery } = yield* enrolled
        const codes = recovery.map(Redacted.value)
        expect(new Set(codes).size).toBe(10)
        const [first = "", second = ""] = codes
        // 24 letters of 5 bits each: at least 112 bits.
        expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/)
        yield* owner.useCode(first)
        expect(yield* refusal(owner.useCode(first))).toBe("CodeWrong: wrong")
        yield* owner.useCode(` ${second.toLowerCase().replaceAll("-", " ")} `)
        expect((yield* owner.state).recoveryCodes).toBe(8)
      }))

    test("turning codes off removes the secret and the recovery codes", () =>
      Effect.gen(function* () {
        const { owner, recovery, secret } = yield* enrolled
        yield* owner.dropCodes
        yield* TestClock.adjust("1 minute")
        expect(yield* refusal(owner.useCode(yield* now(secret)))).toBe("CodeWrong: wrong")
        expect(yield* refusal(owner.useCode(Redacted.value(recovery[0] ?? secret)))).toBe("CodeWrong: wrong")
        expect(yield* owner.state).toMatchObject({ claimed: true, recoveryCodes: 0 })
      }))

    test("a reset removes every credential", () =>
      Effect.gen(function* () {
        const { owner } = yield* enrolled
        const passkeys = yield* Passkeys
        const steps = yield* LoginSteps
        const handle = yield* passkeys.userHandle
        yield* passkeys.add(samplePasskey("one"))
        const step = yield* steps.begin("second_step", "{}", "5 minutes")
        yield* owner.reset
        expect(yield* owner.state).toEqual({ claimed: false, recoveryCodes: 0 })
        expect(yield* refusal(owner.verifyPassphrase(passphrase))).toBe("PassphraseWrong")
        expect(yield* passkeys.list).toEqual([])
        expect(yield* passkeys.userHandle).not.toEqual(handle)
        expect(yield* steps.find("second_step", step)).toEqual(Option.none())
        const { key } = yield* setupKey
        yield* owner.claim(key, another)
        yield* owner.verifyPassphrase(another)
      }))

    test("passkeys are kept with their names, once each", () =>
      Effect.gen(function* () {
        const passkeys = yield* Passkeys
        const one = yield* passkeys.add(samplePasskey("one"))
        yield* TestClock.adjust("1 second")
        const two = yield* passkeys.add(samplePasskey("two"))
        expect(yield* passkeys.list).toEqual([one, two])
        expect(yield* refusal(passkeys.add(samplePasskey("one")))).toBe("PasskeyRefused: known")
        expect(yield* passkeys.byId("one")).toEqual(Option.some(one))
        expect(yield* passkeys.byId("three")).toEqual(Option.none())
        expect(yield* passkeys.rename("one", "Phone")).toBe(true)
        expect(yield* passkeys.rename("three", "Phone")).toBe(false)
        expect(yield* passkeys.remove("two")).toBe(true)
        expect(yield* passkeys.remove("two")).toBe(false)
        expect(yield* passkeys.list).toEqual([{ ...one, name: "Phone" }])
      }))

    test("a passkey's counter is updated once from the value that was read", () =>
      Effect.gen(function* () {
        const passkeys = yield* Passkeys
        const passkey = yield* passkeys.add(samplePasskey("one"))
        yield* TestClock.adjust("1 hour")
        expect(yield* passkeys.use(passkey, 5)).toBe(true)
        expect(yield* passkeys.use(passkey, 6)).toBe(false)
        const used = Option.getOrThrow(yield* passkeys.byId("one"))
        expect(used).toMatchObject({ counter: 5, lastUsedAt: passkey.createdAt + 3_600_000 })
      }))

    test("the owner's handle stays the same", () =>
      Effect.gen(function* () {
        const passkeys = yield* Passkeys
        const handle = yield* passkeys.userHandle
        expect(handle).toHaveLength(64)
        expect(yield* passkeys.userHandle).toEqual(handle)
      }))

    test("S5: steps of logins end with the passphrase, and unsigned ones are refused", () =>
      Effect.gen(function* () {
        const owner = yield* claimed
        const steps = yield* LoginSteps
        const token = Redacted.value(yield* steps.begin("passkey_login", "challenge", "5 minutes"))
        const other = Redacted.value(yield* steps.begin("passkey_login", "another", "5 minutes"))
        const middle = Math.max(token.indexOf("."), Math.floor(token.length / 2))
        const forged = [
          `${token.slice(0, middle)}${other.slice(middle)}`,
          `${other.slice(0, middle)}${token.slice(middle)}`,
          token.slice(0, middle),
          token.slice(0, middle + 1),
          `${token}.`,
          "",
          "x".repeat(10_000)
        ]
        for (const text of forged) {
          expect(yield* steps.find("passkey_login", Redacted.make(text)), text).toEqual(Option.none())
        }
        expect(yield* steps.take("passkey_login", Redacted.make(token))).toEqual(Option.some("challenge"))
        expect(yield* steps.take("passkey_login", Redacted.make(token))).toEqual(Option.none())
        yield* TestClock.adjust("1 second")
        yield* owner.changePassphrase(passphrase, another)
        expect(yield* steps.find("passkey_login", Redacted.make(other))).toEqual(Option.none())
      }))

    test("a step of a login is found by its token and kind, until it is used or expired", () =>
      Effect.gen(function* () {
        const steps = yield* LoginSteps
        const token = yield* steps.begin("passkey_login", "challenge", "5 minutes")
        expect(yield* steps.find("passkey_login", token)).toEqual(Option.some("challenge"))
        expect(yield* steps.take("passkey_add", token)).toEqual(Option.none())
        expect(yield* steps.take("passkey_login", Redacted.make("x"))).toEqual(Option.none())
        const takes = [1, 2].map(() => steps.take("passkey_login", token))
        const taken = yield* Effect.all(takes, { concurrency: "unbounded" })
        expect(taken.filter(Option.isSome)).toEqual([Option.some("challenge")])
        const late = yield* steps.begin("passkey_login", "late", "5 minutes")
        yield* TestClock.adjust("5 minutes")
        expect(yield* steps.find("passkey_login", late)).toEqual(Option.none())
        expect(yield* steps.take("passkey_login", late)).toEqual(Option.none())
      }))
  })

const samplePasskey = (id: string) => ({
  id,
  publicKey: new Uint8Array([1, 2, 3]),
  counter: 0,
  transports: ["internal", "hybrid"],
  name: "Laptop",
  backedUp: true
})
