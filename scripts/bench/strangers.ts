import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Figure } from "./Figure.js"
import { createToken, residentMegabytes, type Server, startStarPunk } from "./Server.js"

/** Path of the load generator, a separate process so that it does not delay the figures. */
const attackers = fileURLToPath(new URL("./attackers.js", import.meta.url))

const json = "application/json"
const sockets = 200
const seconds = 15
const mostMegabytes = 100
/**
 * Longest allowed latency of the liveness endpoint under the attack, in milliseconds. On a busy machine the figure also
 * includes the machine's load.
 */
const mostMillis = 100

/** Posts 50 articles, so that pages and feeds have a realistic length. */
const fill = async ({ url }: Server, token: string): Promise<void> => {
  const paragraph = `${"Lorem ipsum dolor sit amet, *consectetur* adipiscing elit. ".repeat(15)}\n\n`
  for (let index = 0; index < 50; index++) {
    const properties = { name: [`Article ${index}`], content: [paragraph.repeat(11)] }
    const response = await fetch(`${url}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": json },
      body: JSON.stringify({ type: ["h-entry"], properties })
    })
    if (response.status !== 201) throw new Error(`a post was answered ${response.status}`)
  }
}

const timed = async (ask: () => Promise<number>) => {
  const started = performance.now()
  const status = await ask().catch(() => 0)
  return { status, millis: performance.now() - started }
}

const ask = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  timed(async () => {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) })
    await response.arrayBuffer()
    return response.status
  })

/**
 * Memory of the server, and the latency of other clients, while 200 sockets send the largest body to every route and
 * never read a response.
 */
export const strangers = async (): Promise<ReadonlyArray<Figure>> => {
  const server = await startStarPunk({ STARPUNK_TRUSTED_PROXIES: "127.0.0.1" })
  const { pid } = server.child
  if (pid === undefined) throw new Error("the server has no process id")
  const visitor = { "x-forwarded-for": "198.51.100.7" }
  let end = () => {}
  try {
    await fill(server, await createToken(server))
    for (let turn = 0; turn < 20; turn++) {
      for (const path of ["/", "/feed.rss", "/feed.json", "/search?q=lorem", "/health/live"]) {
        await ask(`${server.url}${path}`, visitor)
      }
    }
    const before = await residentMegabytes(pid)
    let most = before
    const alive: Array<number> = []
    const failures: Array<string> = []
    let pages = 0
    const child = spawn(process.execPath, [attackers, server.url, String(sockets)], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    let open = ""
    child.stdout.on("data", (chunk: Buffer) => {
      open = chunk.toString().trim()
    })
    end = () => child.kill("SIGKILL")
    const until = performance.now() + seconds * 1_000
    const watch = async () => {
      while (performance.now() < until) {
        most = Math.max(most, await residentMegabytes(pid))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    const live = async () => {
      while (performance.now() < until) {
        const { millis, status } = await ask(`${server.url}/health/live`)
        alive.push(millis)
        if (status !== 200) failures.push(`/health/live ${status}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    const read = async () => {
      while (performance.now() < until) {
        const { status } = await ask(`${server.url}/`, visitor)
        pages++
        if (status !== 200) failures.push(`/ ${status}`)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    await Promise.all([watch(), live(), read()])
    for (const what of new Set(failures)) process.stderr.write(`  unexpected: ${what}\n`)
    const slowest = Math.max(...alive)
    return [
      {
        name: `memory under ${sockets} sockets that send much and read nothing, ${seconds} s`,
        figure: `${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most: ${(most - before).toFixed(0)} MB more (${open} sockets still open)`,
        target: `≤ ${mostMegabytes} MB more`,
        ok: most - before <= mostMegabytes
      },
      {
        name: "liveness meanwhile",
        figure: `${slowest.toFixed(0)} ms at most over ${alive.length} requests`,
        target: `≤ ${mostMillis} ms`,
        ok: slowest <= mostMillis
      },
      {
        name: "the home page for others meanwhile",
        figure: `${pages} asked, ${failures.length} failures`,
        target: "all are answered 200",
        ok: failures.length === 0 && pages > 0
      }
    ]
  } finally {
    end()
    await server.stop()
  }
}
