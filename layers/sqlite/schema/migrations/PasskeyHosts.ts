import type { Migration } from "../../../sql/schema/Migration.js"

/** The host that a passkey is bound to; unknown for older passkeys. */
export const passkeyHosts: Migration = {
  id: 15,
  name: "passkey_hosts",
  statements: ["ALTER TABLE passkeys ADD COLUMN relying_party TEXT"]
}
