import { Effect, Layer } from "effect"
import { isbot } from "isbot"
import { memoized } from "../../src/domain/Memo.js"
import { ViewCounter, type ViewCounterShape, type ViewHeaders } from "../../src/services/ViewCounter.js"

/** Milliseconds. Time zones differ by quarters of an hour, so no quarter belongs to two days of one zone. */
const quarter = 900_000

/** Most numbers that are kept while the database takes none: some megabytes. */
const mostKept = 50_000

/** Headers with which browsers say that they load a page that nobody sees yet. */
const purposes = ["sec-purpose", "purpose", "x-purpose", "x-moz"]

const textOf = (headers: ViewHeaders, name: string): string => {
  const value = headers[name]
  return typeof value === "string" ? value : (value?.join() ?? "")
}

/** Characters of a `User-Agent` that are looked at: those of browsers are shorter, and longer ones are not remembered. */
const longestAgent = 256

// A site has few kinds of browsers, and the pattern takes twenty microseconds and more.
const isProgram = memoized((agent) => (isbot(agent) ? "yes" : "no"))

/**
 * Returns whether a person opens a page in a browser. Browsers that send fetch metadata say whether it is a page that
 * opens; others are believed by their `User-Agent`.
 */
const isReading = (headers: ViewHeaders): boolean => {
  const agent = textOf(headers, "user-agent").slice(0, longestAgent)
  if (agent === "" || isProgram(agent) === "yes") return false
  if (purposes.some((name) => /prefetch|prerender|preview/i.test(textOf(headers, name)))) return false
  const destination = textOf(headers, "sec-fetch-dest")
  const mode = textOf(headers, "sec-fetch-mode")
  return (destination === "" || destination === "document") && (mode === "" || mode === "navigate")
}

/** A counter that reads the time from `now`, in epoch milliseconds. */
const make = (now: () => number): ViewCounterShape => {
  let counts = new Map<number, Map<number, number>>()
  let kept = 0

  const add = (since: number, post: number, count: number): void => {
    const posts = counts.get(since) ?? new Map<number, number>()
    const before = posts.get(post)
    if (before === undefined && kept >= mostKept) return
    if (before === undefined) kept += 1
    posts.set(post, (before ?? 0) + count)
    counts.set(since, posts)
  }

  return {
    count: (post, headers) => {
      if (isReading(headers)) add(Math.floor(now() / quarter) * quarter, post, 1)
    },
    take: () => {
      const taken = [...counts].flatMap(([since, posts]) => [...posts].map(([post, count]) => ({ post, since, count })))
      counts = new Map()
      kept = 0
      return taken
    },
    putBack: (views) => {
      for (const { count, post, since } of views) add(since, post, count)
    }
  }
}

/** Counts in the memory of this process. */
export const layer: Layer.Layer<never> = Layer.effect(
  ViewCounter,
  Effect.map(Effect.clock, (clock) => make(() => clock.unsafeCurrentTimeMillis()))
)
