import type { Migration } from "../Migration.js"

/**
 * The addresses under which the site is and was served, and the id of each post in feeds, which outlives changes of slug and
 * address. `converted_at` says when stored posts were last searched for an address. Feeds gave out permalinks as ids until
 * now: posts from before keep theirs, as a path under the first address.
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
