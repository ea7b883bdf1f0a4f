import type { Migration } from "../../../sql/schema/Migration.js"
import { revising } from "./ContentRevision.js"

/** Settings of the browser, and the owner's photo. */
export const siteSettings: Migration = {
  id: 18,
  name: "site_settings",
  statements: [
    `CREATE TABLE site_settings (
        section TEXT COLLATE "C" PRIMARY KEY,
        revision BIGINT NOT NULL,
        value TEXT COLLATE "C" NOT NULL CHECK (value::json IS NOT NULL),
        changed_at BIGINT NOT NULL
      )`,
    `CREATE TABLE site_photo (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        version TEXT COLLATE "C" NOT NULL,
        original BYTEA NOT NULL,
        square BYTEA NOT NULL,
        size BIGINT NOT NULL,
        icon BYTEA NOT NULL,
        crop TEXT COLLATE "C" NOT NULL CHECK (crop::json IS NOT NULL),
        changed_at BIGINT NOT NULL
      )`,
    ...["site_settings", "site_photo"].flatMap((table) =>
      ["INSERT", "UPDATE", "DELETE"].map((change) => revising(table, change))
    )
  ]
}
