import { spawnSync } from "node:child_process"
import { request } from "node:http"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, it } from "vitest"
import { HeldSocket } from "../fixtures/HeldSocket.js"
import { NotifySocket } from "./NotifySocket.js"
import { Program } from "./Program.js"

const entry = fileURLToPath(new URL("../../dist/starpunk.js", import.meta.url))

const has = (program: string) => spawnSync("which", [program]).status === 0
const canNotify = has("systemd-notify") && has("perl")

const open: Array<{ close(): Promise<void> }> = []
const sites: Array<Program> = []

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
  for (const site of sites.splice(0)) await site.dispose()
})

const program = async (settings: Readonly<Record<string, string>> = {}) => {
  const site = await Program.create(settings)
  sites.push(site)
  return site
}

const notifySocket = async (kind?: "path" | "abstract") => {
  const socket = await NotifySocket.open(kind)
  open.push(socket)
  return socket
}

const isReady = (message: string) => message.startsWith("READY=1")
const isStopping = (message: string) => message.startsWith("STOPPING=1")

/** Messages without those of a start that takes longer than ten seconds, as on a busy machine. */
const afterStart = (messages: ReadonlyArray<string>) => messages.slice(messages.findIndex(isReady))

describe.skipIf(!canNotify)("a server under systemd", () => {
  it("is ready when it reports ready, and reports alive and stopping; blocked, it sends no keep-alive", async () => {
    const socket = await notifySocket("path")
    const site = await program({ NOTIFY_SOCKET: socket.address, WATCHDOG_USEC: "200000" })
    await site.launch()
    await socket.until((messages) => messages.some(isReady))
    expect((await fetch(`${site.url}/health/ready`)).status).toBe(200)
    await socket.until((messages) => messages.filter((message) => message === "WATCHDOG=1").length >= 3)
    process.kill(site.pid ?? 0, "SIGSTOP")
    // Whatever it had sent has arrived once another program's message has.
    const mark = () =>
      spawnSync("systemd-notify", ["MARK=1"], { env: { ...process.env, NOTIFY_SOCKET: socket.address } })
    mark()
    await socket.until((messages) => messages.includes("MARK=1"))
    const before = socket.messages.length
    for (let times = 0; times < 20; times++) mark()
    await socket.until((messages) => messages.length >= before + 20)
    expect(socket.messages.slice(before).filter((message) => message !== "MARK=1").length).toBeLessThanOrEqual(1)
    const stopped = socket.messages.length
    process.kill(site.pid ?? 0, "SIGCONT")
    await socket.until((messages) => messages.slice(stopped).includes("WATCHDOG=1"))

    expect(await site.stop()).toBe(0)
    await socket.until((messages) => messages.some(isStopping))
    const [first, ...others] = afterStart(socket.messages)
    expect(first).toBe(`READY=1|STATUS=Serving ${site.url}`)
    expect(others.at(-1)).toBe("STOPPING=1|EXTEND_TIMEOUT_USEC=70000000|STATUS=Stopping: finishing running requests")
    expect(others.filter((message) => /READY|STOPPING/.test(message))).toHaveLength(1)
  })

  it("reports over a socket with an abstract address, and ignores watchdog and socket of another process", async () => {
    const socket = await notifySocket("abstract")
    const site = await program({
      NOTIFY_SOCKET: socket.address,
      WATCHDOG_USEC: "100000",
      WATCHDOG_PID: "1",
      LISTEN_FDS: "1",
      LISTEN_PID: "1"
    })
    await site.start()
    const listening = site.log.find(({ message }) => message === "Listening")
    expect(listening).toMatchObject({ address: site.url })
    expect(listening).not.toHaveProperty("activated")
    await socket.until((messages) => messages.some(isReady))
    for (let asked = 0; asked < 50; asked++) await (await fetch(site.url)).text()
    expect(await site.stop()).toBe(0)
    await socket.until((messages) => messages.some(isStopping))
    expect(afterStart(socket.messages)[0]).toBe(`READY=1|STATUS=Serving ${site.url}`)
    expect(socket.messages.filter((message) => message.includes("WATCHDOG"))).toEqual([])
  })

  it("a socket that nobody reads causes one warning; the site serves and stops", async () => {
    const site = await program({ NOTIFY_SOCKET: "/nowhere/notify", WATCHDOG_USEC: "200000" })
    await site.start()
    const warned = () =>
      site.log.filter(({ logger, level }) => logger === "starpunk.supervision" && level === "WARNING")
    await site.logWhen(() => warned().length > 0)
    for (let asked = 0; asked < 50; asked++) await (await fetch(site.url)).text()
    expect(await site.stop()).toBe(0)
    expect(warned()).toMatchObject([{ error: { code: "supervision.manager_unreachable" } }])
  })
})

describe.skipIf(!has("perl"))("a server with a passed socket", () => {
  it("is restarted under load without a failed request", async () => {
    const site = await program()
    const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    const held = await HeldSocket.open(
      site.port,
      [process.execPath, entry, "serve"],
      site.directory,
      site.settingsOfServer
    )
    open.push(held)
    const outcomes = new Map<string, number>()
    const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    /** A request on a connection of its own, as it comes from who was not there before. */
    const ask = (method: "GET" | "POST", path: string, body?: string) =>
      new Promise<void>((resolve) => {
        const headers = {
          connection: "close",
          ...(body === undefined
            ? {}
            : { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" })
        }
        request(`${site.url}${path}`, { method, headers, agent: false }, (response) => {
          response.resume().on("end", () => {
            count(`${method} ${response.statusCode}`)
            resolve()
          })
        })
          .on("error", ({ message }) => {
            count(`${method} ${message}`)
            resolve()
          })
          .end(body)
      })
    let over = false
    let notes = 0
    const reader = async () => {
      while (!over) await ask("GET", "/")
    }
    const writer = async () => {
      while (!over) await ask("POST", "/micropub", `h=entry&content=Note+${++notes}`)
    }
    const load = [reader(), reader(), reader(), writer()]
    const served = async (more: number) => {
      const target = (outcomes.get("GET 200") ?? 0) + more
      while ((outcomes.get("GET 200") ?? 0) < target) await wait(10)
    }
    await served(20)
    for (let times = 0; times < 2; times++) {
      await held.restart()
      await served(20)
    }
    over = true
    await Promise.all(load)
    expect(held.ended).toEqual([0, 0])
    expect([...outcomes.keys()].sort()).toEqual(["GET 200", "POST 201"])
    expect(outcomes.get("POST 201")).toBe(notes)
  })

  it.each([
    ["several sockets", "exec 3</dev/null 4</dev/null; export LISTEN_FDS=2", "systemd passed more than one socket"],
    ["no socket at all", "exec 3</dev/null; export LISTEN_FDS=1", "the socket is not listening"]
  ])("refuses %s with advice", async (_, prepare, said) => {
    const site = await program()
    const { code, stdout } = await site.shell(
      `${prepare}; export LISTEN_PID=$$; exec '${process.execPath}' '${entry}' serve`
    )
    expect(code).toBe(1)
    const last = JSON.parse(stdout.trim().split("\n").at(-1) ?? "")
    expect(last).toMatchObject({ level: "CRITICAL", error_code: "startup.activation_unusable" })
    expect(last.details).toContain(said)
  })

  it.skipIf(!has("systemd-socket-activate"))("serves the connection that made systemd start it", async () => {
    const site = await program()
    const settings = Object.entries(site.settingsOfServer).filter(([name]) => name.startsWith("STARPUNK_"))
    const handed = settings.map(([name, value]) => `--setenv=${name}=${value}`)
    await site.launch({}, ["systemd-socket-activate", `--listen=127.0.0.1:${site.port}`, ...handed, process.execPath])
    let answer = await fetch(site.url).catch(() => undefined)
    while (answer === undefined) answer = await fetch(site.url).catch(() => undefined)
    expect(answer.status).toBe(200)
    expect(site.rawLog).toContain('"activated":true')
    expect(await site.stop()).toBe(0)
  })
})
