import type { Migration } from "../../../sql/schema/Migration.js"

/**
 * Renderings of posts, with the version of the renderer. Existing posts are rendered after the start. A trigger removes
 * a rendering whenever its source changes. The long columns come last, so that the others are read without their pages.
 */
export const postRenderings: Migration = {
  id: 11,
  name: "post_renderings",
  statements: [
    `CREATE TABLE post_renderings (
        post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('rendered', 'too_slow')),
        is_listed_whole INTEGER NOT NULL CHECK (is_listed_whole IN (0, 1)),
        opening TEXT NOT NULL,
        listed TEXT NOT NULL CHECK (json_valid(listed)),
        html TEXT NOT NULL,
        text TEXT NOT NULL
      ) STRICT`,
    `CREATE INDEX post_renderings_by_version ON post_renderings (version, post_id)`,
    `CREATE TRIGGER posts_outdate_rendering AFTER UPDATE OF type, properties ON posts
        WHEN NEW.properties <> OLD.properties OR NEW.type <> OLD.type
        BEGIN DELETE FROM post_renderings WHERE post_id = NEW.id; END`
  ]
}
