import type { ListedKind } from "../../domain/posts/PostKind.js"

/** Texts around posts and pages. */
export const theme = {
  /** Titles of the lists of each kind of posts. */
  kindLists: {
    note: "Notes",
    article: "Articles",
    photo: "Photos",
    bookmark: "Links",
    reply: "Replies",
    like: "Likes",
    repost: "Reposts",
    event: "Events",
    rsvp: "RSVPs",
    review: "Reviews",
    read: "Reading",
    watch: "Watching",
    listen: "Listening",
    play: "Playing",
    food: "Food",
    drink: "Drinks",
    checkin: "Check-ins"
  } satisfies Record<ListedKind, string>,
  /** Names of one post of each kind, before its title. */
  kinds: {
    note: "Note",
    article: "Article",
    photo: "Photo",
    bookmark: "Link",
    reply: "Reply",
    like: "Like",
    repost: "Repost",
    event: "Event",
    rsvp: "RSVP",
    review: "Review",
    read: "Read",
    watch: "Watched",
    listen: "Listened to",
    play: "Played",
    food: "Food",
    drink: "Drink",
    checkin: "Check-in"
  } satisfies Record<ListedKind, string>,
  /** What the author did with something that has one line in a list. */
  rows: {
    "like-of": "Liked",
    "favorite-of": "Liked",
    "repost-of": "Reposted",
    "bookmark-of": "Bookmarked",
    checkin: "Checked in at"
  },
  /** Texts around posts. */
  entry: {
    minutes: (minutes: number): string => `${minutes} min read`,
    readOn: "Read on",
    readOnOf: (name: string): string => `Read on: ${name}`,
    tags: "Tags",
    subscribe: "Subscribe",
    replyByMail: "Reply by e-mail",
    edited: "Edited ",
    links: (day: string): string => `Links of ${day}`
  },
  /** Texts of error pages. */
  error: {
    home: "Go to the home page",
    details: "Technical details",
    status: ({ status }: { readonly status: number }): string => `Status ${status}`,
    request: "Request"
  },
  /** Texts for the owner on public pages. */
  owner: {
    label: "Owner",
    edit: "Edit",
    write: "New",
    drafts: "Drafts",
    settings: "Settings",
    draft: "Draft.",
    private: "Private post.",
    scheduled: ({ time }: { readonly time: string }): string => `Scheduled for ${time}.`,
    onlyYou: "Only you see this."
  }
}
