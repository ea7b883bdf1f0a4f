import type { Migration } from "../../../sql/schema/Migration.js"

/** The client's `published`, if it is a text. */
const sent = `SELECT id, published_at, trim(json_extract(properties, '$.published[0]')) AS text FROM posts
  WHERE json_type(properties, '$.published[0]') = 'text'`

/** Condition that a text is the stored instant: the owner may have changed the post's time since. */
const isStored = "abs(CAST(strftime('%s', text) AS INTEGER) * 1000 - published_at) < 1000"

/**
 * UTC offset of the author in seconds. Posts get the offset that the client sent; posts whose time had no zone, which
 * was read as UTC, keep the time that they show. SQLite parses offsets with a colon only.
 */
export const publishedOffset: Migration = {
  id: 12,
  name: "published_offset",
  statements: [
    "ALTER TABLE posts ADD COLUMN published_offset INTEGER CHECK (published_offset BETWEEN -57600 AND 57600)",
    `UPDATE posts SET published_offset = found.published_offset FROM (
        SELECT id, (CASE substr(text, -6, 1) WHEN '-' THEN -60 ELSE 60 END)
            * (CAST(substr(text, -5, 2) AS INTEGER) * 60 + CAST(substr(text, -2) AS INTEGER)) AS published_offset
          FROM (SELECT id, published_at, CASE
                WHEN text GLOB '*[+-][0-9][0-9]:[0-9][0-9]' THEN text
                WHEN text GLOB '*[+-][0-9][0-9][0-9][0-9]' THEN substr(text, 1, length(text) - 2) || ':' || substr(text, -2)
                WHEN text GLOB '*[+-][0-9][0-9]' THEN text || ':00'
              END AS text FROM (${sent}) WHERE text GLOB '????-??-??[T ]??:??*')
          WHERE text NOT LIKE '%-00:00' AND ${isStored}
      ) AS found WHERE found.id = posts.id`,
    `UPDATE posts SET published_offset = 0 WHERE id IN (
        SELECT id FROM (${sent})
          WHERE (text GLOB '????-??-??' OR text GLOB '????-??-??[T ]??:??*' AND substr(text, 12) NOT GLOB '*[Zz+-]*')
            AND ${isStored})`
  ]
}
