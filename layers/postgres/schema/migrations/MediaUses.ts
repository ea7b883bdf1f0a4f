import type { Migration } from "../../../sql/schema/Migration.js"

/** Which posts name which files. */
export const mediaUses: Migration = {
  id: 21,
  name: "media_uses",
  statements: [
    `CREATE TABLE media_uses (
        media_id TEXT COLLATE "C" NOT NULL,
        post_id BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
        alt TEXT COLLATE "C",
        PRIMARY KEY (media_id, post_id)
      )`,
    "CREATE INDEX media_uses_of_post ON media_uses (post_id)"
  ]
}
