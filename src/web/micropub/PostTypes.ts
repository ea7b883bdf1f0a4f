/** Commands that have an effect here, without their `mp-`. */
export const commands = ["slug", "channel", "photo-alt", "video-alt", "audio-alt"] as const

const everywhere = ["category", "published", "post-status", "visibility", "mp-slug"]

/** A kind of post, with the properties that a client's form may have. */
interface PostType {
  readonly type: string
  readonly name: string
  /** The microformat without its `h-`. */
  readonly h: "entry" | "event" | "review"
  readonly properties: ReadonlyArray<string>
  readonly "required-properties": ReadonlyArray<string>
}

const postType = (
  type: string,
  name: string,
  required: ReadonlyArray<string>,
  more: ReadonlyArray<string> = [],
  h: PostType["h"] = "entry"
): PostType => ({
  type,
  name,
  h,
  properties: [...required, ...more, ...everywhere],
  "required-properties": required
})

/** Supported kinds of posts (the `q=post-types` extension). */
export const postTypes: ReadonlyArray<PostType> = [
  postType("note", "Note", ["content"], ["photo", "video", "audio", "in-reply-to"]),
  postType("article", "Article", ["name", "content"], ["summary", "photo"]),
  postType("photo", "Photo", ["photo"], ["content", "name", "mp-photo-alt"]),
  postType("reply", "Reply", ["in-reply-to", "content"], ["photo"]),
  postType("like", "Like", ["like-of"], ["content"]),
  postType("repost", "Repost", ["repost-of"], ["content"]),
  postType("bookmark", "Bookmark", ["bookmark-of"], ["name", "content"]),
  postType("rsvp", "RSVP", ["in-reply-to", "rsvp"], ["content"]),
  postType("checkin", "Check-in", ["checkin"], ["content", "photo"]),
  postType("read", "Read", ["read-of"], ["read-status", "summary", "content"]),
  postType("watch", "Watch", ["watch-of"], ["summary", "content"]),
  postType("listen", "Listen", ["listen-of"], ["summary", "content"]),
  postType("play", "Play", ["play-of"], ["summary", "content"]),
  postType("food", "Food", ["ate"], ["summary", "photo", "content"]),
  postType("drink", "Drink", ["drank"], ["summary", "photo", "content"]),
  postType("review", "Review", ["item", "rating"], ["name", "summary", "content"], "review"),
  postType("event", "Event", ["name", "start"], ["end", "location", "content", "photo"], "event"),
  postType("page", "Page", ["name", "content"], ["summary", "photo", "mp-channel"])
]
