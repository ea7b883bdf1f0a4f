/** Command with the channel of a post, as micro.blog's clients send it. */
export const channelCommand = "mp-channel"

/** Channels that a post can be in: the blog, or the pages of the site. */
export const channelNames = { posts: "default", pages: "pages" } as const
