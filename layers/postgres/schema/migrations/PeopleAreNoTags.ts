import type { Migration } from "../../../sql/schema/Migration.js"

/** No site was on PostgreSQL when people were still tags. */
export const peopleAreNoTags: Migration = {
  id: 13,
  name: "people_are_no_tags",
  statements: []
}
