import { numberedSlug, type Slug } from "../posts/Slug.js"

/** A post of an import, with what its slug depends on. */
export interface SlugWish {
  /** Path of its file. */
  readonly path: string
  readonly slug: Slug
  /** It has no publication date. */
  readonly isGuess: boolean
  /** Epoch milliseconds. */
  readonly publishedAt: number
  /** Former slugs, which no other post may get. */
  readonly formerSlugs: ReadonlyArray<Slug>
}

/** Slugs by the paths of posts, and the paths of copies with those of their originals. */
export interface SlugAssignment {
  readonly slugs: ReadonlyMap<string, Slug>
  readonly copies: ReadonlyMap<string, string>
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Older posts keep their slug, so that a later post does not take it on the next import. */
const byClaim = (a: SlugWish, b: SlugWish): number =>
  Number(a.isGuess) - Number(b.isGuess) || a.publishedAt - b.publishedAt || compare(a.path, b.path)

/**
 * Assigns each post of an import a unique slug, by path: the one that it asks for, or the next free one of `x-2`, `x-3`
 * … if another post has precedence. A numbered slug that another post asks for is not used. The result does not depend
 * on the order of the posts. Posts that equal another one (`isSame`) get no slug; `copies` maps their paths to the path
 * of the other. Yields at each post.
 */
export function* assigningSlugs(
  wishes: ReadonlyArray<SlugWish>,
  isSame: (a: SlugWish, b: SlugWish) => boolean
): Generator<void, SlugAssignment> {
  const bySlug = new Map<Slug, Array<SlugWish>>()
  for (const wish of wishes) {
    yield
    const rivals = bySlug.get(wish.slug)
    if (rivals === undefined) bySlug.set(wish.slug, [wish])
    else rivals.push(wish)
  }
  const taken = new Set<Slug>([...bySlug.keys(), ...wishes.flatMap(({ formerSlugs }) => formerSlugs)])
  const slugs = new Map<string, Slug>()
  const copies = new Map<string, string>()
  for (const slug of [...bySlug.keys()].toSorted(compare)) {
    const kept: Array<SlugWish> = []
    let number = 1
    for (const wish of (bySlug.get(slug) ?? []).toSorted(byClaim)) {
      yield
      const original = kept.find((earlier) => isSame(earlier, wish))
      if (original !== undefined) {
        copies.set(wish.path, original.path)
        continue
      }
      kept.push(wish)
      if (kept.length === 1) {
        slugs.set(wish.path, slug)
        continue
      }
      do number += 1
      while (taken.has(numberedSlug(slug, number)))
      taken.add(numberedSlug(slug, number))
      slugs.set(wish.path, numberedSlug(slug, number))
    }
  }
  return { slugs, copies }
}
