import { Caller } from "./Caller.js"
import { type Figure, percentile } from "./Figure.js"
import { openLoop, p99, times } from "./OpenLoop.js"
import { startServer, startStarPunk } from "./Server.js"

const perSecond = 1_000
const seconds = 10
/** The checker's default; the data directory is looked at less often. */
const intervalSeconds = 5

/** What the health endpoints show in detail, as far as it is looked at here. */
interface Detail {
  readonly checks?: Readonly<Record<string, { readonly checked_at: string }>>
}

/** Notes each result of each check that the detail shows, until it is told to stop; answers how many each check had. */
const watchChecks = (url: string, token: string) => {
  const seen = new Map<string, Set<string>>()
  const look = async () => {
    const response = await fetch(`${url}/health/ready`, { headers: { authorization: `Bearer ${token}` } })
    const { checks = {} } = (await response.json()) as Detail
    for (const [name, { checked_at }] of Object.entries(checks)) {
      seen.set(name, (seen.get(name) ?? new Set()).add(checked_at))
    }
  }
  const timer = setInterval(() => void look().catch(() => {}), 200)
  return () => {
    clearInterval(timer)
    return Array.from(seen.values(), (instants) => instants.size)
  }
}

/** A server that does nothing at all: what the machine, shared with the measurer and others, has to give at this moment. */
export const bareServer = (port: number) => [
  "-e",
  `require("node:http").createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 2 }).end("{}")
  }).listen(${port}, "127.0.0.1", () => console.log("listening"))`
]

const bareP99 = async (): Promise<number> => {
  const bare = await startServer(bareServer, "listening", "/")
  try {
    const caller = new Caller(new URL(bare.url))
    await openLoop(caller, perSecond, times(perSecond))
    const load = await openLoop(caller, perSecond, times(5 * perSecond))
    caller.close()
    return p99(load)
  } finally {
    await bare.stop()
  }
}

/**
 * Asks a server's `/health/ready` a thousand times a second for ten seconds. Meanwhile the detail, seen with the health
 * token, tells when the checks were run.
 */
export const healthAt = async (url: string, token: string): Promise<ReadonlyArray<Figure>> => {
  const bare = await bareP99()
  const caller = new Caller(new URL("/health/ready", url))
  await openLoop(caller, perSecond, times(3 * perSecond)) // lets the compiler do its work first
  const stopWatching = watchChecks(url, token)
  const { failures, millis } = await openLoop(caller, perSecond, times(seconds * perSecond))
  const results = stopWatching()
  caller.close()

  for (const what of new Set(failures)) process.stderr.write(`  unexpected: ${what}\n`)
  const worst = percentile(millis, 0.99)
  const most = Math.max(0, ...results)
  // The result that was there at the beginning came from a run before.
  const allowed = 1 + Math.ceil(seconds / intervalSeconds)
  return [
    {
      name: `/health/ready at ${perSecond} requests/s, ${seconds} s`,
      figure: `p99 ${worst.toFixed(1)} ms (p50 ${percentile(millis, 0.5).toFixed(1)} ms; a bare node:http server's p99 ${bare.toFixed(1)} ms), ${failures.length} failures`,
      target: "p99 ≤ 10 ms, none fails",
      ok: worst <= 10 && failures.length === 0
    },
    {
      name: "runs of the health checks meanwhile",
      figure: `${results.length} checks, at most ${most} results of one in ${seconds} s`,
      target: `≤ ${allowed}: one run per interval of ${intervalSeconds} s`,
      ok: most >= 1 && most <= allowed
    }
  ]
}

/** The same against the bundle. */
export const health = async (): Promise<ReadonlyArray<Figure>> => {
  const token = "bench-0123456789abcdef"
  const server = await startStarPunk({ STARPUNK_HEALTH_TOKEN: token })
  try {
    return await healthAt(server.url, token)
  } finally {
    await server.stop()
  }
}
