import type { Migration } from "../../../sql/schema/Migration.js"

/** Tables with content of public pages and feeds. Tags and search documents change with their post. */
const shown = ["posts", "post_renderings", "media", "site_addresses"] as const

const changes = ["INSERT", "UPDATE", "DELETE"] as const

/**
 * A count of the changes to content of public pages. Triggers update it, so that every writer is included. Cached pages
 * are valid while it is unchanged.
 */
export const contentRevision: Migration = {
  id: 17,
  name: "content_revision",
  statements: [
    `CREATE TABLE content_revision (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT`,
    `INSERT INTO content_revision (id, count) VALUES (1, 0)`,
    ...shown.flatMap((table) =>
      changes.map(
        (change) => `CREATE TRIGGER ${table}_revise_on_${change.toLowerCase()} AFTER ${change} ON ${table}
          BEGIN UPDATE content_revision SET count = count + 1; END`
      )
    )
  ]
}
