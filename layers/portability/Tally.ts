import type { MovedPost } from "../../src/domain/archive/MovedPost.js"
import { isPage } from "../../src/domain/posts/Post.js"
import type { Slug } from "../../src/domain/posts/Slug.js"
import type { BrokenEntry, FileGroup, HeldBackReason, ImportReport } from "../../src/services/Import.js"
import type { DeadLink, ImportedPost, PostLink } from "./ImportedPosts.js"
import type { MediaTrouble } from "./LocalMedia.js"

/** Maximum number of files that a report lists. */
const listed = 10_000

const deadReasons: Record<DeadLink["kind"], string> = {
  address: "point to a page that was not imported",
  file: "point to a file that is missing or not supported",
  wikilink: "refer to a note that was not imported",
  reference: "refer to a page that was not imported",
  post: "lead to a post that did not come in",
  unpublished: "lead to a post that is not public"
}

const leftOutReasons: Record<MediaTrouble["reason"], string> = {
  missing: "refer to a missing file",
  outside: "refer to a file outside the site",
  changed: "refer to a file that changed since the export",
  kind: "refer to a file of an unsupported type",
  damaged: "refer to a damaged picture",
  too_complex: "refer to a picture that is too complex",
  too_large: "refer to a file that is too large",
  empty: "refer to an empty file",
  lfs_pointer: "refer to a Git LFS pointer",
  unreadable: "refer to an unreadable file"
}

const isForVisitors = ({ status, visibility }: MovedPost): boolean => status !== "draft" && visibility !== "private"

/** Groups files by reason, in order of first occurrence. */
class Groups {
  readonly #groups = new Map<
    string,
    { reason: string; why: string; count: number; files: Array<string>; last: string }
  >()
  #listed = 0

  add(file: string, reason: string, why: string): void {
    const key = `${reason}\0${why}`
    const group = this.#groups.get(key) ?? { reason, why, count: 0, files: [], last: "" }
    this.#groups.set(key, group)
    // A file may have the same reason several times.
    if (group.last === file) return
    group.last = file
    group.count += 1
    if (this.#listed >= listed) return
    this.#listed += 1
    group.files.push(file)
  }

  /** The groups, largest first. */
  get list(): ReadonlyArray<FileGroup> {
    return [...this.#groups.values()]
      .map(({ count, files, reason, why }) => ({ reason, why, count, files }))
      .toSorted((a, b) => b.count - a.count)
  }

  get count(): number {
    return this.list.reduce((sum, { count }) => sum + count, 0)
  }
}

/** Counts the results of the files of an import. */
export class Tally {
  present = 0
  readonly #came = { stored: 0, drafts: 0, private: 0, unlisted: 0, scheduled: 0, pages: 0 }
  #oldAddresses = 0
  readonly #here = new Map<Slug, boolean>()
  readonly #links: Array<PostLink & { readonly file: string; readonly isForVisitors: boolean }> = []
  readonly #brokenFiles = new Set<string>()
  readonly #brokenEntries: Array<BrokenEntry> = []
  readonly #heldBack = new Groups()
  readonly #passedOver = new Groups()
  readonly #notPublic = new Groups()
  readonly #notes = new Groups()
  readonly #deadLinks = new Groups()
  readonly #constructs = new Groups()
  readonly #leftOut = new Groups()
  readonly #renamed: Array<{ readonly file: string; readonly from: string; readonly to: string }> = []

  broken(file: string, failure: BrokenEntry["failure"]): void {
    this.#brokenFiles.add(file)
    if (this.#brokenEntries.length < listed) this.#brokenEntries.push({ file, failure })
  }

  heldBack(file: string, reason: HeldBackReason, why: string): void {
    this.#heldBack.add(file, reason, why)
  }

  passedOver(file: string, why: string): void {
    this.#passedOver.add(file, "no_post", why)
  }

  /** Adds a remark on an imported post; `reason` is machine-readable, `why` is the same for all such files. */
  note(file: string, reason: string, why: string): void {
    this.#notes.add(file, reason, why)
  }

  /** Adds a post that is on the site already. */
  alreadyThere(post: MovedPost): void {
    this.present += 1
    this.#here.set(post.slug, isForVisitors(post))
  }

  /** Adds the links of a post to posts of the same import, which the report checks. */
  links(file: string, post: MovedPost, links: ReadonlyArray<PostLink> = []): void {
    for (const link of links) this.#links.push({ ...link, file, isForVisitors: isForVisitors(post) })
  }

  /** Adds the parts of a post's text that could not be imported. */
  text(file: string, { deadLinks = [], hidden, shown, troubles = [] }: Partial<ImportedPost>): void {
    for (const { address, kind } of deadLinks) this.#deadLinks.add(`${file} → ${address}`, kind, deadReasons[kind])
    for (const name of hidden?.keys() ?? [])
      this.#constructs.add(file, "hidden", `${name} is kept in the text as a hidden comment`)
    for (const name of shown?.keys() ?? []) this.#constructs.add(file, "shown", `${name} is shown unchanged`)
    for (const { reason, reference } of troubles) {
      this.#leftOut.add(`${file} → ${reference}`, reason, leftOutReasons[reason])
    }
  }

  renamed(file: string, from: string, to: string): void {
    if (this.#renamed.length < listed) this.#renamed.push({ file, from, to })
  }

  /** Counts an imported post; `because` is the field that restricts it, as in its file. */
  stored(file: string, post: MovedPost, now: number, because: string | undefined): void {
    this.#here.set(post.slug, isForVisitors(post))
    this.#came.stored += 1
    this.#oldAddresses += post.oldAddresses?.length ?? 0
    if (isPage(post)) this.#came.pages += 1
    if (post.status === "draft") this.#came.drafts += 1
    else if (post.visibility === "private") this.#came.private += 1
    else if (post.publishedAt > now) this.#came.scheduled += 1
    else if (post.visibility === "unlisted") this.#came.unlisted += 1
    if (because !== undefined) {
      this.#notPublic.add(file, post.status === "draft" ? "draft" : post.visibility, because)
    }
  }

  /** Whether any file could have been a post. */
  get sawPosts(): boolean {
    return this.#came.stored + this.present + this.#brokenFiles.size + this.#heldBack.count > 0
  }

  /** Describes the files that are not posts. */
  get others(): string {
    const { count } = this.#passedOver
    return `${count} other ${count === 1 ? "file" : "files"}`
  }

  /** Checks links between posts. Possible only when all posts are known. */
  #checkLinks(): void {
    for (const { address, file, isForVisitors: isRead, slug } of this.#links.splice(0)) {
      const target = this.#here.get(slug)
      const kind = target === undefined ? "post" : isRead && !target ? "unpublished" : undefined
      if (kind !== undefined) this.#deadLinks.add(`${file} → ${address}`, kind, deadReasons[kind])
    }
  }

  report(): Omit<ImportReport, "path" | "source" | "generator" | "configuredBy" | "dryRun" | "media" | "remote"> {
    this.#checkLinks()
    return {
      posts: { ...this.#came, present: this.present },
      oldAddresses: this.#oldAddresses,
      broken: this.#brokenFiles.size,
      brokenEntries: this.#brokenEntries,
      heldBack: this.#heldBack.list,
      passedOver: this.#passedOver.list,
      notPublic: this.#notPublic.list,
      notes: this.#notes.list,
      deadLinks: this.#deadLinks.list,
      constructs: this.#constructs.list,
      leftOut: this.#leftOut.list,
      renamed: this.#renamed
    }
  }
}
