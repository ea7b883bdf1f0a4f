import { createHash } from "node:crypto"
import { Redacted } from "effect"

/** SHA-256 of a secret, which a store keeps in place of the secret. Without a salt: secrets are 120 random bits or more. */
export const hashOf = (secret: string | Redacted.Redacted): Buffer =>
  createHash("sha256")
    .update(Redacted.isRedacted(secret) ? Redacted.value(secret) : secret)
    .digest()
