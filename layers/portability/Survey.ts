import { Effect, Either } from "effect"
import type { Redirect } from "../../src/domain/archive/FileReading.js"
import { isPresent } from "../../src/domain/archive/MovedPost.js"
import type { ReadPost } from "../../src/domain/archive/PostFileReading.js"
import { assignSlugs } from "../../src/domain/archive/SlugAssignment.js"
import type { Slug } from "../../src/domain/posts/Slug.js"
import type { Entry } from "./Entry.js"
import type { Tally } from "./Tally.js"

/** A post of a site, known before any text is taken in: links between posts are resolved with it. */
export interface SurveyedPost {
  readonly entry: Entry
  /** Below the root of its site, with `/`. */
  readonly path: string
  /** The slug that it gets here. */
  readonly slug: Slug
  /** The one that its file asks for, where it gets another. */
  readonly renamedFrom?: string
  readonly title?: string
  /** As in `ReadPost`, with the addresses of files that only lead to it. */
  readonly oldAddresses: ReadonlyArray<string>
  /** What was read, while there is room for it. */
  readonly read?: ReadPost
}

/** Characters of texts that are kept until they come in: sites that are larger are read twice. */
const keptCharacters = 32_000_000

/** Files read before others have their turn. */
const readAtOnce = 25

const titleOf = ({ post }: ReadPost): { readonly title?: string } => {
  const [title] = post.properties.name ?? []
  return typeof title === "string" ? { title } : {}
}

/** The path of an address of the old site, in the form in which addresses are compared. */
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

/** Characters of a post, about. */
const lengthOf = ({ post }: ReadPost): number => {
  const [content] = post.properties.content ?? []
  return 500 + (typeof content === "string" ? content.length : JSON.stringify(content ?? "").length)
}

const postIn = (entry: Entry): ReadPost | undefined => {
  const read = Either.getOrUndefined(entry.read())
  return read !== undefined && "post" in read ? read : undefined
}

/** Whether two files hold the same post, so that an import needs one of them. */
const isSame = (a: Found, b: Found): boolean => {
  const [one, other] = [postIn(a.entry), postIn(b.entry)]
  return one !== undefined && other !== undefined && isPresent(one.post, other.post, other.publishedIsGuess)
}

/**
 * Reads every file of a site, and decides on what depends on all of them: which slug each post gets, and where files lead
 * that are nothing but redirects. Keeps texts as
 * long as they are few. Whatever is no post is counted.
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
    const { copies, slugs } = assignSlugs(found, (a, b) => {
      const [one, other] = [byPath.get(a.path), byPath.get(b.path)]
      return one !== undefined && other !== undefined && isSame(one, other)
    })
    for (const [path, original] of copies) {
      const [copy, kept] = [byPath.get(path), byPath.get(original)]
      if (copy === undefined || kept === undefined) continue
      kept.oldAddresses.push(...copy.oldAddresses)
      tally.passedOver(copy.entry.file, "it holds the same post as another file")
    }
    followRedirects(found, redirects, tally)
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

/** Gives posts the addresses of the files that lead to them, directly or over one another. */
const followRedirects = (
  found: ReadonlyArray<Found>,
  redirects: ReadonlyArray<Redirect & { readonly file: string }>,
  tally: Tally
): void => {
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
      target.oldAddresses.push(...redirect.oldAddresses)
      tally.passedOver(redirect.file, "it only leads to a post, whose old address it becomes")
    } else {
      tally.heldBack(redirect.file, "redirect", "it only leads to an address that is no post of this import")
    }
  }
}
