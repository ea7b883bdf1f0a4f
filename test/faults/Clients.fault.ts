import { setTimeout as wait } from "node:timers/promises"
import { expect, it } from "vitest"
import { limits } from "../../layers/http/HttpLimits.js"
import { png } from "../fixtures/Samples.js"
import { faultSite } from "./FaultSite.js"
import { faultTest } from "./Means.js"
import { conclude } from "./Row.js"
import { inject } from "./Strace.js"
import { answerOf, head, locationIn, open } from "./Wire.js"

const only = (seen: ReadonlyArray<string>, allowed: ReadonlyArray<string>) =>
  expect(seen.filter((kind) => !allowed.includes(kind))).toEqual([])

it("clients that never finish asking, and clients that never read", async () => {
  const site = await faultSite()
  const { program, witness } = site
  try {
    await program.start()
    await witness.writesAgain()
    const sockets = await Promise.all(Array.from({ length: 300 }, () => open(program)))
    for (const [n, socket] of sockets.entries()) {
      if (n % 3 === 0) socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
      if (n % 3 === 1) socket.write(`${head("/micropub", witness.token, "application/json", 1_000_000)}{`)
      if (n % 3 === 2) {
        socket.pause()
        for (let again = 0; again < 20; again++) socket.write("GET /feed.rss HTTP/1.1\r\nHost: x\r\n\r\n")
      }
    }
    witness.watch()
    await wait(5_000)
    await witness.rest()
    // Two thousand simultaneous requests may make others wait too long; those get an error.
    only(
      [...witness.writes.kinds, ...witness.reads.kinds],
      ["200", "201", "503 database.pool_exhausted", "503 http.overloaded"]
    )
    only(witness.live.kinds, ["200"])
    for (const socket of sockets) socket.destroy()
    const recovered = await witness.writesAgain()
    const fault = "300 clients that never finish their request, or never read the response"
    const ends = "the time limits of requests, or the end of the clients"
    await conclude(site, { kind: "Clients", fault, recovered, ends })
  } finally {
    await program.dispose()
  }
})

it("500 connections that send a byte a second (slowloris)", async () => {
  const site = await faultSite()
  const { program, witness } = site
  try {
    await program.start()
    await witness.writesAgain()
    const sockets = await Promise.all(Array.from({ length: 500 }, () => open(program)))
    const since = performance.now()
    for (const socket of sockets) socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write("a")
    }, 1_000)
    witness.watch()
    const answers = await Promise.all(sockets.map(answerOf))
    const took = performance.now() - since
    clearInterval(drip)
    await witness.rest()
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    // Twice the limit: the limit must be kept, but the machine may be busy.
    expect(took, "milliseconds until the last was sent away").toBeLessThan(2 * limits.headersTimeout)
    expect(witness.writes.kinds).toEqual(["201"])
    expect(witness.reads.kinds).toEqual(["200"])
    expect(witness.live.kinds).toEqual(["200"])
    const recovered = await witness.writesAgain()
    const fault = "500 connections that send a byte of a header every second (slowloris)"
    await conclude(site, {
      kind: "Clients",
      fault,
      recovered,
      ends: "the time limit of headers: each connection gets 408"
    })
  } finally {
    await program.dispose()
  }
})

faultTest("more readers than a slow disk can serve", ["strace"], async () => {
  const site = await faultSite({ STARPUNK_DB_CONNECTION_POOL_SIZE: "1", STARPUNK_DB_CONNECTION_TIMEOUT: "1" })
  const { program, witness } = site
  try {
    await program.start()
    await witness.writesAgain()
    for (let n = 0; n < 20; n++) await witness.write()
    const { databasePath } = program
    const injected = await inject(program.pid ?? 0, {
      calls: "pread64",
      what: "delay_enter=300ms",
      paths: [databasePath, `${databasePath}-wal`]
    })
    witness.watch({ readers: 0, writers: 1 })
    // Each request differs, so that no response serves two.
    const crowd = Array.from({ length: 400 }, (_, n) => witness.read(`/api/search?q=note${n}`))
    await Promise.all(crowd)
    expect(witness.reads.of("503 http.overloaded"), "readers who were refused").toBeGreaterThan(0)
    await witness.rest()
    await injected.end()
    const recovered = await witness.writesAgain()
    only(witness.reads.kinds, ["200", "503 database.pool_exhausted", "503 http.overloaded"])
    only(witness.writes.kinds, ["201", "503 database.pool_exhausted"])
    only(witness.live.kinds, ["200"])
    await witness.readyWhen(({ code }) => code === "healthy")
    for (let n = 0; n < 10; n++) expect(await witness.read(`/api/search?q=after${n}`)).toMatchObject({ status: 200 })
    const fault = "400 readers at once on a disk that takes 0.3 s per page"
    const ends = "the end of the load; readers who waited for a second got 503 with `Retry-After`"
    await conclude(site, { kind: "Clients", fault, recovered, ends })
  } finally {
    await program.dispose()
  }
})

it("SIGTERM while notes and photos are half sent", async () => {
  const site = await faultSite({ STARPUNK_DRAIN_DEADLINE: "8" })
  const { program, witness } = site
  try {
    await program.start()
    const note = new URLSearchParams({ h: "entry", content: "Sent in two halves" }).toString()
    const photo = await png(700, 500)
    const boundary = "between"
    const part = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`
    const form = Buffer.concat([Buffer.from(part), photo, Buffer.from(`\r\n--${boundary}--\r\n`)])
    const requests = [
      ...Array.from({ length: 10 }, () => ({
        path: "/micropub",
        type: "application/x-www-form-urlencoded",
        body: Buffer.from(note)
      })),
      ...Array.from({ length: 5 }, () => ({
        path: "/micropub/media",
        type: `multipart/form-data; boundary=${boundary}`,
        body: form
      }))
    ]
    const halves = await Promise.all(
      requests.map(async (request) => {
        const socket = await open(program)
        const half = Math.floor(request.body.length / 2)
        socket.write(head(request.path, witness.token, request.type, request.body.length))
        socket.write(request.body.subarray(0, half))
        return { ...request, socket, rest: request.body.subarray(half) }
      })
    )
    const never = await open(program)
    never.write("GET / HTTP/1.1\r\nHost: x\r\nX-Never: ")
    const neverUploaded = await open(program)
    neverUploaded.write(head("/micropub/media", witness.token, `multipart/form-data; boundary=${boundary}`, 100_000))
    neverUploaded.write(part)
    await wait(200)
    const since = performance.now()
    const stopped = program.stop()
    await wait(500)
    const answers = halves.map(async ({ path, rest, socket }) => {
      const answer = answerOf(socket)
      socket.write(rest)
      return { path, answer: await answer }
    })
    for (const { answer, path } of await Promise.all(answers)) {
      expect(answer).toMatch(/^HTTP\/1\.1 201 /)
      expect(answer).toMatch(/^connection: close\r$/im)
      if (path === "/micropub") witness.acknowledged.push({ location: locationIn(answer), word: "halves" })
      else witness.uploaded.push(locationIn(answer))
    }
    expect(await stopped).toBe(0)
    // Twice the deadline: incomplete requests must not delay the end without limit.
    expect(performance.now() - since, "milliseconds until the server had ended").toBeLessThan(16_000)
    await program.start()
    const recovered = await witness.writesAgain()
    const slugs = witness.acknowledged.map(({ location }) => location)
    expect(new Set(slugs).size).toBe(slugs.length)
    const fault = "SIGTERM while ten notes and five photos are half sent, and two requests never arrive"
    const ends = "the next start; requests in progress are answered first"
    // All notes have the same words, so that the first page of a search need not list each: they are read at their
    // addresses.
    await conclude(site, { kind: "Process", fault, recovered, ends, sample: 1 })
  } finally {
    await program.dispose()
  }
})

it("a second SIGTERM during the drain", async () => {
  const site = await faultSite({ STARPUNK_DRAIN_DEADLINE: "60" })
  const { program, witness } = site
  try {
    await program.start()
    witness.watch({ writers: 4 })
    await wait(500)
    const never = await open(program)
    never.write(`${head("/micropub", witness.token, "application/json", 1_000)}{`)
    await wait(200)
    const pid = program.pid ?? 0
    process.kill(pid, "SIGTERM")
    await wait(1_000)
    const since = performance.now()
    expect(await program.stop()).toBe(143)
    expect(performance.now() - since, "milliseconds until the server had ended").toBeLessThan(10_000)
    await witness.rest()
    await program.start()
    const recovered = await witness.writesAgain()
    const fault = "a second SIGTERM during the drain"
    await conclude(site, { kind: "Process", fault, recovered, ends: "the process ends at once, with exit code 143" })
  } finally {
    await program.dispose()
  }
})
