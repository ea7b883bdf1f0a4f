import type { Migration } from "../Migration.js"

/**
 * What proves who a browser is: the keys that sign device marks and login steps, made when they are first needed, and
 * when each session last proved who it is. `login_steps` holds steps that were used from now on, so what it holds of the
 * old kind goes: none of it lives longer than five minutes.
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
