/** Codes that are made at once. */
export const recoveryCodes = 10

/** Random bytes of one code: 80 bits, more than anybody guesses over a network that slows them. */
export const recoveryBytes = 10

/** Crockford's Base32: without I, L, O and U, which people read as something else. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** Random bytes as a code for paper: `7K2Q-MP4X-WD90-ZTH3`. */
export const writeRecoveryCode = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("")
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)] ?? "")
  return (letters.join("").match(/.{1,4}/g) ?? []).join("-")
}

/** A code as it was typed from paper, in the one form in which it is compared; nothing when it is none. */
export const readRecoveryCode = (typed: string): string | undefined => {
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1")
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(letters) ? letters : undefined
}
