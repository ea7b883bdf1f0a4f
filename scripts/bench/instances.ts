import { type Figure, median, percentile, reaching } from "./Figure.js"
import { answersIn } from "./KeepAlive.js"
import type { PostgresServer } from "./PostgresServer.js"
import { usually } from "./Scale.js"
import { cpuMillis, createToken, type Server, startStarPunk } from "./Server.js"
import { addPosts, twentyNotes } from "./SiteContent.js"

const windows = usually(9, 2)
const windowMillis = usually(1_000, 200)
const connections = 32
const visibleNotes = usually(200, 5)
const siteUrl = "https://blog.example"

/** Instances of a site of its own, with twenty notes. */
const siteOf = async (
  database: PostgresServer,
  count: number,
  servers: Array<Server>
): Promise<ReadonlyArray<Server>> => {
  const url = database.database()
  const site: Array<Server> = []
  for (let number = 1; number <= count; number++) {
    const server = await startStarPunk({
      STARPUNK_DATABASE_URL: url,
      STARPUNK_SITE_URL: siteUrl,
      STARPUNK_INSTANCE: `bench-${number}`,
      STARPUNK_RATE_LIMIT_ENABLED: "false"
    })
    servers.push(server)
    site.push(server)
  }
  const [first] = site
  if (first !== undefined) await addPosts(first, twentyNotes)
  return site
}

const pidOf = ({ child: { pid } }: Server): number => pid ?? 0

/** CPU microseconds of a response, over all instances of a site that are asked at the same time. */
const costOf = async (site: ReadonlyArray<Server>): Promise<number> => {
  const used = async () =>
    (await Promise.all(site.map((server) => cpuMillis(pidOf(server))))).reduce((a, b) => a + b, 0)
  const before = await used()
  const ask = { path: () => "/", expected: 200, headers: "", connections, millis: windowMillis }
  const answers = await Promise.all(site.map(({ url }) => answersIn(url, ask)))
  return ((await used()) - before) * (1_000 / answers.reduce((a, b) => a + b, 0))
}

/** The home page from the cache of one instance, and of each of three that share the machine. */
const cached = async (one: ReadonlyArray<Server>, three: ReadonlyArray<Server>): Promise<Figure> => {
  for (const site of [one, three]) await costOf(site)
  const pairs: Array<{ readonly one: number; readonly three: number }> = []
  for (let window = 0; window < windows; window++) pairs.push({ one: await costOf(one), three: await costOf(three) })
  const micros = (of: "one" | "three") => median(pairs.map((pair) => pair[of])).toFixed(0)
  return reaching(
    "instancesCached",
    pairs.map((pair) => pair.one / pair.three),
    `CPU µs a response: one ${micros("one")}, each of three ${micros("three")}`
  )
}

/** Milliseconds from the 201 of one instance until the home pages of the others, from their caches, have the note. */
const visible = async (site: ReadonlyArray<Server>): Promise<Figure> => {
  const [first] = site
  if (first === undefined) throw new Error("there is no instance")
  const headers = { Authorization: `Bearer ${await createToken(first)}` }
  const home = async ({ url }: Server) => (await fetch(`${url}/`)).text()
  const millis: Array<number> = []
  for (let serial = 0; serial < visibleNotes; serial++) {
    // The page is in every cache.
    await Promise.all(site.map(home))
    const author = site[serial % site.length] ?? first
    const content = `Visible note ${serial}.`
    const body = new URLSearchParams({ h: "entry", content })
    const response = await fetch(`${author.url}/micropub`, { method: "POST", headers, body })
    await response.arrayBuffer()
    if (response.status !== 201) throw new Error(`a note was answered ${response.status}`)
    const acknowledged = performance.now()
    const seen = async (server: Server) => {
      while (!(await home(server)).includes(content)) {
        if (performance.now() - acknowledged > 10_000) throw new Error(`${server.url} does not show ${content}`)
      }
      millis.push(performance.now() - acknowledged)
    }
    await Promise.all(site.filter((server) => server !== author).map(seen))
  }
  const detail = `${millis.length} readings; p50 ${median(millis).toFixed(1)}, most ${Math.max(...millis).toFixed(1)} ms`
  return reaching("instancesVisible", [percentile(millis, 0.99)], detail)
}

/** Three instances beside one, over PostgreSQL. */
export const instancesFigures = async (database: PostgresServer): Promise<ReadonlyArray<Figure>> => {
  const servers: Array<Server> = []
  try {
    const one = await siteOf(database, 1, servers)
    const three = await siteOf(database, 3, servers)
    return [await cached(one, three), await visible(three)]
  } finally {
    for (const server of servers) await server.stop()
  }
}
