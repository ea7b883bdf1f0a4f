import { once } from "node:events"
import { setTimeout as wait } from "node:timers/promises"
import { Worker } from "node:worker_threads"
import { type Figure, percentile, reaching } from "./Figure.js"
import type { GoalName } from "./Goals.js"
import { answersIn } from "./KeepAlive.js"
import { usually } from "./Scale.js"
import { type Server, startStarPunk } from "./Server.js"
import { addPosts, distinct, type Post } from "./SiteContent.js"
import { alternate, ratioOf, type Subject } from "./Windows.js"

const paragraph = `${"Bees fly over the garden, and *late* light falls on the river and the bread. ".repeat(6)}\n\n`

/** Fifty articles of about `size` characters. */
const articles = (size: number): ReadonlyArray<Post> =>
  Array.from({ length: usually(50, 20) }, (_, number) => ({
    name: `Article ${number}`,
    category: "garden",
    content: paragraph.repeat(Math.ceil(size / paragraph.length)).slice(0, size)
  }))

const paths: ReadonlyArray<readonly [goal: GoalName, name: string, path: string]> = [
  ["longHome", "home", "/"],
  ["longTag", "tag", "/tag/garden"],
  ["longRss", "RSS", "/feed.rss"],
  ["longAtom", "Atom", "/feed.atom"],
  ["longJson", "JSON Feed", "/feed.json"],
  ["longSearch", "search", "/search?q=river"],
  ["longApi", "search API", "/api/search?q=river"]
]

const connections = 4

const rounds = usually(3, 1)
const roundMillis = usually(4_000, 500)

/** Latencies of the liveness endpoint while `work` runs, in milliseconds. */
const livenessDuring = async (server: Server, work: () => Promise<unknown>): Promise<ReadonlyArray<number>> => {
  const prober = new Worker(new URL("./liveness.js", import.meta.url), { workerData: `${server.url}/health/live` })
  try {
    await work()
    prober.postMessage("end")
    const [taken]: Array<ReadonlyArray<number>> = await once(prober, "message")
    return taken ?? []
  } finally {
    await prober.terminate()
  }
}

const livenessFigure = async (server: Server): Promise<Figure> => {
  const ratios: Array<number> = []
  const idle: Array<number> = []
  const busy: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const quiet = await livenessDuring(server, () => wait(roundMillis))
    const beside = await livenessDuring(server, async () => {
      // One connection for each path, so that all of them are requested all the time.
      await Promise.all(
        paths.map(([, , path]) =>
          answersIn(server.url, {
            path: distinct(path),
            expected: 200,
            headers: "",
            connections: 1,
            millis: roundMillis
          })
        )
      )
    })
    idle.push(percentile(quiet, 0.99))
    busy.push(percentile(beside, 0.99))
    ratios.push(percentile(beside, 0.99) / percentile(quiet, 0.99))
  }
  const shown = (values: ReadonlyArray<number>) => values.map((millis) => millis.toFixed(1)).join(", ")
  return reaching("longLive", ratios, `p99 ${shown(busy)} ms, idle ${shown(idle)} ms`)
}

/** Views that list fifty long articles beside views that list fifty short ones, and liveness meanwhile. */
export const long = async (): Promise<ReadonlyArray<Figure>> => {
  const settings = { STARPUNK_RATE_LIMIT_ENABLED: "false" }
  const brief = await startStarPunk(settings)
  const servers = [brief]
  try {
    const lengthy = await startStarPunk(settings)
    servers.push(lengthy)
    await addPosts(brief, articles(1_000))
    await addPosts(lengthy, articles(100_000))
    const figures: Array<Figure> = []
    for (const [goal, name, path] of paths) {
      const subject = (server: Server, size: string): Subject => ({
        name: `${name}, ${size}`,
        server,
        path: distinct(path),
        connections,
        length: 0.5
      })
      const over = subject(lengthy, "100 kB")
      const under = subject(brief, "1 kB")
      figures.push(ratioOf(goal, await alternate([over, under]), over, under))
    }
    return [...figures, await livenessFigure(lengthy)]
  } finally {
    for (const server of servers) await server.stop()
  }
}
