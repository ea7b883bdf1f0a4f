/** Feed formats, by words in the feeds' old addresses. */
const formatOf = (name: string): "rss" | "atom" | "json" =>
  name.includes("json") ? "json" : name.includes("atom") ? "atom" : "rss"

/**
 * Addresses at which static site generators, WordPress, Ghost and others serve the feed of a whole site, also below a
 * section: `/index.xml`, `/atom.xml`, `/rss.xml`, `/feed/feed.xml`, `/blog/feed/`, `/feeds/all.atom.xml`, `/rss2.xml`.
 */
const siteFeed =
  /^\/(?:(?:blog|posts?|notes|news|articles|journal|weblog|writing|feeds?)\/)?(?<name>index\.xml|atom(?:\.xml|\.atom)?|rss2?(?:\.xml|\.rss)?|feed(?:\.(?:xml|json|atom|rss))?|feed\/(?:feed\.(?:xml|json)|index\.xml|rss2?|atom|rdf|json)|(?:all|main|posts)(?:\.(?:atom|rss))?\.xml|rdf\.xml|index\.(?:rdf|rss|json)|sitemap\.rss)$/

/** Matches `/tags/birds/index.xml` and similar paths. */
const tagFeed =
  /^\/(?:tags?|categor(?:y|ies)|topics?|label)\/(?<tag>[^/]+)\/(?<name>index\.xml|atom(?:\.xml)?|rss2?(?:\.xml)?|feed(?:\.(?:xml|json))?|index\.json)$/

/** The feed of this site that replaces a feed of another generator; `undefined` if the path is not a feed's. */
export const oldFeedTarget = (path: string): string | undefined => {
  const lower = path.toLowerCase()
  const ofTag = tagFeed.exec(lower)?.groups
  if (ofTag?.tag !== undefined && ofTag.name !== undefined)
    return `/tag/${encodeURIComponent(ofTag.tag)}/feed.${formatOf(ofTag.name)}`
  const ofSite = siteFeed.exec(lower)?.groups
  return ofSite?.name === undefined ? undefined : `/feed.${formatOf(ofSite.name)}`
}
