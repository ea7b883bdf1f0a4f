import type { Migration } from "../../../sql/schema/Migration.js"

/** Former states of posts: each was replaced by a change at `replaced_at`, which `replaced_by` made. */
export const postRevisions: Migration = {
  id: 22,
  name: "post_revisions",
  statements: [
    `CREATE TABLE post_revisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
        replaced_at INTEGER NOT NULL,
        replaced_by TEXT,
        slug TEXT NOT NULL,
        type TEXT NOT NULL,
        status TEXT NOT NULL,
        visibility TEXT NOT NULL,
        published_at INTEGER NOT NULL,
        properties TEXT NOT NULL CHECK (json_valid(properties))
      ) STRICT`,
    "CREATE INDEX post_revisions_of_post ON post_revisions (post_id, id)"
  ]
}
