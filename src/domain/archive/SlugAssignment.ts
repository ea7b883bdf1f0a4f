import { numberedSlug, type Slug } from "../posts/Slug.js"

/** A post of an import, as far as its slug depends on it. */
export interface SlugWish {
  /** Its file. */
  readonly path: string
  readonly slug: Slug
  /** Nobody says when it was published. */
  readonly isGuess: boolean
  /** Epoch milliseconds. */
  readonly publishedAt: number
  /** Slugs that led to it before, which no other post may get. */
  readonly formerSlugs: ReadonlyArray<Slug>
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What is older was known by the slug first; a post written later does not take it away on the next import. */
const byClaim = (a: SlugWish, b: SlugWish): number =>
  Number(a.isGuess) - Number(b.isGuess) || a.publishedAt - b.publishedAt || compare(a.path, b.path)

/**
 * Gives every post of an import a slug of its own, by its path: the one that it wishes for, or where another post has a
 * better claim the next free one of `x-2`, `x-3` …. A number is never taken from a post that wishes for it itself. The
 * same posts get the same slugs, in whatever order they come. Answers of the posts that are the same as another
 * (`isSame`) by the path of the other: they get no slug.
 */
export const assignSlugs = (
  wishes: ReadonlyArray<SlugWish>,
  isSame: (a: SlugWish, b: SlugWish) => boolean
): { readonly slugs: ReadonlyMap<string, Slug>; readonly copies: ReadonlyMap<string, string> } => {
  const bySlug = new Map<Slug, Array<SlugWish>>()
  for (const wish of wishes) {
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
