import { Effect, Redacted } from "effect"
import { PassphraseRefused } from "../../errors/failure/Login.js"
import { guessable, type SiteWords } from "./CommonPassphrase.js"

/** Characters (Unicode code points) that a passphrase has at least and at most (NIST SP 800-63B §5.1.1.2). */
export const shortest = 8
export const longest = 1024

/**
 * A passphrase as it is hashed: in NFKC, so that keyboards that compose characters differently type the same one (NIST
 * SP 800-63B §5.1.1.2). Nothing is trimmed or folded.
 */
export const normalised = (passphrase: Redacted.Redacted): Redacted.Redacted =>
  Redacted.make(Redacted.value(passphrase).normalize("NFKC"))

/** Whether a text may be anybody's passphrase at all: whatever is longer is wrong without being hashed. */
export const isPossible = (passphrase: Redacted.Redacted): boolean => [...Redacted.value(passphrase)].length <= longest

/**
 * Takes a text as a new passphrase, normalised; says why not otherwise. It has to be long enough, and none of those that are
 * guessed first (OWASP ASVS 5.0, 6.2.4 and 6.2.11).
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
