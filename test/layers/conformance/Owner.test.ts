import { createHash } from "node:crypto"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted, Schema } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import * as LoginSteps from "../../../layers/process/LoginSteps.js"
import { layerCost, testCost } from "../../../layers/process/PasswordHash.js"
import * as SqlDevices from "../../../layers/sql/stores/Devices.js"
import * as SqlOwner from "../../../layers/sql/stores/Owner.js"
import * as SqlPasskeys from "../../../layers/sql/stores/Passkeys.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { PassphraseHash } from "../../../src/domain/login/PassphraseHash.js"
import { Owner } from "../../../src/services/Owner.js"
import { PasswordHash } from "../../../src/services/PasswordHash.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { conforms } from "./Owner.js"

const quiet = Layer.mergeAll(MemorySecureRandom.layer, MemoryLogger.layerSilent, layerTest())
const cheapHash = (cost = testCost) => layerCost(cost).pipe(Layer.provide(MemorySecureRandom.layer))

const services = Layer.mergeAll(SqlOwner.layer, SqlDevices.layer, SqlPasskeys.layer)
const sql = LoginSteps.layer.pipe(
  Layer.provideMerge(services),
  Layer.provide(cheapHash()),
  Layer.provideMerge(TestDatabase.database()),
  Layer.provide(quiet)
)

conforms("in SQL, in thread", sql)

const passphrase = Redacted.make("correct horse battery staple")

const claim = Effect.gen(function* () {
  const owner = yield* Owner
  const { key } = Option.getOrThrow(yield* owner.issueSetup)
  yield* owner.claim(key, passphrase)
  return key
})

const storedHash = Effect.flatMap(SqlPool, (pool) =>
  pool.read((sql) => sql<{ hash: string }>`SELECT passphrase_hash AS hash FROM owner`)
).pipe(
  Effect.map(([row]) => row?.hash ?? ""),
  Effect.flatMap(Schema.decode(PassphraseHash))
)

describe("the owner in SQL", () => {
  it.effect("stores neither passphrase nor setup key", () =>
    Effect.gen(function* () {
      const key = yield* claim
      const pool = yield* SqlPool
      yield* Effect.flatMap(Owner, (owner) => owner.reset)
      const unused = Option.getOrThrow(yield* Effect.flatMap(Owner, (owner) => owner.issueSetup))
      const rows = yield* pool.read((sql) => sql`SELECT * FROM owner`)
      const everything = rows.flatMap((row) => Object.values(row)).map((value) => Buffer.from(String(value)).toString())
      for (const secret of [key, unused.key, passphrase])
        expect(everything.join()).not.toContain(Redacted.value(secret))
    }).pipe(Effect.provide(sql))
  )

  it.effect("rehashes the passphrase at a login once the required cost is higher", () => {
    const database = TestDatabase.database().pipe(Layer.provideMerge(quiet))
    const dearer = { ...testCost, logN: testCost.logN + 1 }
    const at = (cost: typeof testCost) => Effect.provide(services.pipe(Layer.provide(cheapHash(cost))))
    return Effect.gen(function* () {
      yield* at(testCost)(claim)
      const login = Effect.flatMap(Owner, (owner) => owner.verifyPassphrase(passphrase))
      const before = yield* storedHash
      expect(before).toMatchObject(testCost)
      yield* at(testCost)(login)
      expect(yield* storedHash).toEqual(before)
      yield* at(dearer)(login)
      expect(yield* storedHash).toMatchObject(dearer)
      yield* at(dearer)(login)
      // A hash with a higher cost is not weakened.
      const dear = yield* storedHash
      yield* at(testCost)(login)
      expect(yield* storedHash).toEqual(dear)
    }).pipe(Effect.provide(database))
  })

  it.effect("S14: recovery codes of 80 bits, made by an earlier version, still work, once", () =>
    Effect.gen(function* () {
      yield* claim
      const owner = yield* Owner
      const pool = yield* SqlPool
      const code_hash = createHash("sha256").update("7K2QMP4XWD90ZTH3").digest()
      yield* pool.write((sql) => sql`INSERT INTO recovery_codes ${sql.insert({ code_hash })}`)
      expect((yield* Effect.flip(owner.useCode("7K2Q-MP4X-WD90-ZTH4")))._tag).toBe("CodeWrong")
      yield* owner.useCode("7k2q mp4x wd90-zth3")
      expect((yield* Effect.flip(owner.useCode("7K2Q-MP4X-WD90-ZTH3")))._tag).toBe("CodeWrong")
    }).pipe(Effect.provide(sql))
  )

  it.effect("reports a damaged hash as a damaged database, not as a wrong passphrase", () =>
    Effect.gen(function* () {
      yield* claim
      const pool = yield* SqlPool
      yield* pool.write((sql) => sql`UPDATE owner SET passphrase_hash = '$scrypt$ln=63,r=8,p=1$AAAAAAAAAAA$AAAA'`)
      const failure = yield* Effect.flip(Effect.flatMap(Owner, (owner) => owner.verifyPassphrase(passphrase)))
      expect(failure._tag).toBe("DatabaseCorrupt")
    }).pipe(Effect.provide(sql))
  )
})

describe("PasswordHash by scrypt", () => {
  it.effect("verifies a passphrase at the cost of its hash, and rejects any other", () =>
    Effect.gen(function* () {
      const hashes = yield* PasswordHash
      const hash = yield* hashes.hash(passphrase)
      const again = yield* hashes.hash(passphrase)
      expect(again.key).not.toEqual(hash.key)
      const text = yield* Schema.encode(PassphraseHash)(hash)
      expect(text).toMatch(/^\$scrypt\$ln=4,r=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
      const read = yield* Schema.decode(PassphraseHash)(text)
      expect(yield* hashes.verify(passphrase, Option.some(read))).toEqual({ matches: true, outdated: false })
      const wrong = yield* hashes.verify(Redacted.make("x"), Option.some(read))
      expect(wrong).toEqual({ matches: false, outdated: false })
      expect(yield* hashes.verify(passphrase, Option.none())).toEqual({ matches: false, outdated: false })
    }).pipe(Effect.provide(cheapHash()))
  )

  it.effect("computes the key of RFC 7914, §12", () =>
    Effect.gen(function* () {
      const hashes = yield* PasswordHash
      const key = Buffer.from(
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162" +
          "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "hex"
      )
      const stored = { logN: 10, r: 8, p: 16, salt: new TextEncoder().encode("NaCl"), key: new Uint8Array(key) }
      const verdict = yield* hashes.verify(Redacted.make("password"), Option.some(stored))
      expect(verdict.matches).toBe(true)
    }).pipe(Effect.provide(cheapHash()))
  )

  it.each([
    "",
    "plain",
    "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$a2V5",
    "$scrypt$ln=21,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=17,r=8,p=99$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=17,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
  ])("rejects %j as no hash", (text) => {
    expect(Schema.decodeUnknownOption(PassphraseHash)(text)).toEqual(Option.none())
  })
})
