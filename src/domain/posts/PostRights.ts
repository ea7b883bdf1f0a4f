import type { Scope } from "../indieauth/Scope.js"
import type { Post } from "./Post.js"

/** Who sees a post at a moment: its owner alone, visitors later, visitors with its address, everyone, or no one. */
export type PostStanding = "draft" | "scheduled" | "private" | "unlisted" | "public" | "deleted"

/** What a token may be used for on a post. */
export const postActions = [
  /** Posting something new that is more than a draft. */
  "create",
  "create_draft",
  /** `q=source` of one post, by its address. */
  "read",
  /** `q=source` without an address: whether the post is in the list. */
  "list",
  /** A change after which the same people see the post. */
  "edit",
  /** A change after which more people see it, or see it sooner. */
  "publish",
  /** A change after which fewer people see it, or see it later. */
  "withdraw",
  "delete",
  "undelete",
  /** Bringing back a post whose time came while it was deleted, so that visitors see it for the first time. */
  "undelete_due"
] as const

/** What a token may be used for on a post. */
export type PostAction = (typeof postActions)[number]

/** What a token may be used for on uploaded files. */
export type MediaAction = "upload" | "list_own_uploads" | "list_uploads" | "delete_upload"

/** Sets of scopes, one of which a token needs whole. None at all: nobody may. */
export type NeededScopes = ReadonlyArray<ReadonlyArray<Scope>>

/** Scopes that are about posts and files, rather than about the owner. */
export const micropubScopes = [
  "create",
  "draft",
  "update",
  "delete",
  "undelete",
  "media"
] as const satisfies ReadonlyArray<Scope>

/** Whoever may do anything at all with posts or files. */
export const anyScope: NeededScopes = micropubScopes.map((scope) => [scope])
const nobody: NeededScopes = []

/** Returns who sees a post at `now`, epoch milliseconds. Of a draft and of a private post the time says nothing. */
export const standingOf = (
  post: Pick<Post, "deletedAt" | "publishedAt" | "status" | "visibility">,
  now: number
): PostStanding => {
  if (post.deletedAt !== undefined) return "deleted"
  if (post.status === "draft") return "draft"
  if (post.visibility === "private") return "private"
  return post.publishedAt > now ? "scheduled" : post.visibility
}

/**
 * Returns the scopes that an action on a post needs; `docs/security.md` has the same as a table. Whoever may change or
 * delete posts reads all of them; everyone else reads what visitors read, and what their own app posted (`isOwn`). More
 * scopes never allow less.
 */
export const scopesFor = (action: PostAction, standing: PostStanding, isOwn = false): NeededScopes => {
  switch (action) {
    case "create":
      return [["create"]]
    case "create_draft":
      return [["create"], ["draft"]]
    case "read":
      if (standing === "deleted") return nobody
      return isOwn || standing === "public" || standing === "unlisted" ? anyScope : [["update"], ["delete"]]
    case "list":
      if (standing === "deleted") return nobody
      return isOwn || standing === "public" ? anyScope : [["update"], ["delete"]]
    case "edit":
      return standing === "deleted" ? nobody : [["update"]]
    case "publish":
      return standing === "deleted" ? nobody : [["update", "create"]]
    case "withdraw":
      return standing === "deleted"
        ? nobody
        : [
            ["update", "create"],
            ["update", "delete"]
          ]
    case "delete":
      return [["delete"]]
    case "undelete":
      return [["undelete"], ["delete"]]
    case "undelete_due":
      return [
        ["undelete", "create"],
        ["delete", "create"]
      ]
  }
}

/** Returns the scopes that an action on uploaded files needs. An uploaded file is public to whoever knows its address. */
export const scopesForMedia = (action: MediaAction): NeededScopes => {
  switch (action) {
    case "upload":
      return [["media"], ["create"], ["draft"]]
    case "list_own_uploads":
      return anyScope
    case "list_uploads":
      return [["update"], ["delete"]]
    case "delete_upload":
      return [["delete"]]
  }
}

/** Whether a token with these scopes has one of the sets. */
export const permits = (scopes: ReadonlyArray<string>, needed: NeededScopes): boolean =>
  needed.some((set) => set.every((scope) => scopes.includes(scope)))

/** Returns the scope to ask for where `permits` says no: what the nearest set lacks. */
export const missingScope = (scopes: ReadonlyArray<string>, needed: NeededScopes): Scope | undefined => {
  const lacking = needed.map((set) => set.filter((scope) => !scopes.includes(scope)))
  return lacking.toSorted((a, b) => a.length - b.length)[0]?.[0]
}

type Published = Pick<Post, "publishedAt" | "status" | "visibility">

/** How far a post has got towards being read, at `now`. */
const stageOf = ({ publishedAt, status }: Published, now: number): number => {
  if (status === "draft") return 0
  return publishedAt > now ? 1 : 2
}

const breadthOf: Readonly<Record<Post["visibility"], number>> = { private: 0, unlisted: 1, public: 2 }

/**
 * Returns what a change does, as actions that the token needs all of. Status, time and visibility count each for itself:
 * a draft that becomes public rather than private is not seen by anyone yet, but will be once its owner publishes it.
 */
export const actionsOf = (before: Published, after: Published, now: number): ReadonlyArray<PostAction> => {
  const stages = [stageOf(before, now), stageOf(after, now)] as const
  const isScheduledAnew = stages[0] === 1 && stages[1] === 1
  const steps = [
    stages[1] - stages[0],
    breadthOf[after.visibility] - breadthOf[before.visibility],
    isScheduledAnew ? before.publishedAt - after.publishedAt : 0
  ]
  return [
    "edit",
    ...(steps.some((step) => step > 0) ? (["publish"] as const) : []),
    ...(steps.some((step) => step < 0) ? (["withdraw"] as const) : [])
  ]
}

/** Returns what bringing a deleted post back does. Of a post that is not deleted: the same as if nobody waited for it. */
export const undeleteActionOf = (post: Post, now: number): "undelete" | "undelete_due" => {
  if (post.deletedAt === undefined || post.visibility === "private") return "undelete"
  return stageOf(post, now) > stageOf(post, post.deletedAt) ? "undelete_due" : "undelete"
}
