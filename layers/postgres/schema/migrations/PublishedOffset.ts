import type { Migration } from "../../../sql/schema/Migration.js"

/** UTC offset of the author. */
export const publishedOffset: Migration = {
  id: 12,
  name: "published_offset",
  statements: ["ALTER TABLE posts ADD COLUMN published_offset BIGINT CHECK (published_offset BETWEEN -57600 AND 57600)"]
}
