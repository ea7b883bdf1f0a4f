/** Codes that are made at once. */
export const recoveryCodes = 10

/**
 * Random bytes of one code: 120 bits. From 112 bits on a plain hash keeps a code that was read from a stolen database secret
 * (OWASP ASVS 5.0, 6.5.2).
 */
export const recoveryBytes = 15

/** Letters of a code: of those that are made now, and of those that were made until 2.0.0-alpha.1 (80 bits), which stay valid. */
const lengths = [24, 16]

/** Crockford's Base32: without I, L, O and U, which people read as something else. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** Random bytes as a code for paper: `7K2Q-MP4X-WD90-ZTH3-8VNC-2J5R`. */
export const writeRecoveryCode = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("")
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)] ?? "")
  return (letters.join("").match(/.{1,4}/g) ?? []).join("-")
}

/** A code as it was typed from paper, in the one form in which it is compared; nothing when it is none. */
export const readRecoveryCode = (typed: string): string | undefined => {
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1")
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(letters) && lengths.includes(letters.length) ? letters : undefined
}
