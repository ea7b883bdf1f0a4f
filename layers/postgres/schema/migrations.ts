import type { Migration } from "../../sql/schema/Migration.js"
import { activity } from "./migrations/Activity.js"
import { authorship } from "./migrations/Authorship.js"
import { citedPages } from "./migrations/CitedPages.js"
import { contentRevision } from "./migrations/ContentRevision.js"
import { draftLinks } from "./migrations/DraftLinks.js"
import { indieAuth } from "./migrations/IndieAuth.js"
import { initial } from "./migrations/Initial.js"
import { loginsBegun } from "./migrations/LoginsBegun.js"
import { media } from "./migrations/Media.js"
import { mediaUses } from "./migrations/MediaUses.js"
import { mediaWork } from "./migrations/MediaWork.js"
import { oldAddresses } from "./migrations/OldAddresses.js"
import { owner } from "./migrations/Owner.js"
import { passkeyHosts } from "./migrations/PasskeyHosts.js"
import { peopleAreNoTags } from "./migrations/PeopleAreNoTags.js"
import { postHistory } from "./migrations/PostHistory.js"
import { postRenderings } from "./migrations/PostRenderings.js"
import { postRevisions } from "./migrations/PostRevisions.js"
import { postStructure } from "./migrations/PostStructure.js"
import { postViews } from "./migrations/PostViews.js"
import { proof } from "./migrations/Proof.js"
import { publishedOffset } from "./migrations/PublishedOffset.js"
import { renderingQuotes } from "./migrations/RenderingQuotes.js"
import { sharedState } from "./migrations/SharedState.js"
import { signIns } from "./migrations/SignIns.js"
import { siteAddresses } from "./migrations/SiteAddresses.js"
import { siteSettings } from "./migrations/SiteSettings.js"

import { updateChecks } from "./migrations/UpdateChecks.js"

/**
 * All migrations, oldest first, with the ids and names of those of SQLite. The columns that they make are the same too
 * (`test/layers/postgres/Columns.test.ts`). The index of search is not part of them, because it needs an extension.
 */
export const migrations: ReadonlyArray<Migration> = [
  initial,
  owner,
  indieAuth,
  media,
  activity,
  postHistory,
  signIns,
  oldAddresses,
  authorship,
  siteAddresses,
  postRenderings,
  publishedOffset,
  peopleAreNoTags,
  proof,
  passkeyHosts,
  loginsBegun,
  contentRevision,
  siteSettings,
  postStructure,
  citedPages,
  mediaUses,
  postRevisions,
  draftLinks,
  postViews,
  updateChecks,
  renderingQuotes,
  sharedState,
  mediaWork
]
