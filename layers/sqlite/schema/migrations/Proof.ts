import type { Migration } from "../../../sql/schema/Migration.js"

/**
 * Authentication of browsers: the keys that sign device marks and login steps, created on first use, and the last
 * authentication of each session. `login_steps` holds used steps from now on; its old rows, which live five minutes at
 * most, are deleted.
 */
export const proof: Migration = {
  id: 14,
  name: "proof",
  statements: [
    `ALTER TABLE owner ADD COLUMN device_key BLOB CHECK (length(device_key) = 32)`,
    `ALTER TABLE owner ADD COLUMN step_key BLOB CHECK (length(step_key) = 32)`,
    `ALTER TABLE sessions ADD COLUMN proved_at INTEGER`,
    `DELETE FROM login_steps`
  ]
}
