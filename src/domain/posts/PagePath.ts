import { kindPaths } from "./KindList.js"
import { oldFeedTarget } from "./OldFeed.js"
import { numberedSlug, type Slug } from "./Slug.js"

/**
 * First segments of the site's own addresses, of those that it will need (`webmention`, `inbox`), and of those that readers
 * and programs try. A test compares them with the routes.
 */
const own: ReadonlySet<string> = new Set([
  ...[
    "admin",
    "api",
    "archive",
    "auth",
    "cards",
    "dev",
    "drafts",
    "errors",
    "feed",
    "health",
    "indieauth",
    "media",
    "metrics"
  ],
  ...["micropub", "note", "notes", "on-this-day", "search", "sitemap", "static", "tag"],
  ...["home", "index", "inbox", "login", "logout", "outbox", "settings", "setup", "share", "tags", "webmention"],
  ...Object.values(kindPaths).map((path) => path.slice(1))
])

/** Returns whether no page may have this address, because the site or its feeds have it. */
export const isReservedPage = (slug: Slug): boolean => own.has(slug) || oldFeedTarget(`/${slug}`) !== undefined

/** Proposals for a page whose address is not free: `about-2`, `about-3` … */
export const otherPages = (slug: Slug): ReadonlyArray<Slug> =>
  Array.from({ length: 50 }, (_, place) => numberedSlug(slug, place + 2)).filter((other) => !isReservedPage(other))
