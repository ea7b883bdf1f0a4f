import { Either, Redacted } from "effect"
import { PassphraseRefused } from "../errors/failure/Login.js"

/** Characters (Unicode code points) that a passphrase has at least and at most (NIST SP 800-63B §5.1.1.2). */
export const shortest = 8
export const longest = 1024

/** What is tried first everywhere, and long enough to be taken otherwise. Not a dictionary: guessing is slowed as well. */
const common: ReadonlySet<string> = new Set([
  ...["password", "password1", "password123", "passphrase", "passw0rd", "12345678", "123456789", "1234567890"],
  ...["qwertyuiop", "qwerty123", "iloveyou", "sunshine", "princess", "football", "letmein1", "welcome1", "admin123"],
  ...["starpunk", "changeme", "trustno1", "11111111", "00000000", "abcdefgh", "1q2w3e4r", "baseball", "superman"]
])

/**
 * A passphrase as it is hashed: in NFKC, so that keyboards that compose characters differently type the same one (NIST
 * SP 800-63B §5.1.1.2). Nothing is trimmed or folded.
 */
export const normalised = (passphrase: Redacted.Redacted): Redacted.Redacted =>
  Redacted.make(Redacted.value(passphrase).normalize("NFKC"))

/** Whether a text may be anybody's passphrase at all: whatever is longer is wrong without being hashed. */
export const isPossible = (passphrase: Redacted.Redacted): boolean => [...Redacted.value(passphrase)].length <= longest

/** Takes a text as a new passphrase, normalised; says why not otherwise. Length is all that is asked for. */
export const newPassphrase = (text: Redacted.Redacted): Either.Either<Redacted.Redacted, PassphraseRefused> => {
  const passphrase = normalised(text)
  const value = Redacted.value(passphrase)
  const { length } = [...value]
  if (length < shortest || value.trim() === "") return Either.left(new PassphraseRefused({ reason: "too_short" }))
  if (length > longest) return Either.left(new PassphraseRefused({ reason: "too_long" }))
  if (common.has(value.toLowerCase())) return Either.left(new PassphraseRefused({ reason: "common" }))
  return Either.right(passphrase)
}
