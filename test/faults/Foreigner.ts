import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** Another program that has the database open, and does something with it until it is ended. */
export class Foreigner {
  private constructor(private readonly child: ChildProcess) {}

  /** `work` is what it does with `database`, in JavaScript; it counts as begun when that is done. */
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

  /** Takes the write lock and keeps it. */
  static holdingLock(path: string): Promise<Foreigner> {
    return Foreigner.begin(path, `database.exec("BEGIN IMMEDIATE")`)
  }

  /** Reads once and goes on looking at what it saw then. */
  static reading(path: string): Promise<Foreigner> {
    return Foreigner.begin(path, `database.exec("BEGIN"); database.prepare("SELECT count(*) FROM posts").get()`)
  }

  /** Stops it where it stands, as Ctrl-Z or a debugger does: it keeps all that it holds. */
  pause(): void {
    this.child.kill("SIGSTOP")
  }

  /** Kills it; done when it is gone, and with it all that it held. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = once(this.child, "exit")
    this.child.kill("SIGKILL")
    await ended
  }
}
