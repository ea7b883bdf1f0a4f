import type { Migration } from "../../../sql/schema/Migration.js"

/** Condition for posts that lists show now or later. */
const listed = (row: string) =>
  `${row}.status = 'published' AND ${row}.visibility = 'public' AND ${row}.deleted_at IS NULL`

/** The month of a post in UTC, `2026-11`; times that the calendar of SQLite does not have are together in one month. */
const month = (row: string) =>
  `CASE WHEN ${row}.published_at < -62135596800000 THEN '0000-00' WHEN ${row}.published_at > 253402300799999 THEN '9999-99'
    ELSE to_char(to_timestamp(${row}.published_at / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM') END`

const add = `INSERT INTO post_months AS months (kind, month, count) SELECT NEW.kind, ${month("NEW")}, 1 WHERE ${listed("NEW")}
    ON CONFLICT (kind, month) DO UPDATE SET count = months.count + 1;`

const subtract = `UPDATE post_months SET count = count - 1
    WHERE kind = OLD.kind AND month = ${month("OLD")} AND ${listed("OLD")};`

const counting = (name: string, body: string) =>
  `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NULL; END $$`

/** The kind of each post, whether it is pinned, and the number of posts of each kind in each month. */
export const postStructure: Migration = {
  id: 19,
  name: "post_structure",
  statements: [
    `ALTER TABLE posts ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT 'note'`,
    "ALTER TABLE posts ADD COLUMN is_pinned BIGINT NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1))",
    `CREATE INDEX posts_public_by_kind ON posts (kind, published_at DESC, id DESC)
        WHERE status = 'published' AND visibility = 'public' AND deleted_at IS NULL`,
    `CREATE INDEX posts_pinned ON posts (published_at DESC, id DESC)
        WHERE is_pinned = 1 AND status = 'published' AND visibility = 'public' AND deleted_at IS NULL`,
    `CREATE TABLE post_months (
        kind TEXT COLLATE "C" NOT NULL,
        month TEXT COLLATE "C" NOT NULL,
        count BIGINT NOT NULL CHECK (count >= 0),
        PRIMARY KEY (kind, month)
      )`,
    counting("count_new_post", add),
    counting("count_deleted_post", subtract),
    counting("count_changed_post", `${subtract} ${add}`),
    "CREATE TRIGGER posts_count_on_insert AFTER INSERT ON posts FOR EACH ROW EXECUTE FUNCTION count_new_post()",
    "CREATE TRIGGER posts_count_on_delete AFTER DELETE ON posts FOR EACH ROW EXECUTE FUNCTION count_deleted_post()",
    `CREATE TRIGGER posts_count_on_update AFTER UPDATE OF status, visibility, deleted_at, published_at, kind ON posts
      FOR EACH ROW EXECUTE FUNCTION count_changed_post()`
  ]
}
