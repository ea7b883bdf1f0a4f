import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A fault injected into the system calls of a process. */
export interface Injection {
  /** System calls, as strace names them: `pwrite64`, `fsync,fdatasync`. */
  readonly calls: string
  /**
   * The fault in strace's syntax: `error=ENOSPC`, `delay_enter=10s`.
   * https://man7.org/linux/man-pages/man1/strace.1.html
   */
  readonly what: string
  /** First call of each thread, and how many (`3`, `3+`); every call if absent. */
  readonly when?: string
  /** Only calls on these files. */
  readonly paths?: ReadonlyArray<string>
}

/** An active injection. */
export interface Injected {
  /** Number of calls affected so far. */
  readonly met: () => Promise<number>
  /** Ends it, and returns the number of affected calls. */
  readonly end: () => Promise<number>
}

/** Waits until the tracer is attached to every thread. */
const attached = (tracer: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ""
    tracer.stderr?.on("data", (chunk) => {
      said += chunk
      if (/attached/.test(said)) resolve()
    })
    tracer.once("error", reject)
    tracer.once("exit", () => reject(new Error(`strace ended before it had attached: ${said}`)))
  })

/** Injects a fault into every thread of a running process, including later ones. */
export const inject = async (pid: number, { calls, paths = [], what, when }: Injection): Promise<Injected> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-strace-"))
  const output = join(directory, "calls")
  const rule = `inject=${calls}:${what}${when === undefined ? "" : `:when=${when}`}`
  const files = paths.flatMap((path) => ["-P", path])
  const args = ["-f", "-p", String(pid), ...files, "-e", `trace=${calls}`, "-e", rule, "-o", output]
  const tracer = spawn("strace", args, { stdio: ["ignore", "ignore", "pipe"] })
  await attached(tracer)
  const met = async () => (await readFile(output, "utf8")).match(/\((?:INJECTED|DELAYED)\)/g)?.length ?? 0
  return {
    met,
    end: async () => {
      if (tracer.exitCode === null && tracer.signalCode === null) {
        const ended = once(tracer, "exit")
        tracer.kill("SIGINT")
        await ended
      }
      const count = await met()
      await rm(directory, { recursive: true, force: true })
      return count
    }
  }
}
