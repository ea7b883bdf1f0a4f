import { Effect, Either } from "effect"
import type { ArchiveSite } from "../../src/domain/archive/ArchiveSite.js"
import type { Redirect } from "../../src/domain/archive/FileReading.js"
import { isPresent } from "../../src/domain/archive/MovedPost.js"
import { OldSite } from "../../src/domain/archive/OldSite.js"
import type { ReadPost } from "../../src/domain/archive/PostFileReading.js"
import { assigningSlugs, type SlugWish } from "../../src/domain/archive/SlugAssignment.js"
import type { Slug } from "../../src/domain/posts/Slug.js"
import type { Entry } from "./Entry.js"
import { inTurns } from "./InTurns.js"
import { stretches } from "./Stretches.js"
import type { Tally } from "./Tally.js"

/** A post of the survey, which runs before any post is stored, so that links between posts can be resolved. */
export interface SurveyedPost {
  readonly entry: Entry
  /** Relative to the root of its site, with `/`. */
  readonly path: string
  /** Its slug here. */
  readonly slug: Slug
  /** The slug in its file, if it differs. */
  readonly renamedFrom?: string
  readonly title?: string
  /** As in `ReadPost`, with the addresses of redirects to it. */
  readonly oldAddresses: ReadonlyArray<string>
  /** The parsed post, if it is kept in memory. */
  readonly read?: ReadPost
}

/** Maximum characters of texts kept in memory; larger sites are read twice. */
const keptCharacters = 32_000_000

/** Files read before other fibers run: some milliseconds. */
const readAtOnce = 5

/** Posts that get a slug before other fibers run; those with the same slug are read for it. */
const slugsAtOnce = 20

/** Pages indexed before other fibers run. */
const indexedAtOnce = 200

const titleOf = ({ post }: ReadPost): { readonly title?: string } => {
  const [title] = post.properties.name ?? []
  return typeof title === "string" ? { title } : {}
}

/** Normalizes an address of the old site for comparison. */
const comparable = (address: string): string => {
  const path = address.replace(/^https?:\/\/[^/]+/i, "").replace(/[?#].*$/, "")
  return path.replace(/(?:\/index\.html?|\.html?|\/)$/i, "").toLowerCase()
}

interface Found {
  readonly entry: Entry
  readonly path: string
  readonly slug: Slug
  readonly isGuess: boolean
  readonly publishedAt: number
  readonly formerSlugs: ReadonlyArray<Slug>
  readonly renamedFrom?: string
  readonly title?: string
  readonly oldAddresses: Array<string>
  read?: ReadPost
}

const foundIn = (entry: Entry, read: ReadPost): Found => ({
  entry,
  path: read.path,
  slug: read.post.slug,
  isGuess: read.publishedIsGuess,
  publishedAt: read.post.publishedAt,
  formerSlugs: read.post.formerSlugs.map(({ slug }) => slug),
  ...(read.renamedFrom === undefined ? {} : { renamedFrom: read.renamedFrom }),
  ...titleOf(read),
  oldAddresses: [...read.oldAddresses]
})

/** Approximate characters of a post. */
const lengthOf = ({ post }: ReadPost): number => {
  const [content] = post.properties.content ?? []
  return 500 + (typeof content === "string" ? content.length : JSON.stringify(content ?? "").length)
}

const postIn = (entry: Entry): ReadPost | undefined => {
  const read = Either.getOrUndefined(entry.read())
  return read !== undefined && "post" in read ? read : undefined
}

/** Returns whether two files contain the same post, so that one is enough. */
const isSame = (a: Found, b: Found): boolean => {
  // Many posts may share a name, and reading takes long.
  if (!b.isGuess && a.publishedAt !== b.publishedAt) return false
  const [one, other] = [postIn(a.entry), postIn(b.entry)]
  return one !== undefined && other !== undefined && isPresent(one.post, other.post, other.publishedIsGuess)
}

/**
 * Reads every file of a site, and determines what depends on all of them: the slug of each post, and the targets of
 * redirects. Keeps the texts of small sites in memory. Counts files that are not posts.
 */
export const survey = (entries: Iterable<Entry>, tally: Tally): Effect.Effect<ReadonlyArray<SurveyedPost>> =>
  Effect.gen(function* () {
    const found: Array<Found> = []
    const redirects: Array<Redirect & { readonly file: string }> = []
    let count = 0
    let room = keptCharacters
    for (const entry of entries) {
      count += 1
      if (count % readAtOnce === 0) yield* Effect.yieldNow()
      const read = entry.read()
      if (Either.isLeft(read)) tally.broken(entry.file, read.left)
      else if ("passedOver" in read.right) tally.passedOver(entry.file, read.right.passedOver)
      else if ("heldBack" in read.right) tally.heldBack(entry.file, read.right.heldBack, read.right.why)
      else if ("redirectTo" in read.right) redirects.push({ ...read.right, file: entry.file })
      else {
        const post = foundIn(entry, read.right)
        found.push(post)
        room -= lengthOf(read.right)
        if (room > 0) post.read = read.right
      }
    }
    const byPath = new Map(found.map((post) => [post.path, post]))
    yield* Effect.yieldNow()
    const isSamePost = (a: SlugWish, b: SlugWish) => {
      const [one, other] = [byPath.get(a.path), byPath.get(b.path)]
      return one !== undefined && other !== undefined && isSame(one, other)
    }
    const { copies, slugs } = yield* Effect.orDie(
      inTurns(assigningSlugs(found, isSamePost), (error) => error, slugsAtOnce)
    )
    for (const [path, original] of copies) {
      const [copy, kept] = [byPath.get(path), byPath.get(original)]
      if (copy === undefined || kept === undefined) continue
      for (const address of copy.oldAddresses) kept.oldAddresses.push(address)
      tally.passedOver(copy.entry.file, "it contains the same post as another file")
    }
    yield* Effect.yieldNow()
    followRedirects(found, redirects, tally)
    yield* Effect.yieldNow()
    return found.flatMap(
      ({ entry, oldAddresses, path, read, renamedFrom, slug: wished, title }): ReadonlyArray<SurveyedPost> => {
        const slug = slugs.get(path)
        if (slug === undefined) return []
        const from = renamedFrom ?? (slug === wished ? undefined : wished)
        return [
          {
            entry,
            path,
            slug,
            oldAddresses: [...new Set(oldAddresses)],
            ...(title === undefined ? {} : { title }),
            ...(read === undefined ? {} : { read }),
            ...(from === undefined ? {} : { renamedFrom: from })
          }
        ]
      }
    )
  })

/** Adds the addresses of redirects to their target posts, also through several redirects. */
const followRedirects = (
  found: ReadonlyArray<Found>,
  redirects: ReadonlyArray<Redirect & { readonly file: string }>,
  tally: Tally
): void => {
  if (redirects.length === 0) return
  const byAddress = new Map<string, Found | Redirect>()
  for (const redirect of redirects) {
    for (const address of redirect.oldAddresses) byAddress.set(comparable(address), redirect)
  }
  for (const post of found) for (const address of post.oldAddresses) byAddress.set(comparable(address), post)
  for (const redirect of redirects) {
    let target = byAddress.get(comparable(redirect.redirectTo))
    const seen = new Set<unknown>()
    while (target !== undefined && "redirectTo" in target && !seen.has(target)) {
      seen.add(target)
      target = byAddress.get(comparable(target.redirectTo))
    }
    if (target !== undefined && "entry" in target) {
      for (const address of redirect.oldAddresses) target.oldAddresses.push(address)
      tally.passedOver(redirect.file, "it only redirects to a post and became an old address of that post")
    } else {
      tally.heldBack(redirect.file, "redirect", "it only redirects to an address outside this import")
    }
  }
}

/** Indexes the pages of a site, and lets other fibers run meanwhile. */
export const oldSiteOf = (site: ArchiveSite, pages: ReadonlyArray<SurveyedPost>, siteUrl: string) =>
  Effect.gen(function* () {
    const old = new OldSite(site, [], siteUrl)
    for (const stretch of stretches(pages, indexedAtOnce)) {
      for (const page of stretch) old.add(page)
      yield* Effect.yieldNow()
    }
    return old
  })
