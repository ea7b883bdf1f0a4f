import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

/** What a crowd got. */
interface Tally {
  good: number
  refused: number
  other: Array<string>
  reset: number
}

/** Reads one response from a connection that is kept open. */
const answerOn = async (socket: Socket, request: string): Promise<{ head: string; body: string }> => {
  let received = ""
  socket.write(request)
  for (;;) {
    const [chunk] = await once(socket, "data")
    received += chunk
    const end = received.indexOf("\r\n\r\n")
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? Number.NaN)
    if (end >= 0 && Buffer.byteLength(received) >= end + 4 + length) {
      return { head: received.slice(0, end), body: received.slice(end + 4) }
    }
  }
}

describe("a site that everybody visits at once", () => {
  let site: Program
  let token: string

  beforeAll(async () => {
    // The crowd comes from one address.
    site = await Program.create({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
    await site.start()
    token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    for (let number = 0; number < 20; number++) await post(`Note ${number} ${"long ".repeat(200)}`)
  })

  afterAll(() => site.dispose())

  const post = (content: string) =>
    fetch(`${site.url}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams({ h: "entry", content })
    })

  /** Visitors who ask for one uncached page after the other and ignore `Retry-After`, until `isOver`. */
  const crowd = (size: number, isOver: () => boolean) => {
    const tally: Tally = { good: 0, refused: 0, other: [], reset: 0 }
    const visit = async (visitor: number) => {
      const socket = connect(site.port, "127.0.0.1").setEncoding("utf8")
      try {
        for (let page = 0; !isOver(); page++) {
          const path = `/?visitor=${visitor}-${page}`
          const { body, head } = await answerOn(
            socket,
            `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\nAccept: text/html\r\n\r\n`
          )
          if (head.startsWith("HTTP/1.1 200 ")) tally.good++
          else if (head.startsWith("HTTP/1.1 503 ") && /\r\nretry-after: [2-6]\r\n/i.test(head)) {
            tally.refused++
            expect(body).toContain("too many visitors")
            expect(body).toContain(/x-request-id: (\w+)/i.exec(head)?.[1])
          } else tally.other.push(head)
        }
      } catch {
        tally.reset++
      } finally {
        socket.destroy()
      }
    }
    return { tally, over: Promise.all(Array.from({ length: size }, (_, visitor) => visit(visitor))) }
  }

  it("answers some requests, refuses others with its own error, and lets probes, apps and cached pages through", async () => {
    let isOver = false
    const { over, tally } = crowd(400, () => isOver)
    await expect.poll(() => tally.refused).toBeGreaterThan(50)
    const statuses = await Promise.all([
      ...Array.from({ length: 5 }, async () => (await fetch(`${site.url}/health/live`)).status),
      ...Array.from({ length: 10 }, async (_, number) => (await post(`From a phone ${number}`)).status),
      fetch(`${site.url}/micropub?q=config`, { headers: { authorization: `Bearer ${token}` } }).then(
        ({ status }) => status
      ),
      fetch(`${site.url}/auth/login`).then(({ status }) => status)
    ])
    // Asked for by many at once, it is rendered once and before what only one asks for.
    const home = await Promise.all(Array.from({ length: 50 }, async () => (await fetch(`${site.url}/`)).status))
    isOver = true
    await over
    expect(statuses).toEqual([...Array(5).fill(200), ...Array(10).fill(201), 200, 200])
    expect(new Set(home)).toEqual(new Set([200]))
    expect(tally.other).toEqual([])
    expect(tally.reset).toBe(0)
    expect(tally.good).toBeGreaterThan(0)
    const refusals = site.log.filter(({ error_code }) => error_code === "http.overloaded")
    expect(refusals.length).toBeGreaterThan(50)
    expect(refusals[0]).toMatchObject({ message: "http.access", status: 503, method: "GET" })
    expect((await fetch(`${site.url}/?later`)).status).toBe(200)
  }, 180_000)
})
