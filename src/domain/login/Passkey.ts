/** A passkey of the owner's: a WebAuthn credential (Web Authentication Level 3, §4). All times are epoch milliseconds, UTC. */
export interface Passkey {
  /** The credential id, in base64url. */
  readonly id: string
  /** COSE key, as the authenticator gave it. */
  readonly publicKey: Uint8Array
  /** The authenticator's signature counter as last seen; 0 where it keeps none. */
  readonly counter: number
  /** How browsers may reach the authenticator: `internal`, `hybrid`, `usb` … */
  readonly transports: ReadonlyArray<string>
  /** What the owner calls it. */
  readonly name: string
  /** Whether it is kept by a service that brings it to other devices too. */
  readonly backedUp: boolean
  /** The host that browsers have bound it to (WebAuthn §4, "Relying Party Identifier"): it opens nothing at another one. */
  readonly relyingParty?: string
  readonly createdAt: number
  readonly lastUsedAt?: number
}

/** A passkey that was just made. */
export type NewPasskey = Omit<Passkey, "createdAt" | "lastUsedAt">

/** Whether browsers offer it on a site at this address. */
export const worksAt = ({ relyingParty }: Passkey, siteUrl: string): boolean =>
  relyingParty === undefined || relyingParty === new URL(siteUrl).hostname

/** Characters of a passkey's name. */
export const longestPasskeyName = 100

/** A name as it is kept: one line, trimmed, cut; never empty. */
export const passkeyName = (typed: string | undefined): string => {
  const line = (typed ?? "").replace(/[\p{Cc}\s]+/gu, " ").trim()
  return line === "" ? "Passkey" : [...line].slice(0, longestPasskeyName).join("")
}
