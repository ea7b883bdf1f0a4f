import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import type { Program } from "../program/Program.js"
import { faultSite } from "./FaultSite.js"
import { oracle } from "./Oracle.js"
import { record } from "./Row.js"

const entry = fileURLToPath(new URL("../../dist/starpunk.js", import.meta.url))

const open = async (program: Program): Promise<Socket> => {
  const socket = connect(program.port, "127.0.0.1")
  socket.on("error", () => {})
  await once(socket, "connect")
  return socket
}

const answerOf = async (socket: Socket): Promise<string> => {
  let answer = ""
  socket.setEncoding("utf8")
  socket.on("data", (chunk) => {
    answer += chunk
  })
  if (!socket.closed) await once(socket, "close")
  return answer
}

/** A server whose standard output goes where a shell sends it: a full disk, a closed pipe, a pipe that nobody reads. */
const withOutput = async (program: Program, redirection: string): Promise<ChildProcess> => {
  const child = spawn("sh", ["-c", `exec "$0" "$1" serve ${redirection}`, process.execPath, entry], {
    cwd: program.directory,
    env: { PATH: process.env.PATH ?? "", ...program.settingsOfServer },
    stdio: ["ignore", "pipe", "ignore"]
  })
  for (;;) {
    if (child.exitCode !== null) throw new Error("the server ended at start")
    const ready = await fetch(`${program.url}/health/ready`).catch(() => undefined)
    await ready?.arrayBuffer()
    if (ready?.status === 200) return child
    await wait(20)
  }
}

const sinks = [
  { fault: "the log goes to a full disk", redirection: "> /dev/full", close: false },
  { fault: "the log's reader goes away", redirection: "", close: true },
  { fault: "nobody reads the log", redirection: "", close: false }
]

describe.each(sinks)("$fault", ({ close, fault, redirection }) => {
  it("requests go on", async () => {
    const { program, witness } = await faultSite()
    let child: ChildProcess | undefined
    try {
      child = await withOutput(program, redirection)
      if (close) child.stdout?.destroy()
      await witness.writesAgain()
      witness.watch({ readers: 4 })
      await wait(4_000)
      await witness.rest()
      expect(witness.writes.kinds).toEqual(["201"])
      expect(witness.reads.kinds).toEqual(["200"])
      expect(witness.ready.kinds).toEqual(["200"])
      const ended = once(child, "exit")
      child.kill("SIGTERM")
      const [code] = await ended
      expect(code).toBe(0)
      await program.start()
      const recovered = await witness.writesAgain()
      const { log } = program
      const verdict = await oracle(program, witness.acknowledged)
      const ends = "nothing has to end: lines are dropped and counted, requests are not"
      await record({ kind: "Process", fault, recovered, ends }, witness, log, verdict)
    } finally {
      child?.kill("SIGKILL")
      await program.dispose()
    }
  })
})

it("requests that are never finished, and clients that never read", async () => {
  const { program, witness } = await faultSite()
  try {
    await program.start()
    await witness.writesAgain()
    const sockets = await Promise.all(Array.from({ length: 300 }, () => open(program)))
    for (const [n, socket] of sockets.entries()) {
      if (n % 3 === 0) socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
      if (n % 3 === 1) {
        socket.write(
          `POST /micropub HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${witness.token}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`
        )
      }
      if (n % 3 === 2) {
        socket.pause()
        for (let again = 0; again < 20; again++) socket.write("GET /feed.rss HTTP/1.1\r\nHost: x\r\n\r\n")
      }
    }
    witness.watch()
    await wait(5_000)
    await witness.rest()
    // Two thousand requests that came at once may make others wait too long; they are told so.
    const allowed = ["200", "201", "503 database.pool_exhausted"]
    expect([...witness.writes.kinds, ...witness.reads.kinds].filter((kind) => !allowed.includes(kind))).toEqual([])
    expect(witness.live.kinds).toEqual(["200"])
    for (const socket of sockets) socket.destroy()
    const recovered = await witness.writesAgain()
    const { log } = program
    const verdict = await oracle(program, witness.acknowledged)
    const fault = "300 clients that never finish asking, or never read the answer"
    const ends = "the time limits of requests, or the clients' leaving"
    await record({ kind: "Process", fault, recovered, ends }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
})

it("SIGTERM in the middle of requests that are being sent", async () => {
  const { program, witness } = await faultSite({ STARPUNK_DRAIN_DEADLINE: "5" })
  try {
    await program.start()
    const body = new URLSearchParams({ h: "entry", content: "Sent in two halves" }).toString()
    const head = `POST /micropub HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${witness.token}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`
    const halves = await Promise.all(Array.from({ length: 10 }, () => open(program)))
    for (const socket of halves) socket.write(head + body.slice(0, 10))
    const never = await open(program)
    never.write("GET / HTTP/1.1\r\nHost: x\r\nX-Never: ")
    await wait(200)
    const stopped = program.stop()
    await wait(200)
    const answers = halves.map(answerOf)
    for (const socket of halves) socket.write(body.slice(10))
    for (const answer of await Promise.all(answers)) {
      expect(answer).toContain("201 Created")
      const location = /^location: (.*)\r$/im.exec(answer)?.[1] ?? ""
      witness.acknowledged.push({ location, word: "halves" })
    }
    expect(await stopped).toBe(0)
    await program.start()
    const recovered = await witness.writesAgain()
    const { log } = program
    const slugs = witness.acknowledged.map(({ location }) => location)
    expect(new Set(slugs).size).toBe(slugs.length)
    // All of them hold the same words, so that a search's first page need not name each: they are read at their addresses.
    const verdict = await oracle(program, witness.acknowledged, { sample: 1 })
    const fault = "SIGTERM while ten notes are half sent and one request never comes"
    const ends = "the next start; what was being sent is answered first"
    await record({ kind: "Process", fault, recovered, ends }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
})
