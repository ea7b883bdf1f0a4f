import type { ListedKind } from "./PostKind.js"

/** Addresses of the lists of each kind of posts. */
export const kindPaths = {
  note: "/notes",
  article: "/articles",
  photo: "/photos",
  bookmark: "/links",
  reply: "/replies",
  like: "/likes",
  repost: "/reposts",
  event: "/events",
  rsvp: "/rsvps",
  review: "/reviews",
  read: "/reading",
  watch: "/watching",
  listen: "/listening",
  play: "/playing",
  food: "/food",
  drink: "/drinks",
  checkin: "/checkins"
} as const satisfies Record<ListedKind, `/${string}`>
