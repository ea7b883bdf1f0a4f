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

const rest = () => wait(usually(5_000, 500))

/** Memory of an idle site, and after very many requests for cached and uncached pages. */
export const memory = async (): Promise<ReadonlyArray<Figure>> => {
  const server = await startStarPunk({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
  const pid = server.child.pid ?? 0
  try {
    await rest()
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
    await rest()
    const early = await residentMegabytes(pid)
    const others = await answersTo(server.url, ask, {
      connections: 16,
      count: requests * 0.9,
      mostMillis: mostMillis * 0.9
    })
    const seconds = (performance.now() - began) / 1_000
    const busy = await residentMegabytes(pid)
    await rest()
    const after = await residentMegabytes(pid)
    const answered = first.length + others.length
    return [
      reaching("memoryIdle", [idle], "5 s after the start"),
      reaching(
        "memoryGrowth",
        [100 * (after / idle - 1)],
        `${idle.toFixed(0)} MB, ${early.toFixed(0)} after ${first.length} requests, ${busy.toFixed(0)} and 5 s later ${after.toFixed(0)} MB after ${answered} in ${seconds.toFixed(0)} s, 1 of ${uncachedEvery} uncached`
      )
    ]
  } finally {
    await server.stop()
  }
}
