import type { Migration } from "../../../sql/schema/Migration.js"

/** Links to drafts, one per post, by the SHA-256 of their secrets. */
export const draftLinks: Migration = {
  id: 23,
  name: "draft_links",
  statements: [
    `CREATE TABLE draft_links (
        post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
        secret_hash BLOB NOT NULL UNIQUE,
        created_at INTEGER NOT NULL
      ) STRICT`
  ]
}
