import type { Migration } from "../Migration.js"

/** Logins that are only begun are stored no longer. What the table held lived for five minutes at most. */
export const loginsBegun: Migration = {
  id: 16,
  name: "logins_begun",
  statements: [`DROP TABLE login_steps`, `ALTER TABLE owner DROP COLUMN step_key`]
}
