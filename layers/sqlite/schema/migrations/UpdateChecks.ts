import type { Migration } from "../../../sql/schema/Migration.js"

/** The last check for a newer release, one row. */
export const updateChecks: Migration = {
  id: 25,
  name: "update_checks",
  statements: [
    `CREATE TABLE update_checks (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        checked_at INTEGER NOT NULL,
        next_at INTEGER NOT NULL,
        is_read INTEGER NOT NULL,
        release TEXT CHECK (release IS NULL OR json_valid(release))
      ) STRICT`
  ]
}
