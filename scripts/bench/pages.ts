import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type Figure, median } from "./Figure.js"
import { answersIn } from "./KeepAlive.js"
import { cpuMillis, createToken, type Server, startServer, startStarPunk } from "./Server.js"

const windows = Number(process.env.WINDOWS ?? 7)

/** Length of a window in milliseconds. */
const millis = Number(process.env.WINDOW ?? 1_000)

/** A server of `node:http` alone that sends what lies in a file. */
const bare = (kind: "string" | "buffer") => `
  const body = require("node:fs").readFileSync(process.env.BENCH_BODY)
  const sent = ${kind === "string" ? "body.toString('utf8')" : "body"}
  const headers = { "content-type": "text/html; charset=utf-8", "content-length": body.length }
  require("node:http").createServer((request, response) => response.writeHead(200, headers).end(sent))
    .listen(Number(process.env.STARPUNK_PORT), "127.0.0.1", () => console.log("bare server is ready"))`

/** Who is asked what. */
interface Subject {
  readonly name: string
  readonly server: Server
  readonly expected: number
  readonly headers: string
}

const note = (number: number) =>
  `Note ${number}. Written by hand, about the weather — and what it does to a garden on a hill. ${"It rained. ".repeat(11)}`

/** CPU microseconds for each answer in one window. */
const costOf = async ({ expected, headers, server }: Subject): Promise<number> => {
  const pid = server.child.pid ?? 0
  const before = await cpuMillis(pid)
  const answers = await answersIn(`${server.url}/`, { expected, headers, millis })
  return ((await cpuMillis(pid)) - before) * (1_000 / answers)
}

/**
 * What a cached page costs beside a bare `node:http` server that sends the same bytes: CPU of the server's process for
 * each answer, in alternating windows, median with least and most.
 */
export const pages = async (): Promise<ReadonlyArray<Figure>> => {
  const site = await startStarPunk()
  const servers = [site]
  try {
    const token = await createToken(site)
    for (let number = 0; number < 20; number++) {
      const response = await fetch(`${site.url}/micropub`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
        body: new URLSearchParams({ h: "entry", content: note(number) })
      })
      if (response.status !== 201) throw new Error(`a note was answered ${response.status}`)
    }
    const home = await fetch(`${site.url}/`, { headers: { "Accept-Encoding": "identity" } })
    const etag = home.headers.get("etag") ?? ""
    const file = join(site.directory, "home.html")
    await writeFile(file, Buffer.from(await home.arrayBuffer()))
    const start = async (kind: "string" | "buffer") => {
      const server = await startServer(() => ["-e", bare(kind)], "bare server is ready", "/", { BENCH_BODY: file })
      servers.push(server)
      return server
    }
    const text = { name: "bare node:http, string", server: await start("string"), expected: 200, headers: "" }
    const buffer = { name: "bare node:http, Buffer", server: await start("buffer"), expected: 200, headers: "" }
    const whole = { name: "home", server: site, expected: 200, headers: "" }
    const conditional = { name: "home, 304", server: site, expected: 304, headers: `If-None-Match: ${etag}\r\n` }
    const subjects: ReadonlyArray<Subject> = [text, buffer, whole, conditional]
    // The first window warms up.
    for (const subject of subjects) await costOf(subject)
    const costs = new Map<Subject, Array<number>>(subjects.map((subject) => [subject, []]))
    for (let window = 0; window < windows; window++) {
      for (const subject of subjects) costs.get(subject)?.push(await costOf(subject))
    }
    const ratios = (base: Subject, subject: Subject) =>
      (costs.get(base) ?? []).map((cost, window) => cost / (costs.get(subject)?.[window] ?? Number.NaN))
    const figure = (name: string, base: Subject, subject: Subject, target: number): Figure => {
      const all = ratios(base, subject)
      const middle = median(all)
      const micros = median(costs.get(subject) ?? [])
      const spread = `${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)}`
      return {
        name,
        figure: `${middle.toFixed(2)} (${spread}), ${micros.toFixed(1)} µs of CPU`,
        target: `≥ ${target}`,
        ok: middle >= target
      }
    }
    return [
      figure("cached home ÷ bare node:http that sends a string", text, whole, 1.2),
      figure("cached home ÷ bare node:http that sends a Buffer", buffer, whole, 0.55),
      figure("304 ÷ bare node:http's 200", text, conditional, 1.2)
    ]
  } finally {
    for (const server of servers) await server.stop()
  }
}
