import { connect } from "node:net"
import { setTimeout as wait } from "node:timers/promises"
import { type Figure, percentile, reaching } from "./Figure.js"
import { usually } from "./Scale.js"
import { cpuMillis, createToken, type Server, startStarPunk } from "./Server.js"

/** Length of a phase in seconds. */
const seconds = Number(process.env.SECONDS ?? usually(15, 2))

/** Numbers of clients: enough to keep the site busy, and an overload. */
const few = 16
const many = Number(process.env.CLIENTS ?? usually(2_000, 100))

/** Seconds in which the clients of the overload connect. */
const arrival = usually(4, 1)

/** Results of clients that send requests without pauses and ignore `Retry-After`. */
interface Outcome {
  readonly good: ReadonlyArray<number>
  readonly refused: ReadonlyArray<number>
  readonly wrong: ReadonlyArray<string>
  readonly resets: number
  /** Clients that were still waiting for an answer after twice the phase. */
  readonly timeouts: number
  readonly cpuMillis: number
  readonly seconds: number
}

/** Paths that the page cache does not have yet: home pages, feeds, searches. */
const pathOf = (client: number, turn: number): string => {
  const key = `${client}-${turn}`
  return ["/?r=", "/feed.rss?r=", "/?v=", "/search?q=note&r=", "/feed.json?r="][turn % 5] + key
}

const load = async (server: Server, clients: number, arriveWithin: number): Promise<Outcome> => {
  const { host, hostname, port } = new URL(server.url)
  const pid = server.child.pid ?? 0
  const good: Array<number> = []
  const refused: Array<number> = []
  const wrong: Array<string> = []
  let resets = 0
  let waiting = 0
  const started = performance.now()
  const end = started + seconds * 1_000
  const client = (number: number) =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname)
      let askedAt = performance.now()
      let turn = 0
      let head = ""
      let missing: number | undefined
      const ask = () => {
        askedAt = performance.now()
        const path = pathOf(number, turn++)
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nUser-Agent: bench\r\n\r\n`)
      }
      const settle = () => {
        const status = Number(head.slice(9, 12))
        const took = performance.now() - askedAt
        if (status === 200) good.push(took)
        else if (status === 503 && /\r\nretry-after: \d/i.test(head)) refused.push(took)
        else wrong.push(head.slice(0, 200))
        const isLast = /\r\nconnection: close/i.test(head)
        head = ""
        missing = undefined
        if (performance.now() < end && !isLast) ask()
        else {
          waiting--
          socket.destroy()
          resolve()
        }
      }
      waiting++
      socket.on("data", (chunk: Buffer) => {
        if (missing === undefined) {
          head += chunk.toString("latin1")
          const over = head.indexOf("\r\n\r\n")
          if (over === -1) return
          const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
          missing = over + 4 + length - head.length
          head = head.slice(0, over)
        } else missing -= chunk.length
        if (missing <= 0) settle()
      })
      socket.on("error", () => {
        resets++
        waiting--
        resolve()
      })
      socket.on("connect", ask)
    })
  const before = await cpuMillis(pid)
  const all = Array.from({ length: clients }, async (_, number) => {
    await wait((number / clients) * arriveWithin * 1_000)
    await client(number)
  })
  await wait(seconds * 1_000)
  const used = (await cpuMillis(pid)) - before
  const inTime = good.length
  await Promise.race([Promise.all(all), wait(seconds * 1_000)])
  return {
    good: good.slice(0, inTime),
    refused,
    wrong,
    resets,
    timeouts: waiting,
    cpuMillis: used,
    seconds
  }
}

const perSecond = ({ good, seconds }: Outcome): number => good.length / seconds
const perCpuSecond = ({ cpuMillis, good }: Outcome): number => (1_000 * good.length) / cpuMillis

/** Compares the successful responses under an overload with those at normal load. */
export const overload = async (): Promise<ReadonlyArray<Figure>> => {
  const server = await startStarPunk({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
  try {
    const token = await createToken(server)
    for (let number = 0; number < 20; number++) {
      const body = new URLSearchParams({ h: "entry", content: `Note ${number}. ${"It rained. ".repeat(15)}` })
      const headers = { Authorization: `Bearer ${token}` }
      const { status } = await fetch(`${server.url}/micropub`, { method: "POST", headers, body })
      if (status !== 201) throw new Error(`a note was answered ${status}`)
    }
    // The first phase warms up.
    await load(server, few, 0)
    const capacity = await load(server, few, 0)
    const probes: Array<number> = []
    let isOver = false
    const probing = (async () => {
      while (!isOver) {
        const at = performance.now()
        const { status } = await fetch(`${server.url}/health/live`)
        probes.push(status === 200 ? performance.now() - at : Number.POSITIVE_INFINITY)
        await wait(100)
      }
    })()
    const crowd = await load(server, many, arrival)
    isOver = true
    await probing
    const offered = (crowd.good.length + crowd.refused.length) / seconds / perSecond(capacity)
    const ratio = perSecond(crowd) / perSecond(capacity)
    const byCpu = perCpuSecond(crowd) / perCpuSecond(capacity)
    const rendering = capacity.cpuMillis / capacity.good.length
    const refusal = (crowd.cpuMillis - crowd.good.length * rendering) / crowd.refused.length
    const answers = [...crowd.good, ...crowd.refused]
    for (const head of new Set(crowd.wrong)) process.stderr.write(`  unexpected: ${head}\n`)
    return [
      reaching(
        "overloadGood",
        [ratio],
        `by CPU ${byCpu.toFixed(2)}; ${perSecond(crowd).toFixed(0)} of ${perSecond(capacity).toFixed(0)} a second, ${many} clients; ${offered.toFixed(1)} times the capacity requested, ${crowd.refused.length} refused`
      ),
      reaching(
        "overloadLost",
        [crowd.resets + crowd.timeouts + crowd.wrong.length],
        `${crowd.resets} resets, ${crowd.timeouts} time-outs, ${crowd.wrong.length} other answers`
      ),
      reaching(
        "overloadTail",
        [percentile(crowd.good, 0.99)],
        `p50 ${percentile(crowd.good, 0.5).toFixed(0)} ms; all answers p99 ${percentile(answers, 0.99).toFixed(0)}, slowest ${Math.max(...answers).toFixed(0)} ms`
      ),
      {
        name: "CPU of a refusal ÷ of a page",
        figure: `1/${(rendering / refusal).toFixed(0)} (${(1_000 * refusal).toFixed(0)} of ${(1_000 * rendering).toFixed(0)} µs)`,
        target: "≤ 1/20",
        ok: refusal <= rendering / 20
      },
      {
        name: "liveness meanwhile",
        figure: `p50 ${percentile(probes, 0.5).toFixed(0)}, p99 ${percentile(probes, 0.99).toFixed(0)} ms of ${probes.length}`,
        target: "all 200",
        ok: probes.every(Number.isFinite)
      }
    ]
  } finally {
    await server.stop()
  }
}
