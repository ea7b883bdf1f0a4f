import type { Finding } from "./Withholding.js"

/** Why a file that may be a post is held back. */
export type HeldBackReason =
  /** It has no publication date. */
  | "undated"
  /** It is part of the site rather than a post: home page, error page, README. */
  | "page"
  /** It is a layout, a template, or output of the generator. */
  | "template"
  /** The generator would not publish it. */
  | "not_published"
  /** It has no content. */
  | "empty"
  /** Its format cannot be read. */
  | "format"
  /** It redirects to an address that is not a post of this import. */
  | "redirect"
  /** It is in the trash. */
  | "trash"

/** A file from which a generator makes a page. */
export interface PagePlace {
  readonly kind: "page"
  /** Path relative to its content folder. */
  readonly contentPath: string
  /** It is a standalone page, such as an "about" page, rather than a post. */
  readonly isPage: boolean
  /** Why its folder keeps it from the public. */
  readonly withheld?: Finding
  /** Jekyll's or Astro's collection, Hugo's or Zola's section; it determines the address pattern. */
  readonly collection?: string
}

/** The role of a file in its site, which follows from its path. */
export type Place =
  | PagePlace
  /** It may be a post, and is imported only if the options ask for it. */
  | { readonly kind: "held"; readonly reason: HeldBackReason; readonly why: string }
  /** It is not a post. */
  | { readonly kind: "passed"; readonly why: string }

/** Folders of unpublished files, with any generator. */
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

/** The restriction that follows from the folders of a path, with any generator. */
export const folderPlace = (contentPath: string): Finding | undefined => {
  for (const folder of contentPath.split("/").slice(0, -1)) {
    const name = folder.toLowerCase()
    const because = `folder ${folder}`
    if (drafts.has(name)) return { level: "draft", because }
    if (privates.has(name)) return { level: "private", because }
    if (trash.has(name)) return { level: "trash", because }
  }
  // Nuxt and others mark a draft in its file name.
  return /\.(?:draft|wip)\.[^./]+$/i.test(contentPath) ? { level: "draft", because: "name with .draft" } : undefined
}
