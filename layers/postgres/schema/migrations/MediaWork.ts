import type { Migration } from "../../../sql/schema/Migration.js"

/** Uploads to an object store and removals from it that are in progress. */
export const mediaWork: Migration = {
  id: 28,
  name: "media_work",
  statements: [
    `CREATE TABLE media_work (
        id TEXT COLLATE "C" PRIMARY KEY,
        name TEXT COLLATE "C" NOT NULL,
        started_at BIGINT NOT NULL
      )`
  ]
}
