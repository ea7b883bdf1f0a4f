import type { ListedKind } from "../../domain/posts/PostKind.js"

/** Titles of the lists of each kind of posts. */
export const listTitles: Record<ListedKind, string> = {
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
}

/** Names of one post of each kind, before its title. */
export const kindNames: Record<ListedKind, string> = {
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
}
