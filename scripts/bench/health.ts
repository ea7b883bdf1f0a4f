import { Agent, request } from "node:http"
import { type Figure, percentile } from "./Figure.js"
import { startStarPunk } from "./Server.js"

const perSecond = 1_000
const seconds = 10
/** The checker's default; the data directory is looked at less often. */
const intervalSeconds = 5

interface Answer {
  readonly status: number
  readonly body: string
}

/** What the health endpoints show in detail, as far as it is looked at here. */
interface Detail {
  readonly checks?: Readonly<Record<string, { readonly checked_at: string }>>
}

/**
 * Asks `/health/ready` a thousand times a second for ten seconds, in an open loop: a request is sent when it is due,
 * whatever became of those before it, and its time counts from then. Meanwhile the detail, seen with `token`, tells when
 * the checks were run.
 */
export const healthAt = async (url: string, token: string): Promise<ReadonlyArray<Figure>> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  const ask = (headers: Readonly<Record<string, string>> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = request(`${url}/health/ready`, { agent, headers })
      outgoing.on("error", reject)
      outgoing.on("response", (response) => {
        let body = ""
        response.setEncoding("utf8").on("data", (chunk) => {
          body += chunk
        })
        response.on("error", reject)
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }))
      })
      outgoing.end()
    })

  /** Sends `count` requests, each when it is due; answers how long each took from then, in milliseconds. */
  const load = (count: number, onFailure: (what: string) => void): Promise<ReadonlyArray<number>> =>
    new Promise((resolve) => {
      const took: Array<number> = []
      const started = performance.now()
      let sent = 0
      let done = 0
      const tick = setInterval(() => {
        const due = Math.min(count, Math.floor(((performance.now() - started) / 1_000) * perSecond))
        for (; sent < due; sent++) {
          const dueAt = started + ((sent + 1) / perSecond) * 1_000
          ask()
            .then(
              ({ body, status }) =>
                status === 200 ? took.push(performance.now() - dueAt) : onFailure(`${status} ${body}`),
              (error: unknown) => onFailure(String(error))
            )
            .finally(() => {
              done++
              if (done === count) resolve(took)
            })
        }
        if (sent === count) clearInterval(tick)
      }, 1)
    })

  const failures: Array<string> = []
  await load(2 * perSecond, (what) => failures.push(what)) // warm
  const looks = new Map<string, Set<string>>()
  const watch = setInterval(async () => {
    const { body } = await ask({ authorization: `Bearer ${token}` })
    const { checks = {} }: Detail = JSON.parse(body)
    for (const [name, { checked_at }] of Object.entries(checks)) {
      looks.set(name, (looks.get(name) ?? new Set()).add(checked_at))
    }
  }, 50)
  const took = await load(seconds * perSecond, (what) => failures.push(what))
  clearInterval(watch)
  agent.destroy()

  for (const what of new Set(failures)) process.stderr.write(`  unexpected: ${what}\n`)
  const p99 = percentile(took, 0.99)
  const most = Math.max(0, ...Array.from(looks.values(), (seen) => seen.size))
  // The result that was there at the beginning was looked for before.
  const allowed = 1 + Math.ceil(seconds / intervalSeconds)
  return [
    {
      name: `/health/ready at ${perSecond} requests/s, ${seconds} s`,
      figure: `p99 ${p99.toFixed(1)} ms (p50 ${percentile(took, 0.5).toFixed(1)} ms), ${failures.length} failures`,
      target: "p99 ≤ 10 ms, none fails",
      ok: p99 <= 10 && failures.length === 0
    },
    {
      name: "runs of the checks meanwhile",
      figure: `at most ${most} results of a check seen in ${seconds} s, ${looks.size} checks`,
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
