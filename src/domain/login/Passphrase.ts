import { Effect, Redacted } from "effect"
import { PassphraseRefused } from "../../errors/Login.js"
import { guessable, type SiteWords } from "./CommonPassphrase.js"

/** Minimum and maximum length of a passphrase in Unicode code points (NIST SP 800-63B §5.1.1.2). */
const shortest = 8
export const longest = 1024

/**
 * Normalizes a passphrase for hashing to NFKC, so that keyboards that compose characters differently give the same one
 * (NIST SP 800-63B §5.1.1.2). Trims nothing and keeps case.
 */
export const normalised = (passphrase: Redacted.Redacted): Redacted.Redacted =>
  Redacted.make(Redacted.value(passphrase).normalize("NFKC"))

/** Returns whether a text is short enough to be a passphrase; longer ones are refused without hashing. */
export const isPossible = (passphrase: Redacted.Redacted): boolean => [...Redacted.value(passphrase)].length <= longest

/**
 * Validates and normalizes a new passphrase. It has to be long enough and not easy to guess (OWASP ASVS 5.0, 6.2.4 and
 * 6.2.11).
 */
export const newPassphrase = (
  text: Redacted.Redacted,
  site: SiteWords
): Effect.Effect<Redacted.Redacted, PassphraseRefused> =>
  Effect.gen(function* () {
    const passphrase = normalised(text)
    const value = Redacted.value(passphrase)
    const { length } = [...value]
    if (length < shortest || value.trim() === "") return yield* new PassphraseRefused({ reason: "too_short" })
    if (length > longest) return yield* new PassphraseRefused({ reason: "too_long" })
    const reason = yield* guessable(value, site)
    return reason === undefined ? passphrase : yield* new PassphraseRefused({ reason })
  })
