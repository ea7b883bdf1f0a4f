import type { JSX } from "preact"
import type { PostKind } from "../../domain/posts/PostKind.js"
import { Icon, type icons } from "./Icon.js"

/** Signs of the kinds that have one. */
const signs: Partial<Record<PostKind, keyof typeof icons>> = {
  note: "edit",
  article: "article",
  photo: "photo",
  like: "like",
  bookmark: "bookmark",
  reply: "reply",
  repost: "repost",
  event: "event",
  rsvp: "event",
  checkin: "place"
}

/** The sign of a kind of posts. Decorative: the kind is named beside it. */
export const KindIcon = ({ kind }: { readonly kind: PostKind }): JSX.Element => <Icon name={signs[kind] ?? "other"} />
