import type { Migration } from "../../../sql/schema/Migration.js"

/** Clients of access tokens, refresh tokens, authorization requests, and codes. */
export const indieAuth: Migration = {
  id: 3,
  name: "indieauth",
  statements: [
    `ALTER TABLE access_tokens ADD COLUMN client_id TEXT COLLATE "C"`,
    `ALTER TABLE access_tokens ADD COLUMN client_name TEXT COLLATE "C"`,
    "ALTER TABLE access_tokens ADD COLUMN renewal_millis BIGINT",
    "ALTER TABLE access_tokens ADD COLUMN previous_hash BYTEA",
    "CREATE INDEX access_tokens_previous ON access_tokens (previous_hash) WHERE previous_hash IS NOT NULL",
    `CREATE TABLE refresh_tokens (
        token_hash BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
        access_token_id TEXT COLLATE "C" NOT NULL,
        scopes TEXT COLLATE "C" NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        used_at BIGINT
      )`,
    "CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at)",
    `CREATE TABLE authorization_requests (
        id TEXT COLLATE "C" PRIMARY KEY,
        session_id TEXT COLLATE "C" NOT NULL,
        client_id TEXT COLLATE "C" NOT NULL,
        client_name TEXT COLLATE "C",
        redirect_uri TEXT COLLATE "C" NOT NULL,
        state TEXT COLLATE "C",
        code_challenge TEXT COLLATE "C" NOT NULL,
        scopes TEXT COLLATE "C" NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL
      )`,
    "CREATE INDEX authorization_requests_by_session ON authorization_requests (session_id, created_at)",
    "CREATE INDEX authorization_requests_expiry ON authorization_requests (expires_at)",
    `CREATE TABLE authorization_codes (
        code_hash BYTEA PRIMARY KEY CHECK (length(code_hash) = 32),
        client_id TEXT COLLATE "C" NOT NULL,
        client_name TEXT COLLATE "C",
        redirect_uri TEXT COLLATE "C" NOT NULL,
        code_challenge TEXT COLLATE "C" NOT NULL,
        scopes TEXT COLLATE "C" NOT NULL,
        me TEXT COLLATE "C" NOT NULL,
        label TEXT COLLATE "C" NOT NULL,
        lifetime_millis BIGINT,
        renewable BIGINT NOT NULL CHECK (renewable IN (0, 1)),
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        used_at BIGINT,
        access_token_id TEXT COLLATE "C"
      )`,
    "CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_at)"
  ]
}
