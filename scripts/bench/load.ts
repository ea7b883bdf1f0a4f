import { Agent, request } from "node:http"
import { setTimeout as wait } from "node:timers/promises"
import { type Figure, percentile } from "./Figure.js"
import { createToken, startStarPunk } from "./Server.js"

const readers = 2_000
const writers = 50
const seconds = 30

interface Answer {
  readonly status: number
  readonly body: string
  readonly location: string | undefined
  /** Seconds the server asks to wait before the next try. */
  readonly retryAfter: number
  readonly millis: number
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

const send = (url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const started = performance.now()
    const outgoing = request(url, { agent, method: options.method ?? "GET", headers: options.headers ?? {} })
    outgoing.on("error", reject)
    outgoing.on("response", (response) => {
      const chunks: Array<Buffer> = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("error", reject)
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString("utf8"),
          location: response.headers.location,
          retryAfter: Number(response.headers["retry-after"] ?? 0),
          millis: performance.now() - started
        })
      )
    })
    outgoing.end(options.body)
  })

/** Tells whether a response is a 503 with `Retry-After` and a code of the catalogue. */
const isTyped = (answer: Answer): boolean =>
  answer.status === 503 && answer.retryAfter > 0 && /"code":"[a-z]+\.[a-z_]+"/.test(answer.body)

/** The load test of StarPunk (Python): 2,000 readers and 50 writers for 30 s, then a check of every acknowledged note. */
export const load = async (): Promise<ReadonlyArray<Figure>> => {
  const server = await startStarPunk({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
  try {
    const token = await createToken(server)
    const end = performance.now() + seconds * 1_000
    const stored: Array<string> = []
    const refused: Array<string> = []
    const wrong: Array<string> = []
    const readMillis: Array<number> = []
    /**
     * Checks a response; after a typed 503, waits as long as `Retry-After` says, as feed readers and Micropub clients
     * do.
     */
    const judge = async (answer: Answer, expected: number): Promise<boolean> => {
      if (answer.status === expected) return true
      if (isTyped(answer)) {
        refused.push(answer.body)
        await wait(answer.retryAfter * 1_000)
      } else wrong.push(`${answer.status} ${answer.body.slice(0, 200)}`)
      return false
    }
    const failed = (error: unknown) => {
      wrong.push(String(error))
    }
    const pages = ["/", "/feed.rss", "/api/search?q=note", "/tag/load"]
    const read = async (reader: number) => {
      for (let turn = reader; performance.now() < end; turn++) {
        const answer = await send(`${server.url}${pages[turn % 2 === 0 ? 0 : turn % pages.length]}`).catch(failed)
        if (answer !== undefined && (await judge(answer, 200))) readMillis.push(answer.millis)
      }
    }
    const write = async (writer: number) => {
      for (let turn = 0; performance.now() < end; turn++) {
        const answer = await send(`${server.url}/micropub`, {
          method: "POST",
          headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/x-www-form-urlencoded" },
          body: `h=entry&content=note+${turn}+of+writer+${writer}&category=load`
        }).catch(failed)
        if (answer !== undefined && (await judge(answer, 201)) && answer.location !== undefined) {
          stored.push(answer.location)
        }
      }
    }
    // Without a first note, the tag page would be a 404.
    await send(`${server.url}/micropub`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/x-www-form-urlencoded" },
      body: "h=entry&content=first+note&category=load"
    })
    await Promise.all([
      ...Array.from({ length: readers }, (_, reader) => read(reader)),
      ...Array.from({ length: writers }, (_, writer) => write(writer))
    ])
    let lost = 0
    for (const location of stored) {
      const answer = await send(location)
      if (answer.status !== 200) lost++
    }
    agent.destroy()
    for (const line of new Set(wrong)) process.stderr.write(`  unexpected: ${line}\n`)
    return [
      {
        name: "2,000 readers beside 50 writers, 30 s",
        figure: `${stored.length} notes acknowledged, ${lost} lost; ${readMillis.length} reads (p99 ${percentile(readMillis, 0.99).toFixed(0)} ms); ${refused.length} typed 503s, ${wrong.length} other failures`,
        target: "0 lost, nothing but typed 503s besides",
        ok: lost === 0 && wrong.length === 0 && stored.length > 0 && new Set(stored).size === stored.length
      }
    ]
  } finally {
    await server.stop()
  }
}
