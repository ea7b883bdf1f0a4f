import type { Migration } from "../../../sql/schema/Migration.js"

/**
 * The convention of quotation marks in a rendering, where it depends on the site's language; otherwise empty. The index
 * answers which renderings are of a version and a language.
 */
export const renderingQuotes: Migration = {
  id: 26,
  name: "rendering_quotes",
  statements: [
    `ALTER TABLE post_renderings ADD COLUMN quotes TEXT COLLATE "C" NOT NULL DEFAULT ''`,
    "DROP INDEX post_renderings_by_version",
    "CREATE INDEX post_renderings_by_version ON post_renderings (version, quotes, post_id)"
  ]
}
