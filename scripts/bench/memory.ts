import { setTimeout as wait } from "node:timers/promises"
import { type Figure, reaching } from "./Figure.js"
import { answersTo } from "./KeepAlive.js"
import { usually } from "./Scale.js"
import { residentMegabytes, startStarPunk } from "./Server.js"
import { addPosts, distinct, twentyNotes } from "./SiteContent.js"

/** Number of requests; `REQUESTS=10000 npm run bench -- memory` for a short run. */
const requests = Number(process.env.REQUESTS ?? usually(1_000_000, 2_000))

/** One of this many requests is for a page that is not in the cache. */
const uncachedEvery = 20

/** Maximum duration of all requests, in milliseconds. The figure reports how many requests were not sent by then. */
const mostMillis = usually(240_000, 10_000)

/** Time in which the server's first or last work ends, in milliseconds. */
const settling = usually(5_000, 100)

/**
 * Time without requests until a reading, in milliseconds. V8 returns memory to the system when it has had little to do for about half a
 * minute (`MemoryReducer`).
 */
const rest = usually(55_000, 400)

/** Memory of an idle site, and of an idle site that has answered very many requests for cached and uncached pages. */
export const memory = async (): Promise<ReadonlyArray<Figure>> => {
  const server = await startStarPunk({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
  const pid = server.child.pid ?? 0
  try {
    await wait(settling)
    const started = await residentMegabytes(pid)
    await wait(rest)
    const idle = await residentMegabytes(pid)
    const note = await addPosts(server, twentyNotes)
    const cached = ["/", "/feed.rss", note, "/feed.json", "/"]
    const uncached = [distinct("/"), distinct("/feed.rss"), distinct("/search?q=rained"), distinct(note)]
    let turn = 0
    const path = () => {
      turn++
      const isUncached = turn % uncachedEvery === 0
      return isUncached
        ? (uncached[(turn / uncachedEvery) % uncached.length]?.() ?? "/")
        : (cached[turn % cached.length] ?? "/")
    }
    const ask = { path, expected: 200, headers: "" }
    const began = performance.now()
    const first = await answersTo(server.url, ask, {
      connections: 16,
      count: requests / 10,
      mostMillis: mostMillis / 10
    })
    const early = await residentMegabytes(pid)
    const others = await answersTo(server.url, ask, {
      connections: 16,
      count: requests * 0.9,
      mostMillis: mostMillis * 0.9
    })
    const seconds = (performance.now() - began) / 1_000
    const busy = await residentMegabytes(pid)
    await wait(settling + rest)
    const after = await residentMegabytes(pid)
    const answered = first.length + others.length
    return [
      reaching("memoryIdle", [idle], `a minute after the start; ${started.toFixed(0)} MB after 5 s`),
      reaching(
        "memoryGrowth",
        [100 * (after / idle - 1)],
        `${idle.toFixed(0)} MB idle, ${early.toFixed(0)} after ${first.length} requests, ${busy.toFixed(0)} MB after ${answered}, and ${after.toFixed(0)} MB a minute later; all in ${seconds.toFixed(0)} s, 1 of ${uncachedEvery} uncached`
      )
    ]
  } finally {
    await server.stop()
  }
}
