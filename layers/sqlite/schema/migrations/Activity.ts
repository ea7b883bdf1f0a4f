import type { Migration } from "../../../sql/schema/Migration.js"

/** Recent requests of clients, and why some were refused. */
export const activity: Migration = {
  id: 5,
  name: "activity",
  statements: [
    `CREATE TABLE activity (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        request_id TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        method TEXT NOT NULL,
        asked TEXT NOT NULL,
        status INTEGER NOT NULL,
        refusal TEXT CHECK (refusal IS NULL OR json_valid(refusal)),
        client_id TEXT,
        token_id TEXT,
        label TEXT,
        address TEXT NOT NULL,
        user_agent TEXT
      ) STRICT`,
    `CREATE INDEX activity_refused ON activity (id DESC) WHERE refusal IS NOT NULL`,
    `CREATE INDEX activity_granted ON activity (id DESC) WHERE refusal IS NULL`,
    `CREATE INDEX activity_at ON activity (at)`
  ]
}
