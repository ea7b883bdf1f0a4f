import type { Scope } from "../indieauth/Scope.js"
import type { Post } from "./Post.js"

/**
 * Audience of a post at a time: only its owner (draft, private), visitors later (scheduled), visitors with its address
 * (unlisted), everyone, or no one.
 */
export type PostStanding = "draft" | "scheduled" | "private" | "unlisted" | "public" | "deleted"

/** Actions of a token on a post. */
const postActions = [
  /** Creating a post that is more than a draft. */
  "create",
  "create_draft",
  /** `q=source` of one post, by its address. */
  "read",
  /** `q=source` without an address: whether the post is in the list. */
  "list",
  /** A change that does not change the audience. */
  "edit",
  /** A change after which more people see the post, or see it sooner. */
  "publish",
  /** A change after which fewer people see the post, or see it later. */
  "withdraw",
  "delete",
  "undelete",
  /** Restoring a post that became due while it was deleted, so that visitors see it for the first time. */
  "undelete_due"
] as const

export type PostAction = (typeof postActions)[number]

/** Actions of a token on uploaded files. */
export type MediaAction = "upload" | "list_own_uploads" | "list_uploads" | "delete_upload"

/** Alternative sets of scopes; a token needs all scopes of one set. An empty list permits no token. */
export type NeededScopes = ReadonlyArray<ReadonlyArray<Scope>>

/** Scopes for posts and files, as opposed to those for the owner's profile. */
export const micropubScopes = [
  "create",
  "draft",
  "update",
  "delete",
  "undelete",
  "media"
] as const satisfies ReadonlyArray<Scope>

/** Any scope for posts or files. */
export const anyScope: NeededScopes = micropubScopes.map((scope) => [scope])
const nobody: NeededScopes = []

/**
 * Returns the audience of a post at `now` (epoch milliseconds). For drafts and private posts the time does not matter.
 */
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
 * Returns the scopes that an action on a post needs; `docs/security.md` has the same as a table. A token that may
 * change or delete posts may read all of them; other tokens may read public posts and posts of their own app (`isOwn`).
 * Additional scopes never remove a permission.
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

/**
 * Returns the scopes that an action on uploaded files needs. An uploaded file is readable by anyone who knows its
 * address.
 */
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

/** Returns whether scopes include one of the sets. */
export const permits = (scopes: ReadonlyArray<string>, needed: NeededScopes): boolean =>
  needed.some((set) => set.every((scope) => scopes.includes(scope)))

/** Returns a scope that is missing for `permits`: from the set with the fewest missing ones. */
export const missingScope = (scopes: ReadonlyArray<string>, needed: NeededScopes): Scope | undefined => {
  const lacking = needed.map((set) => set.filter((scope) => !scopes.includes(scope)))
  return lacking.toSorted((a, b) => a.length - b.length)[0]?.[0]
}

type Published = Pick<Post, "publishedAt" | "status" | "visibility">

/** Progress of a post towards publication at `now`: 0 draft, 1 scheduled, 2 published. */
const stageOf = ({ publishedAt, status }: Published, now: number): number => {
  if (status === "draft") return 0
  return publishedAt > now ? 1 : 2
}

const breadthOf: Readonly<Record<Post["visibility"], number>> = { private: 0, unlisted: 1, public: 2 }

/**
 * Returns the actions of a change; the token needs a permission for each. Status, time and visibility count separately:
 * a draft that becomes public instead of private is not visible yet, but will be once its owner publishes it.
 */
export const actionsOf = (before: Published, after: Published, now: number): ReadonlyArray<PostAction> => {
  const stages = [stageOf(before, now), stageOf(after, now)] as const
  const isRescheduled = stages[0] === 1 && stages[1] === 1
  const steps = [
    stages[1] - stages[0],
    breadthOf[after.visibility] - breadthOf[before.visibility],
    isRescheduled ? before.publishedAt - after.publishedAt : 0
  ]
  return [
    "edit",
    ...(steps.some((step) => step > 0) ? (["publish"] as const) : []),
    ...(steps.some((step) => step < 0) ? (["withdraw"] as const) : [])
  ]
}

/** Returns the action of restoring a deleted post. For a post that is not deleted it is `undelete`. */
export const undeleteActionOf = (post: Post, now: number): "undelete" | "undelete_due" => {
  if (post.deletedAt === undefined || post.visibility === "private") return "undelete"
  return stageOf(post, now) > stageOf(post, post.deletedAt) ? "undelete_due" : "undelete"
}
