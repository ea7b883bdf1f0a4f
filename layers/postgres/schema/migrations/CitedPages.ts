import type { Migration } from "../../../sql/schema/Migration.js"
import { revising } from "./ContentRevision.js"

/** Pages of other sites that posts cite. */
export const citedPages: Migration = {
  id: 20,
  name: "cited_pages",
  statements: [
    `CREATE TABLE cited_pages (
        post_id BIGINT PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
        addresses TEXT COLLATE "C" NOT NULL CHECK (addresses::json IS NOT NULL),
        pages TEXT COLLATE "C" NOT NULL CHECK (pages::json IS NOT NULL),
        attempts BIGINT NOT NULL,
        due_at BIGINT
      )`,
    "CREATE INDEX cited_pages_due ON cited_pages (due_at) WHERE due_at IS NOT NULL",
    ...["INSERT", "UPDATE OF pages", "DELETE"].map((change) => revising("cited_pages", change))
  ]
}
