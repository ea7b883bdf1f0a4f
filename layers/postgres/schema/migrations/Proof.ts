import type { Migration } from "../../../sql/schema/Migration.js"

/** Keys that sign marks of devices, and the last authentication of each session. */
export const proof: Migration = {
  id: 14,
  name: "proof",
  statements: [
    "ALTER TABLE owner ADD COLUMN device_key BYTEA CHECK (length(device_key) = 32)",
    "ALTER TABLE owner ADD COLUMN step_key BYTEA CHECK (length(step_key) = 32)",
    "ALTER TABLE sessions ADD COLUMN proved_at BIGINT"
  ]
}
