import { Effect, Layer, Stream } from "effect"
import { judgeArrivals, type MovedPost } from "../../src/domain/MovedPost.js"
import { PostTransfer } from "../../src/services/PostTransfer.js"

const byTime = (a: MovedPost["formerSlugs"][number], b: MovedPost["formerSlugs"][number]) =>
  a.replacedAt - b.replacedAt || (a.slug < b.slug ? -1 : 1)

/** Moving posts in and out of this process's memory, for tests of what stands on it. */
export const layer: Layer.Layer<PostTransfer> = Layer.sync(PostTransfer, () => {
  const stored: Array<MovedPost> = []
  return {
    count: Effect.sync(() => stored.length),
    all: Stream.suspend(() => Stream.fromIterable([...stored])),
    arrive: (arriving, { dryRun = false } = {}) =>
      Effect.sync(() => {
        const arrivals = judgeArrivals(arriving, {
          posts: new Map(stored.map((post, id) => [post.slug, { id, ...post }])),
          former: new Set(stored.flatMap(({ formerSlugs }) => formerSlugs.map(({ slug }) => slug)))
        })
        for (const [place, { post }] of arriving.entries()) {
          if (arrivals[place] !== "stored" || dryRun) continue
          stored.push({ ...post, formerSlugs: post.formerSlugs.toSorted(byTime) })
        }
        return arrivals
      })
  }
})
