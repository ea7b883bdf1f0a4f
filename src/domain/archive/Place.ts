import type { Finding } from "./Withholding.js"

/** Why a file that may be a post is not taken in without being asked for. */
export type HeldBackReason =
  /** Nothing says when it was published. */
  | "undated"
  /** A part of the site rather than a post: its home page, its error page, a README. */
  | "page"
  /** A layout, a template, or what the generator makes. */
  | "template"
  /** The generator itself would not show it at all. */
  | "not_published"
  /** Nothing is in it. */
  | "empty"
  /** It is in a format that is not read. */
  | "format"
  /** It leads to an address that is no post of this import. */
  | "redirect"
  /** It was thrown away. */
  | "trash"

/** A file that a generator makes a page of. */
export interface PagePlace {
  readonly kind: "page"
  /** Its path below the folder of pages that it lies in. */
  readonly contentPath: string
  /** It stands for itself rather than among the posts, such as an "about" page. */
  readonly isPage: boolean
  /** Where it lies keeps it from the public. */
  readonly withheld?: Finding
  /** Jekyll's collection, Astro's collection, Hugo's and Zola's section: what patterns of addresses are chosen by. */
  readonly collection?: string
}

/** Where a file stands in a site, and what that means for it. */
export type Place =
  | PagePlace
  /** It may be a post, and is not taken in without being asked for. */
  | { readonly kind: "held"; readonly reason: HeldBackReason; readonly why: string }
  /** It is no post. */
  | { readonly kind: "passed"; readonly why: string }

/** Folders whose files nobody shows, whichever generator makes the site. */
const drafts: ReadonlySet<string> = new Set([
  "drafts",
  "draft",
  "_drafts",
  "_draft",
  "unpublished",
  "_unpublished",
  "wip",
  "_wip"
])
const privates: ReadonlySet<string> = new Set(["private", "_private", "secret", "_secret"])
const trash: ReadonlySet<string> = new Set(["trash", "_trash", ".trash", "_deleted"])

/** What the folders of a path say of its file, whichever generator makes the site. */
export const folderPlace = (contentPath: string): Finding | undefined => {
  for (const folder of contentPath.split("/").slice(0, -1)) {
    const name = folder.toLowerCase()
    const because = `folder ${folder}`
    if (drafts.has(name)) return { level: "draft", because }
    if (privates.has(name)) return { level: "private", because }
    if (trash.has(name)) return { level: "trash", because }
  }
  // Nuxt and others mark a draft in the name of its file.
  return /\.(?:draft|wip)\.[^./]+$/i.test(contentPath) ? { level: "draft", because: "name with .draft" } : undefined
}
