/** A passkey of the owner: a WebAuthn credential (Web Authentication Level 3, §4). Times are in epoch milliseconds. */
export interface Passkey {
  /** The credential id, in base64url. */
  readonly id: string
  /** COSE key from the authenticator. */
  readonly publicKey: Uint8Array
  /** Last known signature counter of the authenticator; 0 if it has none. */
  readonly counter: number
  /** Transports of the authenticator: `internal`, `hybrid`, `usb` … */
  readonly transports: ReadonlyArray<string>
  /** Name that the owner gave it. */
  readonly name: string
  /** Whether a service syncs it to other devices. */
  readonly backedUp: boolean
  /** Host that the passkey is bound to (WebAuthn §4, "Relying Party Identifier"); it does not work at another one. */
  readonly relyingParty?: string
  readonly createdAt: number
  readonly lastUsedAt?: number
}

/** A new passkey. */
export type NewPasskey = Omit<Passkey, "createdAt" | "lastUsedAt">

/** Returns whether browsers offer it on a site at this address. */
export const worksAt = ({ relyingParty }: Passkey, siteUrl: string): boolean =>
  relyingParty === undefined || relyingParty === new URL(siteUrl).hostname

/** Maximum length of a passkey's name in characters. */
export const longestPasskeyName = 100

/** Normalizes a name: one line, trimmed, cut; never empty. */
export const passkeyName = (typed: string | undefined): string => {
  const line = (typed ?? "").replace(/[\p{Cc}\s]+/gu, " ").trim()
  return line === "" ? "Passkey" : [...line].slice(0, longestPasskeyName).join("")
}
