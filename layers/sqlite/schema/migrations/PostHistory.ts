import type { Migration } from "../../../sql/schema/Migration.js"

/**
 * Former slugs of posts; a count of changes to existing posts, because timestamps cannot distinguish two changes in one
 * millisecond; and indexes for deleted posts and drafts.
 */
export const postHistory: Migration = {
  id: 6,
  name: "post_history",
  statements: [
    `CREATE TABLE post_slugs (
        slug TEXT PRIMARY KEY,
        post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
        replaced_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX post_slugs_of_post ON post_slugs (post_id)`,
    `CREATE TABLE post_changes (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT`,
    `INSERT INTO post_changes (id, count) VALUES (1, 0)`,
    `CREATE INDEX posts_deleted ON posts (published_at DESC, id DESC) WHERE deleted_at IS NOT NULL`,
    `CREATE INDEX posts_drafts ON posts (published_at DESC, id DESC) WHERE deleted_at IS NULL AND status = 'draft'`
  ]
}
