import type { Migration } from "../../../sql/schema/Migration.js"

/** Renderings of posts, which a trigger removes when their source changes. */
export const postRenderings: Migration = {
  id: 11,
  name: "post_renderings",
  statements: [
    `CREATE TABLE post_renderings (
        post_id BIGINT PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
        version BIGINT NOT NULL,
        state TEXT COLLATE "C" NOT NULL CHECK (state IN ('rendered', 'too_slow')),
        is_listed_whole BIGINT NOT NULL CHECK (is_listed_whole IN (0, 1)),
        opening TEXT COLLATE "C" NOT NULL,
        listed TEXT COLLATE "C" NOT NULL CHECK (listed::json IS NOT NULL),
        html TEXT COLLATE "C" NOT NULL,
        text TEXT COLLATE "C" NOT NULL
      )`,
    "CREATE INDEX post_renderings_by_version ON post_renderings (version, post_id)",
    `CREATE FUNCTION outdate_rendering() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN DELETE FROM post_renderings WHERE post_id = NEW.id; RETURN NULL; END $$`,
    `CREATE TRIGGER posts_outdate_rendering AFTER UPDATE OF type, properties ON posts FOR EACH ROW
        WHEN (NEW.properties <> OLD.properties OR NEW.type <> OLD.type) EXECUTE FUNCTION outdate_rendering()`
  ]
}
