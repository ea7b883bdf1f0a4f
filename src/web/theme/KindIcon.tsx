import type { JSX } from "preact"
import type { PostKind } from "../../domain/posts/PostKind.js"

/** Outlines in a square of 24. */
const outlines: Partial<Record<PostKind, string>> = {
  note: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
  article: "M6 3.5h9l4 4V20.5H6zM9 12h6M9 16h6",
  photo: "M4 5h16v14H4zm0 11 4.5-4.5 4 4 3-2.5L20 17M15.5 10h.01",
  like: "M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20z",
  bookmark: "M6.5 4h11v16L12 16l-5.5 4z",
  reply: "M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1",
  repost: "M4 9h13l-3.5-3.5M20 15H7l3.5 3.5",
  event: "M4 6h16v14H4zM4 10h16M8 3.5v4M16 3.5v4",
  rsvp: "M4 6h16v14H4zM4 10h16M9 15l2 2 4-4",
  review: "M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7l5.6-.7z",
  checkin: "M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0 1 13 0c0 4.8-6.5 11-6.5 11zM12 10h.01"
}

/** A circle, for kinds without a sign of their own. */
const other = "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14z"

/** The sign of a kind of posts. Decorative: the kind is named beside it. */
export const KindIcon = ({ kind }: { readonly kind: PostKind }): JSX.Element => (
  <svg class="i" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">
    <path d={outlines[kind] ?? other} />
  </svg>
)
