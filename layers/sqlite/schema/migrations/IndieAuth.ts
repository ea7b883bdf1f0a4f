import type { Migration } from "../../../sql/schema/Migration.js"

/** Clients of access tokens, refresh tokens, authorization requests, and codes. */
export const indieAuth: Migration = {
  id: 3,
  name: "indieauth",
  statements: [
    `ALTER TABLE access_tokens ADD COLUMN client_id TEXT`,
    `ALTER TABLE access_tokens ADD COLUMN client_name TEXT`,
    `ALTER TABLE access_tokens ADD COLUMN renewal_millis INTEGER`,
    `ALTER TABLE access_tokens ADD COLUMN previous_hash BLOB`,
    `CREATE INDEX access_tokens_previous ON access_tokens (previous_hash) WHERE previous_hash IS NOT NULL`,
    `CREATE TABLE refresh_tokens (
        token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
        access_token_id TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        used_at INTEGER
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at)`,
    `CREATE TABLE authorization_requests (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        client_name TEXT,
        redirect_uri TEXT NOT NULL,
        state TEXT,
        code_challenge TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX authorization_requests_by_session ON authorization_requests (session_id, created_at)`,
    `CREATE INDEX authorization_requests_expiry ON authorization_requests (expires_at)`,
    `CREATE TABLE authorization_codes (
        code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
        client_id TEXT NOT NULL,
        client_name TEXT,
        redirect_uri TEXT NOT NULL,
        code_challenge TEXT NOT NULL,
        scopes TEXT NOT NULL,
        me TEXT NOT NULL,
        label TEXT NOT NULL,
        lifetime_millis INTEGER,
        renewable INTEGER NOT NULL CHECK (renewable IN (0, 1)),
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        used_at INTEGER,
        access_token_id TEXT
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_at)`
  ]
}
