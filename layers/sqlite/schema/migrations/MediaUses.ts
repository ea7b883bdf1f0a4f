import type { Migration } from "../../../sql/schema/Migration.js"

const altIn = (property: string) => `(SELECT json_extract(part.value, '$.alt')
  FROM posts, json_each(posts.properties, '$.${property}') AS part
  WHERE posts.id = media_uses.post_id AND part.type = 'object'
    AND instr(json_extract(part.value, '$.value'), media_uses.media_id) > 0 LIMIT 1)`

/**
 * Which posts name which files, and how they describe them, so that a list of files says where each is used without
 * reading a post. Posts may name files that do not exist. `alt` is absent where an older version stored the post and
 * only its text describes the picture.
 */
export const mediaUses: Migration = {
  id: 21,
  name: "media_uses",
  statements: [
    `CREATE TABLE media_uses (
        media_id TEXT NOT NULL,
        post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
        alt TEXT,
        PRIMARY KEY (media_id, post_id)
      ) STRICT, WITHOUT ROWID`,
    "CREATE INDEX media_uses_of_post ON media_uses (post_id)",
    `WITH RECURSIVE place (post_id, rest) AS (
        SELECT id, substr(properties, instr(properties, '/media/') + 7) FROM posts WHERE instr(properties, '/media/') > 0
        UNION ALL
        SELECT post_id, substr(rest, instr(rest, '/media/') + 7) FROM place WHERE instr(rest, '/media/') > 0
      )
      INSERT INTO media_uses (media_id, post_id)
        SELECT DISTINCT substr(rest, 1, 32), post_id FROM place
        WHERE length(substr(rest, 1, 32)) = 32 AND substr(rest, 1, 32) NOT GLOB '*[^0-9a-f]*'`,
    `UPDATE media_uses SET alt = coalesce(${altIn("photo")}, ${altIn("video")}, ${altIn("audio")})`
  ]
}
