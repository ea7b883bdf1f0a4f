import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import type { Readable } from "node:stream"
import { fileURLToPath } from "node:url"

/** How a command ended. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const script = fileURLToPath(new URL("command-host.mjs", import.meta.url))

/** Ends a command's output on both streams; no command writes NUL. */
const end = "\0end of the command\0"

const outputOf = (stream: Readable): Promise<string> =>
  new Promise((resolve) => {
    let said = ""
    const hear = (chunk: string) => {
      said += chunk
      if (!said.endsWith(end)) return
      stream.off("data", hear)
      resolve(said.slice(0, -end.length))
    }
    stream.on("data", hear)
  })

const ready: Array<ChildProcess> = []

const start = async (): Promise<ChildProcess> => {
  const host = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "pipe", "ipc"] })
  host.stdout?.setEncoding("utf8")
  host.stderr?.setEncoding("utf8")
  await once(host, "message")
  return host
}

/**
 * Runs a command of the shipped bundle in a process that ran others before. Commands at the same time get a process
 * each. A test about the process itself (signals, standard input, a closed output) uses `Program.shell` or
 * `Program.begin`.
 */
export const runCommand = async (
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>>,
  cwd: string
): Promise<Finished> => {
  const host = ready.pop() ?? (await start())
  if (host.stdout === null || host.stderr === null) throw new Error("a host has pipes")
  const stopped = new AbortController()
  const closed = once(host, "exit", { signal: stopped.signal }).then(([code, signal]) => {
    throw new Error(`the process of commands ended (${code ?? signal}) in: ${args.join(" ")}`)
  })
  const ended = once(host, "message", { signal: stopped.signal })
  const outputs = Promise.all([outputOf(host.stdout), outputOf(host.stderr)])
  host.send({ args, env, cwd, end })
  const [[code], [stdout, stderr]] = await Promise.race([Promise.all([ended, outputs]), closed])
  closed.catch(() => {})
  stopped.abort()
  ready.push(host)
  return { code: Number(code), stdout, stderr }
}
