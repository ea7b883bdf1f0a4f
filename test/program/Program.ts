import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { randomInt } from "node:crypto"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { type Finished, runCommand } from "./CommandHost.js"

const entry = fileURLToPath(new URL("../../dist/starpunk.js", import.meta.url))

/** A line of the server's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly message: string; readonly request_id?: string }

/** Waits for the end of a process, which gets no input. */
const finished = async (child: ChildProcessWithoutNullStreams): Promise<Finished> => {
  child.stdin.end()
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk) => {
    stdout += chunk
  })
  child.stderr.on("data", (chunk) => {
    stderr += chunk
  })
  const [code] = await once(child, "close")
  return { code, stdout, stderr }
}

/** Ports that this process has given to a program. */
const given = new Set<number>()

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer()
  const listens = await new Promise<boolean>((resolve) => {
    probe.once("error", () => resolve(false))
    probe.listen(port, "127.0.0.1", () => resolve(true))
  })
  if (!listens) return false
  probe.close()
  await once(probe, "close")
  return true
}

/**
 * A TCP port on loopback for a program that is started several times. It lies below the ports that systems choose for
 * outgoing connections (from 32,768 on Linux): a connection of another test could take one of those between two starts.
 */
const lastingPort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(12_000, 32_000)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

/** TCP ports on loopback for other programs of a test. */
export const freePorts = (count: number): Promise<ReadonlyArray<number>> =>
  Promise.all(Array.from({ length: count }, lastingPort))

/** The settings that no test inherits from whoever runs it. */
const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith("STARPUNK_") || name === "NODE_OPTIONS" ? [] : [[name, value]]
    )
  )

/** Tells whether `dist/starpunk.js` runs this with another program than the command line. */
const hasProgramOfItsOwn = ([command, ...rest]: ReadonlyArray<string>): boolean =>
  command === "serve" || (command === "healthcheck" && (rest.length === 0 || rest.join(" ") === "--live"))

/** The shipped bundle on a data directory of its own: commands and a server in processes of their own. */
export class Program {
  private server: ChildProcess | undefined
  /** Resolves when the log of the running server says that it is ready, or when the server has ended. */
  private announced: Promise<unknown> = Promise.resolve()
  private output = ""
  private said = ""

  private constructor(
    readonly directory: string,
    readonly port: number,
    private readonly settings: Readonly<Record<string, string>>
  ) {}

  /** Lays out a fresh data directory; `settings` are environment variables for every command. */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
    return new Program(await mkdtemp(join(tmpdir(), "starpunk-")), await lastingPort(), settings)
  }

  /** The site's address, without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get databasePath(): string {
    return join(this.directory, "data", "starpunk.db")
  }

  /** The server's process id. */
  get pid(): number | undefined {
    return this.server?.pid
  }

  /** The environment of the server, for a process that is started in another way. */
  get settingsOfServer(): Readonly<Record<string, string>> {
    return this.environment({})
  }

  private environment(extra: Readonly<Record<string, string>>): Record<string, string> {
    return {
      ...cleanEnvironment(),
      STARPUNK_DATA_PATH: join(this.directory, "data"),
      STARPUNK_PORT: String(this.port),
      STARPUNK_SITE_URL: this.url,
      STARPUNK_LOG_FORMAT: "json",
      ...this.settings,
      ...extra
    }
  }

  /**
   * Runs one command to its end. A command of the command line runs in a process that ran others before, which saves
   * most of its time; it gets a process of its own where the test sets options of Node.
   */
  run(args: ReadonlyArray<string>, extra: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const environment = this.environment(extra)
    const isAlone = "NODE_OPTIONS" in environment || hasProgramOfItsOwn(args)
    return isAlone ? this.runAlone(args, extra) : runCommand(args, environment, this.directory)
  }

  /** Runs a line of advice to its end: a command of StarPunk as `run` does, others in a shell. */
  follow(line: string, extra: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const [, args] = /^starpunk ([\w./ -]+)$/.exec(line) ?? []
    return args === undefined ? this.shell(line, extra) : this.run(args.split(" "), extra)
  }

  private runAlone(args: ReadonlyArray<string>, extra: Readonly<Record<string, string>>): Promise<Finished> {
    const child = spawn(process.execPath, [entry, ...args], { cwd: this.directory, env: this.environment(extra) })
    return finished(child)
  }

  /** Begins a command and answers its process, for a test to do with it what it likes. */
  begin(args: ReadonlyArray<string>, extra: Readonly<Record<string, string>> = {}): ChildProcess {
    const options = { cwd: this.directory, env: this.environment(extra), stdio: "ignore" } as const
    return spawn(process.execPath, [entry, ...args], options)
  }

  /** Runs a script in bash to its end; in it, `starpunk` is the bundle. */
  shell(script: string, extra: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const prelude = `starpunk() { '${process.execPath}' '${entry}' "$@"; }\n`
    const child = spawn("bash", ["-c", prelude + script], { cwd: this.directory, env: this.environment(extra) })
    return finished(child)
  }

  /** Starts the server and answers once it is ready, or throws with its log when it ends before that. */
  async start(
    extra: Readonly<Record<string, string>> = {},
    under: readonly [string, ...ReadonlyArray<string>] = [process.execPath]
  ): Promise<void> {
    await this.launch(extra, under)
    if ((await this.readyOrEnded()) === "ended") {
      throw new Error(`the server ended before it was ready:\n${this.output}\n${this.said}`)
    }
  }

  /**
   * Waits until a server that was launched is ready, or has ended. Most say in their log when to ask: asking them all the time
   * takes a third as long as the start itself.
   */
  async readyOrEnded(): Promise<"ready" | "ended"> {
    for (let isAnnounced = false; ; ) {
      if (!isAnnounced) await Promise.race([this.announced.then(() => (isAnnounced = true)), wait(250)])
      if (this.server === undefined || this.server.exitCode !== null || this.server.signalCode !== null) return "ended"
      const ready = await fetch(`${this.url}/health/ready`).catch(() => undefined)
      await ready?.arrayBuffer()
      if (ready?.status === 200) return "ready"
      if (isAnnounced) await wait(20)
    }
  }

  /**
   * Starts the server without waiting for anything, under the command given (`["strace", …, "node"]`), which has to become
   * the server or to hand signals on to it.
   */
  async launch(
    extra: Readonly<Record<string, string>> = {},
    [command, ...args]: readonly [string, ...ReadonlyArray<string>] = [process.execPath]
  ): Promise<void> {
    // What a killed process was in the middle of saying.
    this.output = this.output.slice(0, this.output.lastIndexOf("\n") + 1)
    const child = spawn(command, [...args, entry, "serve"], { cwd: this.directory, env: this.environment(extra) })
    child.stdin.end()
    const begin = this.output.length
    this.announced = new Promise((resolve) => {
      child.once("close", resolve)
      child.stdout.on("data", (chunk) => {
        this.output += chunk
        if (this.output.includes("StarPunk is ready", begin)) resolve(undefined)
      })
    })
    child.stderr.on("data", (chunk) => {
      this.said += chunk
    })
    this.server = child
  }

  /** Ends the server and answers its exit code; `null` when the signal itself ended it. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    const server = this.server
    if (server === undefined) return null
    this.server = undefined
    if (server.exitCode !== null || server.signalCode !== null) return server.exitCode
    const ended = once(server, "close")
    server.kill(signal)
    const [code] = await ended
    return code
  }

  /** Answers how the server ended by itself. */
  async ended(): Promise<number | null> {
    const server = this.server
    if (server === undefined) return null
    if (server.exitCode !== null || server.signalCode !== null) return server.exitCode
    const [code] = await once(server, "close")
    return code
  }

  /** Everything the server wrote so far, to whoever reads its log and to whoever sits at the terminal. */
  get rawLog(): string {
    return this.output + this.said
  }

  /** Every complete line so far, parsed: a line that is not JSON throws. */
  get log(): ReadonlyArray<LogLine> {
    const complete = this.output.slice(0, this.output.lastIndexOf("\n") + 1)
    return complete
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
  }

  /** Answers the log once `check` holds for it: lines are written shortly after the answer they belong to. */
  async logWhen(check: (log: ReadonlyArray<LogLine>) => boolean): Promise<ReadonlyArray<LogLine>> {
    for (;;) {
      const log = this.log
      if (check(log)) return log
      await wait(10)
    }
  }

  /** Stops the server and removes its data. */
  async dispose(): Promise<void> {
    await this.stop("SIGKILL")
    await rm(this.directory, { recursive: true, force: true })
  }
}
