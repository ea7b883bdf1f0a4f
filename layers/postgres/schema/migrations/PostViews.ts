import type { Migration } from "../../../sql/schema/Migration.js"

/**
 * Numbers of views by post and day (days since 1970 in the site's time zone). No foreign key: a batch of numbers must not
 * fail because one post has gone.
 */
export const postViews: Migration = {
  id: 24,
  name: "post_views",
  statements: [
    `CREATE TABLE post_views (
        post_id BIGINT NOT NULL,
        day BIGINT NOT NULL,
        count BIGINT NOT NULL CHECK (count > 0),
        PRIMARY KEY (post_id, day)
      )`,
    "CREATE INDEX post_views_of_day ON post_views (day, post_id, count)"
  ]
}
