import type { RsvpAnswer } from "../../domain/posts/Microformats.js"
import type { ListedKind } from "../../domain/posts/PostKind.js"
import { counting } from "../Counted.js"

const count = counting("en")

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
    minutes: (minutes: number): string => count(minutes, { other: "# min read" }),
    readOn: "Read on",
    readOnOf: ({ name }: { readonly name: string }): string => `Read on: ${name}`,
    /** Name of the link of a heading. */
    /** Name of the link from a footnote to its place in the text. */
    backToText: "Back to the text",
    linkTo: ({ name }: { readonly name: string }): string => `Link to “${name}”`,
    tags: "Tags",
    subscribe: "Subscribe",
    replyByMail: "Reply by e-mail",
    edited: "Edited {time}",
    links: ({ day }: { readonly day: string }): string => `Links of ${day}`,
    by: "by",
    with: "With",
    at: "At",
    from: "From",
    atPlace: ({ place }: { readonly place: string }): string => `At ${place}`,
    fromPlace: ({ place }: { readonly place: string }): string => `From ${place}`,
    rsvpTo: "RSVP {answer} to",
    rsvp: ({ answer, name }: { readonly answer: string; readonly name: string }): string => `RSVP ${answer}: ${name}`,
    rsvpAnswers: { yes: "yes", no: "no", maybe: "maybe", interested: "interested" } satisfies Record<
      RsvpAnswer,
      string
    >,
    alsoOn: "Also on",
    more: (more: number): string => count(more, { other: "and # more" }),
    video: "Video",
    audio: "Audio",
    fullSize: "Full-size picture"
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
    numberOfDrafts: (drafts: number): string => count(drafts, { one: "# draft", other: "# drafts" }),
    settings: "Settings",
    draft: "Draft.",
    private: "Private post.",
    scheduled: ({ time }: { readonly time: string }): string => `Scheduled for ${time}.`,
    onlyYou: "Only you see this."
  },
  /** The frame of public pages. */
  frame: {
    skip: "Skip to content",
    menu: "Site",
    archive: "Archive",
    search: "Search",
    subscribe: "Subscribe",
    pages: "Pages",
    newer: "Newer posts",
    older: "Older posts"
  },
  /** The search form. */
  search: { label: "Search this site", button: "Search" },
  /** Names of properties that stand below a text; others have their own English names. */
  facts: {
    url: "Website",
    rating: "Rating",
    duration: "Duration",
    "checked-in-by": "Checked in by"
  },
  /** What the author does with something, by property and progress. */
  relations: {
    "in-reply-to": { done: "In reply to" },
    "like-of": { done: "Likes" },
    "favorite-of": { done: "Likes" },
    "repost-of": { done: "Reposts" },
    "quotation-of": { done: "Quotes" },
    "bookmark-of": { done: "Bookmarks" },
    "follow-of": { done: "Follows" },
    "mention-of": { done: "Mentions" },
    "tag-of": { done: "Tags" },
    "edit-of": { done: "Edits" },
    "translation-of": { done: "Translates" },
    "read-of": { done: "Read", wanted: "Wants to read", begun: "Is reading" },
    "watch-of": { done: "Watched", wanted: "Wants to watch", begun: "Is watching" },
    "listen-of": { done: "Listened to", wanted: "Wants to listen to", begun: "Is listening to" },
    "play-of": { done: "Played", wanted: "Wants to play", begun: "Is playing" },
    "jam-of": { done: "Is jamming to" },
    "want-of": { done: "Wants" },
    "wish-of": { done: "Wishes for" },
    ate: { done: "Ate" },
    "eat-of": { done: "Ate" },
    drank: { done: "Drank" },
    "drink-of": { done: "Drank" },
    item: { done: "Reviews" },
    "review-of": { done: "Reviews" }
  }
}
