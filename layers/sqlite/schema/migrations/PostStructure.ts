import type { Migration } from "../../../sql/schema/Migration.js"

/** Condition for posts that lists show now or later. */
const listed = (row: string) =>
  `${row}.status = 'published' AND ${row}.visibility = 'public' AND ${row}.deleted_at IS NULL`

/** The month of a post in UTC, `2026-11`; times that the calendar of SQLite does not have are together in one month. */
const month = (row: string) =>
  `CASE WHEN ${row}.published_at < -62135596800000 THEN '0000-00' WHEN ${row}.published_at > 253402300799999 THEN '9999-99'
    ELSE strftime('%Y-%m', ${row}.published_at / 1000.0, 'unixepoch') END`

const has = (name: string) => `json_array_length(properties, '$."${name}"') > 0`

/** Kinds that follow from one property, in the order of precedence. */
const kinds = [
  ["rsvp", "rsvp"],
  ["reply", "in-reply-to"],
  ["repost", "repost-of"],
  ["like", "like-of"],
  ["bookmark", "bookmark-of"],
  ["read", "read-of"],
  ["watch", "watch-of"],
  ["listen", "listen-of"],
  ["play", "play-of"],
  ["food", "ate"],
  ["drink", "drank"],
  ["checkin", "checkin"],
  ["photo", "photo"]
] as const

const squeezed = (text: string) =>
  `trim(replace(replace(replace(replace(${text}, char(10), ' '), '  ', ' '), '  ', ' '), '  ', ' '))`

/** The name, and the text to compare it with: some clients send the beginning of a note as its name. */
const named = `EXISTS (SELECT 1 FROM (SELECT ${squeezed("coalesce(json_extract(properties, '$.name[0]'), '')")} AS name,
    ${squeezed(`coalesce((SELECT nullif(opening, '') FROM post_renderings WHERE post_id = posts.id),
      json_extract(properties, '$.summary[0]'), '')`)} AS text)
  WHERE name <> '' AND substr(text, 1, length(substr(name, 1, 500))) <> substr(name, 1, 500))`

const add = (row: string) =>
  `INSERT INTO post_months (kind, month, count) SELECT ${row}.kind, ${month(row)}, 1 WHERE ${listed(row)}
    ON CONFLICT (kind, month) DO UPDATE SET count = count + 1;`

const subtract = (row: string) =>
  `UPDATE post_months SET count = count - 1
    WHERE kind = ${row}.kind AND month = ${month(row)} AND ${listed(row)};`

/**
 * The kind of each post, whether it is pinned, and the number of posts of each kind in each month (UTC), which triggers
 * update, so that lists by kind and the archive cost the same on a site of any size. The kind of existing posts follows
 * from their properties; the renewal of their rendering corrects kinds that depend on the rendered text.
 */
export const postStructure: Migration = {
  id: 19,
  name: "post_structure",
  statements: [
    "ALTER TABLE posts ADD COLUMN kind TEXT NOT NULL DEFAULT 'note'",
    "ALTER TABLE posts ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1))",
    `UPDATE posts SET kind = CASE
        WHEN json_extract(properties, '$."post-type"[0]') = 'page' THEN 'page'
        WHEN type = 'h-event' THEN 'event'
        WHEN type = 'h-review' THEN 'review'
        ${kinds.map(([kind, name]) => `WHEN ${has(name)} THEN '${kind}'`).join("\n        ")}
        WHEN ${named} THEN 'article'
        ELSE 'note' END`,
    `CREATE INDEX posts_public_by_kind ON posts (kind, published_at DESC, id DESC)
        WHERE status = 'published' AND visibility = 'public' AND deleted_at IS NULL`,
    `CREATE INDEX posts_pinned ON posts (published_at DESC, id DESC)
        WHERE is_pinned = 1 AND status = 'published' AND visibility = 'public' AND deleted_at IS NULL`,
    `CREATE TABLE post_months (
        kind TEXT NOT NULL,
        month TEXT NOT NULL,
        count INTEGER NOT NULL CHECK (count >= 0),
        PRIMARY KEY (kind, month)
      ) STRICT, WITHOUT ROWID`,
    `INSERT INTO post_months (kind, month, count)
        SELECT posts.kind, ${month("posts")}, count(*) FROM posts WHERE ${listed("posts")} GROUP BY 1, 2`,
    `CREATE TRIGGER posts_count_on_insert AFTER INSERT ON posts BEGIN ${add("NEW")} END`,
    `CREATE TRIGGER posts_count_on_delete AFTER DELETE ON posts BEGIN ${subtract("OLD")} END`,
    `CREATE TRIGGER posts_count_on_update AFTER UPDATE OF status, visibility, deleted_at, published_at, kind ON posts
        BEGIN ${subtract("OLD")} ${add("NEW")} END`
  ]
}
