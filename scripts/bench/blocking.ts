import { once } from "node:events"
import { connect } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Worker } from "node:worker_threads"
import type { Figure } from "./Figure.js"
import { nastyRequests } from "./NastyRequests.js"
import type { NastyRequest } from "./NastyShapes.js"
import { createToken, entry, type Server, startServer } from "./Server.js"

const liveness = new URL("./liveness.js", import.meta.url)
const watch = fileURLToPath(new URL("./loopwatch.js", import.meta.url))

/** Longest allowed block of the event loop, in milliseconds. */
const mostMillis = 50

/** Longest allowed latency of the liveness endpoint, in milliseconds. */
const mostLiveMillis = 100

interface Block {
  /** Milliseconds of wall-clock time. */
  readonly wall: number
  readonly cpu: number
}

/** Reads the longest block of the server's event loop since the previous read. */
const longest = async (path: string): Promise<Block> => {
  const socket = connect(path)
  let said = ""
  socket.on("data", (chunk: Buffer) => {
    said += chunk.toString()
  })
  await once(socket, "close")
  const [wall = Number.NaN, cpu = Number.NaN] = said.trim().split(" ").map(Number)
  return { wall, cpu }
}

const login = async ({ url }: Server): Promise<string> => {
  const response = await fetch(`${url}/dev/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "sec-fetch-site": "same-origin" }
  })
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "")
  if (cookies.length === 0) throw new Error(`the login was answered ${response.status}`)
  return cookies.join("; ")
}

/** The status of a response, and its `Location`. */
interface Answer {
  readonly status: number
  readonly location: string | undefined
}

/** Sends a request unchanged, since `fetch` would normalize it; resolves after the complete response. */
const send = async (
  { url }: Server,
  request: NastyRequest,
  rights: Readonly<Record<string, string>>
): Promise<Answer> => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  // A server that refuses a body closes the connection before it is sent completely.
  socket.on("error", () => {})
  const body = Buffer.from(request.body?.() ?? "", "utf8")
  const head = {
    host: `${hostname}:${port}`,
    "x-forwarded-for": "127.0.0.1",
    "sec-fetch-site": "same-origin",
    accept: "text/html",
    ...rights,
    ...request.headers
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  const length = request.method === "POST" ? [`content-length: ${body.length}`] : []
  socket.write(
    `${request.method} ${request.path} HTTP/1.1\r\n${[...lines, ...length, "connection: close"].join("\r\n")}\r\n\r\n`,
    "latin1"
  )
  socket.write(body)
  let start = ""
  socket.on("data", (chunk: Buffer) => {
    if (start.length < 8_192) start += chunk.subarray(0, 8_192).toString("latin1")
  })
  const closed = new Promise((resolve) => socket.once("close", resolve))
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 60_000).unref())])
  socket.destroy()
  const [, location] =
    /^location: (?:https?:\/\/[^/\r]*)?(\/[^\r]*)\r$/im.exec(start.split("\r\n\r\n", 1)[0] ?? "") ?? []
  return { status: Number(start.slice(9, 12)), location }
}

/** Requests for the pages of a post, which a response has led to. */
const pagesOf = ({ name }: NastyRequest, location: string): ReadonlyArray<NastyRequest> => {
  const id = /^\/admin\/edit\/(\d+)/.exec(location)?.[1]
  const owner = id === undefined ? [] : [`/admin/edit/${id}`, `/admin/preview/${id}`, `/admin/delete/${id}`]
  const paths = id === undefined ? [location] : owner
  return paths.map((path) => ({
    name: `${name}, then ${path}`,
    method: "GET",
    path,
    ...(path.startsWith("/admin") && { as: "owner" as const })
  }))
}

/**
 * Sends the largest bodies, headers and queries in slow shapes one after another, and measures how long each blocks the
 * server's event loop, and the latency of liveness meanwhile. `ONLY=text` selects requests by name, `PART=2/3` the second of
 * three parts, `ALL=1` tries every run of characters in every place, `OVER=20` prints those that block for longer, `PROFILE=folder` writes V8 profiles of the server.
 */
export const blocking = async (): Promise<ReadonlyArray<Figure>> => {
  const { ALL, ONLY = "", OVER = String(mostMillis), PART = "1/1", PROFILE } = process.env
  const [part = 1, parts = 1] = PART.split("/").map(Number)
  const isChosen = ({ name }: NastyRequest, place: number) => name.includes(ONLY) && place % parts === part - 1
  const profile = PROFILE === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${PROFILE}`, "--cpu-prof-interval=250"]
  const path = join("/tmp", `starpunk-bench-watch-${process.pid}`)
  const server = await startServer(() => [...profile, "--import", watch, entry, "serve"], "StarPunk is ready", "/", {
    BENCH_WATCH: path,
    STARPUNK_DEV_MODE: "true",
    STARPUNK_ENV: "development",
    STARPUNK_RATE_LIMIT_ENABLED: "false"
  })
  const prober = new Worker(liveness, { workerData: `${server.url}/health/live` })
  try {
    const rights = {
      owner: { cookie: await login(server) },
      token: { authorization: `Bearer ${await createToken(server, "create update delete undelete media")}` }
    }
    for (let turn = 0; turn < 50; turn++) await (await fetch(`${server.url}/`)).arrayBuffer()
    // The first editor of a process makes the names of languages and formats of dates, whatever it is sent.
    for (let turn = 0; turn < 10; turn++) {
      await send(server, { name: "warm-up", method: "GET", path: "/admin/new" }, rights.owner)
    }
    const found: Array<Block & { readonly name: string; readonly status: number }> = []
    const measure = async (request: NastyRequest) => {
      await longest(path)
      const { location, status } = await send(server, request, request.as === undefined ? {} : rights[request.as])
      const block = { name: request.name, status, ...(await longest(path)) }
      found.push(block)
      if (block.cpu > Number(OVER)) {
        process.stdout.write(
          `  ${block.cpu.toFixed(0)} ms of CPU, ${block.wall.toFixed(0)} ms: ${block.name} (${status})\n`
        )
      }
      return location
    }
    for (const request of nastyRequests(ALL === "1").filter(isChosen)) {
      const location = await measure(request)
      if (request.isFollowed !== true || location === undefined) continue
      for (const page of pagesOf(request, location)) await measure(page)
    }
    prober.postMessage("end")
    const [alive]: Array<ReadonlyArray<number>> = await once(prober, "message")
    if (alive === undefined) throw new Error("liveness was not measured")
    const worst = found.reduce((one, other) => (other.cpu > one.cpu ? other : one))
    const slowest = found.reduce((one, other) => (other.wall > one.wall ? other : one))
    const failed = found.filter(({ status }) => !(status > 0) || (status >= 500 && status !== 503))
    const statuses = [...new Set(found.map(({ status }) => status))].map(
      (status) => `${found.filter((each) => each.status === status).length} × ${status}`
    )
    return [
      {
        name: `the longest block of the event loop, ${found.length} requests (${statuses.join(", ")})`,
        figure: `${worst.cpu.toFixed(0)} ms of CPU (${worst.name}); by the clock ${slowest.wall.toFixed(0)} ms (${slowest.name})`,
        target: `≤ ${mostMillis} ms of CPU`,
        ok: worst.cpu <= mostMillis
      },
      {
        name: "liveness meanwhile",
        figure: `${Math.max(...alive).toFixed(0)} ms at most over ${alive.length} requests`,
        target: `≤ ${mostLiveMillis} ms`,
        ok: Math.max(...alive) <= mostLiveMillis
      },
      {
        name: "requests without an answer, or with one of a failure",
        figure: failed.length === 0 ? "none" : failed.map(({ name, status }) => `${name} (${status})`).join(", "),
        target: "none",
        ok: failed.length === 0
      }
    ]
  } finally {
    await prober.terminate()
    await server.stop()
  }
}
