import type { Migration } from "../../../sql/schema/Migration.js"

/**
 * Current and former addresses of the site, and the feed id of each post, which does not change with slug and address.
 * `converted_at` is when stored posts were last searched for an address. Until now feeds used permalinks as ids:
 * existing posts keep theirs, as a path under the first address.
 */
export const siteAddresses: Migration = {
  id: 10,
  name: "site_addresses",
  statements: [
    `CREATE TABLE site_addresses (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        origin TEXT NOT NULL UNIQUE,
        first_used_at INTEGER NOT NULL,
        converted_at INTEGER
      ) STRICT`,
    `ALTER TABLE posts ADD COLUMN feed_id TEXT NOT NULL DEFAULT ''`,
    `UPDATE posts SET feed_id = '/notes/' || slug`
  ]
}
