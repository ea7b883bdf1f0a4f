import type { Migration } from "../../../sql/schema/Migration.js"

/** Posts, their tags, search documents, sessions and access tokens. */
export const initial: Migration = {
  id: 1,
  name: "initial",
  statements: [
    `CREATE TABLE posts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        slug TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        properties TEXT NOT NULL CHECK (json_valid(properties)),
        status TEXT NOT NULL CHECK (status IN ('published', 'draft')),
        visibility TEXT NOT NULL CHECK (visibility IN ('public', 'unlisted', 'private')),
        published_at INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        deleted_at INTEGER
      ) STRICT`,
    `CREATE INDEX posts_public ON posts (published_at DESC, id DESC)
        WHERE status = 'published' AND visibility = 'public' AND deleted_at IS NULL`,
    `CREATE INDEX posts_kept ON posts (published_at DESC, id DESC) WHERE deleted_at IS NULL`,
    `CREATE INDEX posts_changed ON posts (updated_at DESC)`,
    `CREATE TABLE post_tags (
        post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        label TEXT NOT NULL,
        position INTEGER NOT NULL,
        published_at INTEGER NOT NULL,
        PRIMARY KEY (post_id, tag)
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX post_tags_by_tag ON post_tags (tag, published_at DESC, post_id DESC)`,
    `CREATE TABLE search_documents (
        post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        tags TEXT NOT NULL
      ) STRICT`,
    `CREATE TABLE search_pending (post_id INTEGER PRIMARY KEY) STRICT`,
    `CREATE TABLE search_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE sessions (
        token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        last_used_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        ends_at INTEGER NOT NULL,
        user_agent TEXT,
        address TEXT
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX sessions_expiry ON sessions (expires_at)`,
    `CREATE TABLE access_tokens (
        token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
        id TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        me TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        last_used_at INTEGER,
        expires_at INTEGER,
        revoked_at INTEGER
      ) STRICT, WITHOUT ROWID`
  ]
}
