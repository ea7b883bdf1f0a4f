import type { Migration } from "../../../sql/schema/Migration.js"

/** The app that created a post or a file. */
export const authorship: Migration = {
  id: 9,
  name: "authorship",
  statements: [
    `ALTER TABLE posts ADD COLUMN posted_by TEXT COLLATE "C"`,
    `ALTER TABLE media ADD COLUMN uploaded_by TEXT COLLATE "C"`,
    "CREATE INDEX media_by_uploader ON media (uploaded_by, position) WHERE uploaded_by IS NOT NULL"
  ]
}
