import type { Migration } from "../../../sql/schema/Migration.js"

/** Paths that posts and media files had on another site. `folded` is the path in lower case, for lookups. */
export const oldAddresses: Migration = {
  id: 8,
  name: "old_addresses",
  statements: [
    `CREATE TABLE old_addresses (
        path TEXT PRIMARY KEY,
        folded TEXT NOT NULL,
        post_id INTEGER REFERENCES posts (id) ON DELETE CASCADE,
        media_id TEXT REFERENCES media (id) ON DELETE CASCADE,
        CHECK ((post_id IS NULL) <> (media_id IS NULL))
      ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX old_addresses_folded ON old_addresses (folded)`,
    `CREATE INDEX old_addresses_of_post ON old_addresses (post_id, path)`,
    `CREATE INDEX old_addresses_of_media ON old_addresses (media_id, path)`
  ]
}
