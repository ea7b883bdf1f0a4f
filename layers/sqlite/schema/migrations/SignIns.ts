import type { Migration } from "../../../sql/schema/Migration.js"

/** Sign-ins through the owner's provider. A reader of the table can neither answer nor finish one. */
export const signIns: Migration = {
  id: 7,
  name: "sign_ins",
  statements: [
    `CREATE TABLE sign_ins (
        state_hash BLOB PRIMARY KEY CHECK (length(state_hash) = 32),
        verifier_hash BLOB NOT NULL CHECK (length(verifier_hash) = 32),
        endpoint TEXT NOT NULL,
        issuer TEXT,
        next TEXT,
        expires_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX sign_ins_expiry ON sign_ins (expires_at)`
  ]
}
