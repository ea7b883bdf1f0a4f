import type { Migration } from "../../../sql/schema/Migration.js"

/**
 * Removes people from the tags: nested microformats and addresses in a post's categories were tags by their `value`. A
 * tag that the post also has as a text stays. The posts themselves are unchanged.
 */
export const peopleAreNoTags: Migration = {
  id: 13,
  name: "people_are_no_tags",
  statements: [
    `DELETE FROM post_tags
      WHERE label LIKE 'http://%' OR label LIKE 'https://%'
        OR (
          EXISTS (
            SELECT 1 FROM posts, json_each(posts.properties, '$.category') AS category
            WHERE posts.id = post_tags.post_id AND category.type = 'object'
              AND json_extract(category.value, '$.type') IS NOT NULL
              AND trim(json_extract(category.value, '$.value')) = post_tags.label
          )
          AND NOT EXISTS (
            SELECT 1 FROM posts, json_each(posts.properties, '$.category') AS category
            WHERE posts.id = post_tags.post_id AND category.type = 'text' AND trim(category.value) = post_tags.label
          )
        )`
  ]
}
