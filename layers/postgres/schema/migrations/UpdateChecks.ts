import type { Migration } from "../../../sql/schema/Migration.js"

/** The last check for a newer release, one row. */
export const updateChecks: Migration = {
  id: 25,
  name: "update_checks",
  statements: [
    `CREATE TABLE update_checks (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        checked_at BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        is_read BIGINT NOT NULL,
        release TEXT COLLATE "C"
      )`
  ]
}
