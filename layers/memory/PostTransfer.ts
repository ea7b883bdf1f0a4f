import { Effect, Layer, Stream } from "effect"
import { judgeArrivals, type MovedPost } from "../../src/domain/archive/MovedPost.js"
import { PostTransfer } from "../../src/services/PostTransfer.js"

const byTime = (a: MovedPost["formerSlugs"][number], b: MovedPost["formerSlugs"][number]) =>
  a.replacedAt - b.replacedAt || (a.slug < b.slug ? -1 : 1)

/** In-memory import and export of posts for tests. */
export const layer: Layer.Layer<PostTransfer> = Layer.sync(PostTransfer, () => {
  const stored: Array<MovedPost> = []
  const taken = new Set<string>()

  const withAddresses = ({ oldAddresses = [], ...post }: MovedPost, more: ReadonlyArray<string>): MovedPost => {
    const own = [...oldAddresses, ...new Set(more.filter((path) => !taken.has(path)))]
    for (const path of own) taken.add(path)
    return own.length === 0 ? post : { ...post, oldAddresses: own.toSorted() }
  }

  const learn = ({ oldAddresses = [], slug }: MovedPost) => {
    const place = stored.findIndex((post) => post.slug === slug)
    const there = stored[place]
    if (there !== undefined) stored[place] = withAddresses(there, oldAddresses)
  }

  return {
    count: Effect.sync(() => stored.length),
    all: Stream.suspend(() => Stream.fromIterable([...stored])),
    arrive: (arriving, { after = Effect.void, dryRun = false } = {}) =>
      Effect.map(after, () => {
        const arrivals = judgeArrivals(arriving, {
          posts: new Map(stored.map((post, id) => [post.slug, { id, feedId: "", ...post }])),
          former: new Set(stored.flatMap(({ formerSlugs }) => formerSlugs.map(({ slug }) => slug)))
        })
        for (const [place, { post }] of arriving.entries()) {
          if (dryRun) continue
          if (arrivals[place] === "present") learn(post)
          if (arrivals[place] !== "stored") continue
          const { oldAddresses = [], ...rest } = post
          stored.push(withAddresses({ ...rest, formerSlugs: post.formerSlugs.toSorted(byTime) }, oldAddresses))
        }
        return arrivals
      })
  }
})
