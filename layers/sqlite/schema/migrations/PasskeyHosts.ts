import type { Migration } from "../Migration.js"

/** The host that browsers have bound a passkey to; unknown of those that were made before. */
export const passkeyHosts: Migration = {
  id: 15,
  name: "passkey_hosts",
  statements: ["ALTER TABLE passkeys ADD COLUMN relying_party TEXT"]
}
