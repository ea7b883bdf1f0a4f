import type { Migration } from "../../../sql/schema/Migration.js"

const changes = ["INSERT", "UPDATE OF pages", "DELETE"] as const

/**
 * Pages of other sites that posts cite by address, and what they say about themselves. `due_at` is the time of the next
 * reading; it is absent if none is due. Pages that existing posts cite are read when those posts are edited.
 */
export const citedPages: Migration = {
  id: 20,
  name: "cited_pages",
  statements: [
    `CREATE TABLE cited_pages (
      post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
      addresses TEXT NOT NULL CHECK (json_valid(addresses)),
      pages TEXT NOT NULL CHECK (json_valid(pages)),
      attempts INTEGER NOT NULL,
      due_at INTEGER
    ) STRICT`,
    "CREATE INDEX cited_pages_due ON cited_pages (due_at) WHERE due_at IS NOT NULL",
    ...changes.map(
      (
        change
      ) => `CREATE TRIGGER cited_pages_revise_on_${change.split(" ")[0]?.toLowerCase()} AFTER ${change} ON cited_pages
        BEGIN UPDATE content_revision SET count = count + 1; END`
    )
  ]
}
