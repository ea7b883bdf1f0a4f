/** Number of codes that are made at once. */
export const recoveryCodes = 10

/**
 * Random bytes of a code: 120 bits. From 112 bits on, a plain hash is enough to protect codes in a stolen database
 * (OWASP ASVS 5.0, 6.5.2).
 */
export const recoveryBytes = 15

/** Length of a code in characters: current ones, and those made until 2.0.0-alpha.1 (80 bits), which stay valid. */
const lengths = [24, 16]

/** Crockford's Base32: without I, L, O and U, which are easily misread. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** Formats random bytes as a code: `7K2Q-MP4X-WD90-ZTH3-8VNC-2J5R`. */
export const writeRecoveryCode = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("")
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)] ?? "")
  return (letters.join("").match(/.{1,4}/g) ?? []).join("-")
}

/** Normalizes a typed code for comparison; `undefined` if it is not valid. */
export const readRecoveryCode = (typed: string): string | undefined => {
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1")
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(letters) && lengths.includes(letters.length) ? letters : undefined
}
