import type { Migration } from "../../../sql/schema/Migration.js"

/** Tables whose rows stand on public pages and in feeds. */
const shown = ["posts", "post_renderings", "media", "site_addresses"] as const

/** Where each commit of a change is announced to other processes. */
export const contentChannel = "starpunk_content"

/** The trigger that counts a change of a row. */
export const revising = (table: string, change: string): string =>
  `CREATE TRIGGER ${table}_revise_on_${change.split(" ")[0]?.toLowerCase()} AFTER ${change} ON ${table}
    FOR EACH ROW EXECUTE FUNCTION revise_content()`

/** A count of the changes to anything that a public page may show. */
export const contentRevision: Migration = {
  id: 17,
  name: "content_revision",
  statements: [
    "CREATE TABLE content_revision (id BIGINT PRIMARY KEY CHECK (id = 1), count BIGINT NOT NULL)",
    "INSERT INTO content_revision (id, count) VALUES (1, 0)",
    `CREATE FUNCTION revise_content() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE content_revision SET count = count + 1;
        PERFORM pg_notify('${contentChannel}', '');
        RETURN NULL;
      END $$`,
    ...shown.flatMap((table) => ["INSERT", "UPDATE", "DELETE"].map((change) => revising(table, change)))
  ]
}
