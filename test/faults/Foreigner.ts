import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** Another process that has the database open and works with it until it is ended. */
export class Foreigner {
  private constructor(private readonly child: ChildProcess) {}

  /** `work` is JavaScript code with `database`; resolves when it has run. */
  static async begin(path: string, work: string): Promise<Foreigner> {
    const program = `
      const database = new (require("better-sqlite3"))(process.argv[1], { timeout: 30000 })
      ${work}
      console.log("begun")
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ["-e", program, path], { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
    if (child.stdout !== null) await once(child.stdout, "data")
    return new Foreigner(child)
  }

  /** Acquires the write lock and keeps it. */
  static holdingLock(path: string): Promise<Foreigner> {
    return Foreigner.begin(path, `database.exec("BEGIN IMMEDIATE")`)
  }

  /** Starts a read transaction and keeps its snapshot. */
  static reading(path: string): Promise<Foreigner> {
    return Foreigner.begin(path, `database.exec("BEGIN"); database.prepare("SELECT count(*) FROM posts").get()`)
  }

  /** Stops the process, as Ctrl-Z or a debugger does: it keeps its locks. */
  pause(): void {
    this.child.kill("SIGSTOP")
  }

  /** Kills the process, and resolves when it and its locks are gone. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = once(this.child, "exit")
    this.child.kill("SIGKILL")
    await ended
  }
}
