import { Caller } from "./Caller.js"
import { type Figure, percentile } from "./Figure.js"
import { openLoop, p99, times } from "./OpenLoop.js"
import { startServer, startStarPunk } from "./Server.js"

const perSecond = 1_000
const seconds = 10
/** Default interval of the health checks in seconds; the data directory is checked less often. */
const intervalSeconds = 5

/** The part of the detailed health report that is read here. */
interface Detail {
  readonly checks?: Readonly<Record<string, { readonly checked_at: string }>>
}

/**
 * Records each distinct result of each check until the returned function is called, which returns the number of results
 * per check.
 */
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

/** Arguments of Node for an HTTP server that does nothing: the baseline of the machine at that moment. */
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
 * Requests a server's `/health/ready` a thousand times a second for ten seconds, and counts from the detailed report
 * (read with the health token) how often the checks ran.
 */
const healthAt = async (url: string, token: string): Promise<ReadonlyArray<Figure>> => {
  const bare = await bareP99()
  const caller = new Caller(new URL("/health/ready", url))
  await openLoop(caller, perSecond, times(3 * perSecond)) // Warms up the compiler.
  const stopWatching = watchChecks(url, token)
  const { failures, millis } = await openLoop(caller, perSecond, times(seconds * perSecond))
  const results = stopWatching()
  caller.close()

  for (const what of new Set(failures)) process.stderr.write(`  unexpected: ${what}\n`)
  const worst = percentile(millis, 0.99)
  const most = Math.max(0, ...results)
  // The first result was there before the load began.
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

/** Runs `healthAt` against the bundle. */
export const health = async (): Promise<ReadonlyArray<Figure>> => {
  const token = "bench-0123456789abcdef"
  const server = await startStarPunk({ STARPUNK_HEALTH_TOKEN: token })
  try {
    return await healthAt(server.url, token)
  } finally {
    await server.stop()
  }
}
