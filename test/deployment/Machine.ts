import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const script = fileURLToPath(new URL("./machine.sh", import.meta.url))
const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "")
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/** Result of a block of commands; output and errors in their order. */
export interface Ran {
  readonly code: number | null
  readonly output: string
}

/** Tells whether a machine can run here: it needs Linux, root with all capabilities, and systemd. */
export const machinePossible = (): boolean =>
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["--mount", "--cgroup", "--pid", "--net", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
    .status === 0 &&
  spawnSync("test", ["-x", "/lib/systemd/systemd"]).status === 0

/**
 * A machine with a systemd of its own over a copy-on-write view of this one, in namespaces: the nearest to a stranger's
 * server that a test can have. The repository is at `/opt/starpunk-2.0.0` and `/opt/starpunk-2.1.0`, read-only. Network,
 * users, files and services are its own; nothing of it is left when it is switched off.
 */
export class Machine {
  private constructor(
    private readonly scratch: string,
    private readonly holder: ChildProcess,
    private readonly init: number
  ) {}

  /** Boots a machine, and resolves once its services are up. */
  static async boot(): Promise<Machine> {
    const scratch = await mkdtemp(join(tmpdir(), "starpunk-machine-"))
    const holder = spawn("unshare", ["--mount", "sh", script, "outside", scratch, repository, process.execPath], {
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"]
    })
    let errors = ""
    holder.stderr.on("data", (chunk) => {
      errors += chunk
    })
    for (;;) {
      if (holder.exitCode !== null) throw new Error(`the machine did not start: ${errors}`)
      const children = await readFile(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8").catch(() => "")
      const init = Number(children.trim().split(" ")[0])
      const name = await readFile(`/proc/${init}/comm`, "utf8").catch(() => "")
      if (name.trim() === "systemd") {
        const machine = new Machine(scratch, holder, init)
        while ((await machine.run("systemctl is-system-running")).output.trim() !== "running") {
          if (holder.exitCode !== null) throw new Error(`the machine did not come up: ${errors}`)
          await wait(50)
        }
        return machine
      }
      await wait(20)
    }
  }

  /** Runs commands in a root shell; the first failure ends them. */
  async run(commands: string): Promise<Ran> {
    const inside = ["env", "-i", `PATH=${path}`, "HOME=/root", "LANG=C.UTF-8", "bash", "-euo", "pipefail", "-s"]
    const shell = spawn("nsenter", ["--target", String(this.init), "--all", ...inside], {
      stdio: ["pipe", "pipe", "pipe"]
    })
    let output = ""
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk
      })
    }
    shell.stdin.end(`exec 2>&1; cd /root\n${commands}\n`)
    const [code] = await once(shell, "close")
    return { code, output }
  }

  /** Switches it off: all its processes end with its process 1. */
  async off(): Promise<void> {
    const over = once(this.holder, "close")
    process.kill(this.init, "SIGKILL")
    await over
    spawnSync("unshare", ["--mount", "sh", script, "clean", this.scratch, String(this.holder.pid)])
    await rm(this.scratch, { recursive: true, force: true })
  }
}
