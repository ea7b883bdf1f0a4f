import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** Path of the bundle's entry: benches measure the shipped program, not its sources. */
export const entry: string = fileURLToPath(new URL("./starpunk.js", import.meta.url))

/** Linux counts CPU time in hundredths of a second (`getconf CLK_TCK`, 100 on every supported platform). */
const millisPerTick = 10

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  await once(probe, "close")
  if (address === null || typeof address === "string") throw new Error("no free port")
  return address.port
}

/** Servers that run; a bench that fails or is interrupted does not leave any behind. */
const running = new Set<ChildProcess>()
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL")
})
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130))

/** A server in a child process with its own data directory. */
export interface Server {
  readonly url: string
  readonly directory: string
  readonly child: ChildProcess
  readonly environment: Readonly<Record<string, string | undefined>>
  /** CPU milliseconds (user and system) that the process has used until the first 200. */
  readonly startCpuMillis: number
  /** Milliseconds from spawn to the first 200. */
  readonly startMillis: number
  readonly stop: () => Promise<void>
}

/** CPU milliseconds, user and system, that a process and its threads have used. */
export const cpuMillis = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8")
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return (Number(fields[11]) + Number(fields[12])) * millisPerTick
}

/** Resident memory of a process in MB (10⁶ bytes). */
export const residentMegabytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8")
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return (Number(kilobytes) * 1024) / 1e6
}

/** Resolves as soon as the process has written `text` to standard output; later output is discarded. */
const written = (child: ChildProcess, text: string) =>
  new Promise<void>((resolve, reject) => {
    let output = ""
    const look = (chunk: Buffer) => {
      output += chunk
      if (!output.includes(text)) return
      child.stdout?.off("data", look).resume()
      resolve()
    }
    child.stdout?.on("data", look)
    child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it was ready:\n${output}`)))
  })

/**
 * Starts `node ...args`, waits for `ready` on its standard output, then requests `path` once. Polling during the start
 * would count towards the measured start.
 */
export const startServer = async (
  args: (port: number) => ReadonlyArray<string>,
  ready: string,
  path: string,
  settings: Readonly<Record<string, string>> = {}
): Promise<Server> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-bench-"))
  const port = await freePort()
  const environment = {
    ...process.env,
    STARPUNK_DATA_PATH: join(directory, "data"),
    STARPUNK_PORT: String(port),
    STARPUNK_SITE_URL: `http://127.0.0.1:${port}`,
    STARPUNK_LOG_FORMAT: "json",
    ...settings
  }
  const started = performance.now()
  const child = spawn(process.execPath, args(port), {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"]
  })
  const { pid } = child
  if (pid === undefined) throw new Error("the server could not be spawned")
  running.add(child)
  child.once("close", () => running.delete(child))
  await written(child, ready)
  const url = `http://127.0.0.1:${port}`
  const response = await fetch(`${url}${path}`)
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`the first answer was ${response.status}`)
  return {
    url,
    directory,
    child,
    environment,
    startMillis: performance.now() - started,
    startCpuMillis: await cpuMillis(pid),
    stop: async () => {
      const ended = once(child, "close")
      child.kill("SIGTERM")
      await ended
      await rm(directory, { recursive: true, force: true })
    }
  }
}

/** Flags of Node in `npm start`, the systemd unit and the container ([decision 4](../../docs/decisions/0004-shipped-as-a-bundle.md)). */
const nodeFlags = ["--max-semi-space-size=4"]

/** Starts the bundle as it is shipped and waits until it is ready. */
export const startStarPunk = (settings: Readonly<Record<string, string>> = {}): Promise<Server> =>
  startServer(() => [...nodeFlags, entry, "serve"], "StarPunk is ready", "/", settings)

/** Creates a token by the command line with the running server's settings. */
export const createToken = async (server: Server, scope = "create"): Promise<string> => {
  const child = spawn(process.execPath, [entry, "token", "create", "--scope", scope], {
    env: server.environment,
    stdio: ["ignore", "pipe", "inherit"]
  })
  let token = ""
  child.stdout.on("data", (chunk) => {
    token += chunk
  })
  const [code] = await once(child, "close")
  if (code !== 0) throw new Error(`token create ended with ${code}`)
  return token.trim()
}
