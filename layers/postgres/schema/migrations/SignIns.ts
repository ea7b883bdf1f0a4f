import type { Migration } from "../../../sql/schema/Migration.js"

/** Sign-ins through the owner's provider. */
export const signIns: Migration = {
  id: 7,
  name: "sign_ins",
  statements: [
    `CREATE TABLE sign_ins (
        state_hash BYTEA PRIMARY KEY CHECK (length(state_hash) = 32),
        verifier_hash BYTEA NOT NULL CHECK (length(verifier_hash) = 32),
        endpoint TEXT COLLATE "C" NOT NULL,
        issuer TEXT COLLATE "C",
        next TEXT COLLATE "C",
        expires_at BIGINT NOT NULL
      )`,
    "CREATE INDEX sign_ins_expiry ON sign_ins (expires_at)"
  ]
}
