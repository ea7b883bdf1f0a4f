import type { Migration } from "../../../sql/schema/Migration.js"

const changes = ["INSERT", "UPDATE", "DELETE"] as const

/**
 * Settings of the browser, one row per section, and the owner's photo. Both are on public pages, so their
 * changes count as changes of the content.
 */
export const siteSettings: Migration = {
  id: 18,
  name: "site_settings",
  statements: [
    `CREATE TABLE site_settings (
      section TEXT PRIMARY KEY,
      revision INTEGER NOT NULL,
      value TEXT NOT NULL CHECK (json_valid(value)),
      changed_at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE site_photo (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version TEXT NOT NULL,
      original BLOB NOT NULL,
      square BLOB NOT NULL,
      size INTEGER NOT NULL,
      icon BLOB NOT NULL,
      crop TEXT NOT NULL CHECK (json_valid(crop)),
      changed_at INTEGER NOT NULL
    ) STRICT`,
    ...["site_settings", "site_photo"].flatMap((table) =>
      changes.map(
        (change) => `CREATE TRIGGER ${table}_revise_on_${change.toLowerCase()} AFTER ${change} ON ${table}
          BEGIN UPDATE content_revision SET count = count + 1; END`
      )
    )
  ]
}
