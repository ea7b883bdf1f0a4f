import type { Migration } from "../../../sql/schema/Migration.js"

/** State that instances share, which is in memory with SQLite: one server uses the file. PostgreSQL has tables for it. */
export const sharedState: Migration = { id: 27, name: "shared_state", statements: [] }
