/** Texts of the page about the site's feeds. */
export const feeds = {
  title: ({ site }: { readonly site: string }): string => `Subscribe to ${site}`,
  lead: "New posts come to you, without an account and without an algorithm. Copy this address into a feed reader:",
  address: "Address of the feed",
  alsoHost: "Most readers also accept just {host}.",
  choose: "Choose what you follow",
  byKind: "Feeds by kind",
  feed: "Feed",
  format: "Format",
  everything: "Everything",
  tag: ({ label }: { readonly label: string }): string => `Tag: ${label}`,
  what: "What is a feed?",
  explanation:
    "A feed is a page for programs. A feed reader looks at the feeds you chose and shows new posts in one place. Readers are available for every phone and computer, many of them free. This site does not learn who subscribes.",
  empty: "Nothing is published yet. The first post will be in the feed."
}
