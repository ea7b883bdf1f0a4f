import type { Migration } from "../../../sql/schema/Migration.js"

/** The owner's credentials. */
export const owner: Migration = {
  id: 2,
  name: "owner",
  statements: [
    `CREATE TABLE owner (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        passphrase_hash TEXT COLLATE "C",
        passphrase_changed_at BIGINT,
        setup_key_hash BYTEA CHECK (length(setup_key_hash) = 32),
        setup_expires_at BIGINT,
        passkey_user BYTEA,
        totp_secret TEXT COLLATE "C",
        totp_since BIGINT,
        totp_last_step BIGINT,
        CHECK ((passphrase_hash IS NULL) = (passphrase_changed_at IS NULL)),
        CHECK ((setup_key_hash IS NULL) = (setup_expires_at IS NULL)),
        CHECK ((totp_secret IS NULL) = (totp_since IS NULL))
      )`,
    "INSERT INTO owner (id) VALUES (1)",
    `CREATE TABLE passkeys (
        id TEXT COLLATE "C" PRIMARY KEY,
        public_key BYTEA NOT NULL,
        counter BIGINT NOT NULL,
        transports TEXT COLLATE "C" NOT NULL CHECK (transports::json IS NOT NULL),
        name TEXT COLLATE "C" NOT NULL,
        backed_up BIGINT NOT NULL CHECK (backed_up IN (0, 1)),
        created_at BIGINT NOT NULL,
        last_used_at BIGINT
      )`,
    "CREATE TABLE recovery_codes (code_hash BYTEA PRIMARY KEY CHECK (length(code_hash) = 32))",
    `CREATE TABLE login_steps (
        token_hash BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
        kind TEXT COLLATE "C" NOT NULL,
        data TEXT COLLATE "C" NOT NULL,
        expires_at BIGINT NOT NULL
      )`,
    "CREATE INDEX login_steps_expiry ON login_steps (expires_at)"
  ]
}
