import type { Migration } from "../Migration.js"

/** Which app posted a post or sent a file: apps read again what they brought, and not what others did. */
export const authorship: Migration = {
  id: 9,
  name: "authorship",
  statements: [
    `ALTER TABLE posts ADD COLUMN posted_by TEXT`,
    `ALTER TABLE media ADD COLUMN uploaded_by TEXT`,
    `CREATE INDEX media_by_uploader ON media (uploaded_by, position) WHERE uploaded_by IS NOT NULL`
  ]
}
