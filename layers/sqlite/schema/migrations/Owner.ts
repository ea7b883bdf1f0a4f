import type { Migration } from "../../../sql/schema/Migration.js"

/** The owner's credentials: one row for the owner, passkeys, recovery codes, and logins in progress. */
export const owner: Migration = {
  id: 2,
  name: "owner",
  statements: [
    `CREATE TABLE owner (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        passphrase_hash TEXT,
        passphrase_changed_at INTEGER,
        setup_key_hash BLOB CHECK (length(setup_key_hash) = 32),
        setup_expires_at INTEGER,
        passkey_user BLOB,
        totp_secret TEXT,
        totp_since INTEGER,
        totp_last_step INTEGER,
        CHECK ((passphrase_hash IS NULL) = (passphrase_changed_at IS NULL)),
        CHECK ((setup_key_hash IS NULL) = (setup_expires_at IS NULL)),
        CHECK ((totp_secret IS NULL) = (totp_since IS NULL))
      ) STRICT`,
    `INSERT INTO owner (id) VALUES (1)`,
    `CREATE TABLE passkeys (
        id TEXT PRIMARY KEY,
        public_key BLOB NOT NULL,
        counter INTEGER NOT NULL,
        transports TEXT NOT NULL CHECK (json_valid(transports)),
        name TEXT NOT NULL,
        backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
        created_at INTEGER NOT NULL,
        last_used_at INTEGER
      ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE recovery_codes (code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE login_steps (
        token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
        kind TEXT NOT NULL,
        data TEXT NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX login_steps_expiry ON login_steps (expires_at)`
  ]
}
