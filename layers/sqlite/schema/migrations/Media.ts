import type { Migration } from "../../../sql/schema/Migration.js"

/** The owner's files. A file's name contains its other properties. */
export const media: Migration = {
  id: 4,
  name: "media",
  statements: [
    `CREATE TABLE media (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        byte_length INTEGER NOT NULL,
        uploaded_at INTEGER NOT NULL
      ) STRICT`
  ]
}
