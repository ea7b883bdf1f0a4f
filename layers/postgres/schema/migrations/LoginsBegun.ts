import type { Migration } from "../../../sql/schema/Migration.js"

/** Logins that have only begun are not stored. */
export const loginsBegun: Migration = {
  id: 16,
  name: "logins_begun",
  statements: ["DROP TABLE login_steps", "ALTER TABLE owner DROP COLUMN step_key"]
}
