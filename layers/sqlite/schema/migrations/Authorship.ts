import type { Migration } from "../../../sql/schema/Migration.js"

/** The app that created a post or a file: apps can read their own, and not those of others. */
export const authorship: Migration = {
  id: 9,
  name: "authorship",
  statements: [
    `ALTER TABLE posts ADD COLUMN posted_by TEXT`,
    `ALTER TABLE media ADD COLUMN uploaded_by TEXT`,
    `CREATE INDEX media_by_uploader ON media (uploaded_by, position) WHERE uploaded_by IS NOT NULL`
  ]
}
