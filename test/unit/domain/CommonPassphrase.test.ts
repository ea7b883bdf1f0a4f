import { describe, expect, it } from "@effect/vitest"
import { Effect, Exit, Redacted } from "effect"
import { guessable } from "../../../src/domain/login/CommonPassphrase.js"
import { newPassphrase } from "../../../src/domain/login/Passphrase.js"
import { runs } from "../../fixtures/Runs.js"

const site = {
  siteUrl: "https://blog.meadow.example:8000",
  siteName: "Ada’s Little Garden",
  siteAuthor: "Ada Lovelace"
}

describe("S11: passphrases that attackers try first", () => {
  const common = [
    ...["password12", "P@ssw0rd", "123123123", "letmein123", "password", "passphrase", "Passw0rd!", "12345678"],
    ...["PASSWORD2026!", "1q2w3e4r", "trustno1", "changeme", "iloveyou", "welcome1", "admin123", "qwertyuiop"],
    ...["11111111", "00000000", "abcdefgh", "87654321", "zyxwvuts", "abcabcabc", "dragondragon", "passwordpassword"],
    ...[
      "!!monkey!!",
      "sunsh1ne",
      "$unshine99",
      "123letmein",
      "L3tm31n123",
      "football2026",
      "superman!",
      "        a       a"
    ]
  ]
  it.effect.each(common)("refuses %j as common", (passphrase) =>
    Effect.map(guessable(passphrase, site), (reason) => expect(reason).toBe("common"))
  )

  const ofSite = [
    ...[
      "starpunk",
      "StarPunk2026",
      "5tarpunk!",
      "starpunkstarpunk",
      "meadow.example",
      "meadow123",
      "blog.meadow.example"
    ],
    ...[
      "https://blog.meadow.example",
      "Ada Lovelace",
      "adalovelace1815",
      "Lovelace!",
      "l0velace99",
      "adaslittlegarden"
    ],
    ...["Ada’s Little Garden", "little-garden", "mymeadowblog", "meadowadmin1", "ada-password"]
  ]
  it.effect.each(ofSite)("refuses the passphrase %j, which is made of words of the site", (passphrase) =>
    Effect.map(guessable(passphrase, site), (reason) => expect(reason).toBe("of_site"))
  )

  it.effect("refuses the host name of a local site", () =>
    Effect.gen(function* () {
      const home = { siteUrl: "http://localhost:8000", siteName: "StarPunk", siteAuthor: "" }
      for (const passphrase of ["localhost", "Localhost1", "l0calh0st", "localhost8000", "localhost:8000"]) {
        expect(yield* guessable(passphrase, home), passphrase).toBe("of_site")
      }
      const byNumber = { ...home, siteUrl: "http://192.168.178.20" }
      expect(yield* guessable("192.168.178.20", byNumber)).toBe("of_site")
    })
  )

  const good = [
    ...[
      "correct horse battery staple",
      "eleven purple bicycles asleep",
      "mine now, thank you",
      "Kx7#qM2!vP",
      "тёплый хлеб"
    ],
    ...[
      "Ada Lovelace eats quinces",
      "a password for my garden of thyme",
      "meadow quince 48 lantern",
      "🐌🦔🌧️🪴🍵🧦🪵🛶",
      "x9!".repeat(30)
    ]
  ]
  it.effect.each(good.slice(0, -1))("accepts %j", (passphrase) =>
    Effect.map(newPassphrase(Redacted.make(passphrase), site), (taken) =>
      expect(Redacted.value(taken)).toBe(passphrase.normalize("NFKC"))
    )
  )

  it.effect("refuses the 3,000 most common ones that are long enough, and accepts long texts", () =>
    Effect.gen(function* () {
      const { dictionary } = yield* Effect.promise(() => import("@zxcvbn-ts/language-common"))
      const longEnough = dictionary["passwords-common"].filter((password) => password.length >= 8).slice(0, 3000)
      expect(longEnough).toHaveLength(3000)
      const taken: Array<string> = []
      // Some of them, since each check reads the whole list.
      const step = 3_000 / runs(15, 600)
      for (const password of longEnough.filter((_, index) => index % step === 0)) {
        const exit = yield* Effect.exit(newPassphrase(Redacted.make(password), site))
        if (Exit.isSuccess(exit)) taken.push(password)
      }
      expect(taken).toEqual([])
      expect(yield* guessable("ada".repeat(300).concat("!"), site)).toBeUndefined()
    })
  )

  it.effect("says what to change, without repeating any of it", () =>
    Effect.gen(function* () {
      const refusal = (text: string) =>
        Effect.map(Effect.flip(newPassphrase(Redacted.make(text), site)), ({ info }) => info)
      const words = yield* refusal("letmein123")
      expect(words).toMatchObject({ code: "auth.passphrase_refused", status: 422 })
      expect(words.suggestion).toContain("four or five unrelated words")
      const named = yield* refusal("Lovelace99")
      expect(named.suggestion).toContain("Avoid the site's address, its name, your name")
      expect(JSON.stringify([words, named]).toLowerCase()).not.toMatch(/letmein|lovelace/)
    })
  )
})
