import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePorts } from "../program/Program.js"
import { guide } from "./GuideBlocks.js"

const binary = "/usr/sbin/nginx"

export const isThere: boolean = existsSync(binary)

/** The fenced blocks for nginx in growing.md: the `upstream`, and the line of `location /`. */
const blocks = (): ReadonlyArray<string> =>
  [...readFileSync(`${guide}growing.md`, "utf8").matchAll(/```nginx\n([^`]+)```/g)].map(([, block]) => block ?? "")

/** nginx with the configuration of the guide for several instances. Only addresses and paths of files are replaced. */
export class Nginx {
  private constructor(
    private readonly directory: string,
    private readonly child: ChildProcess,
    private readonly port: number
  ) {}

  /** Starts it before servers on loopback, with the certificate and key in one file. */
  static async start(ports: ReadonlyArray<number>, pem: string): Promise<Nginx> {
    const directory = mkdtempSync(join(tmpdir(), "starpunk-nginx-"))
    const [port = 0, plainPort = 0] = await freePorts(2)
    const [upstream = "", line = ""] = blocks()
    let site = readFileSync(`${guide}nginx.conf`, "utf8")
      .replace(/upstream starpunk \{[^}]+\}\n/, upstream)
      .replace("location / {\n", `location / {\n        ${line.trim()}\n`)
      .replaceAll(/\/etc\/letsencrypt\/\S+\.pem/g, pem)
      .replaceAll(/ *listen \[::\].*\n/g, "")
      .replace("listen 80;", `listen 127.0.0.1:${plainPort};`)
      .replace("listen 443 ssl http2;", `listen 127.0.0.1:${port} ssl http2;`)
    ports.forEach((target, at) => {
      site = site.replace(`10.0.0.${11 + at}:8000`, `127.0.0.1:${target}`)
    })
    const config = join(directory, "nginx.conf")
    writeFileSync(join(directory, "site.conf"), site)
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    writeFileSync(
      config,
      `daemon off; pid ${directory}/pid; error_log ${directory}/error.log; events {}
http { access_log off; ${temporary.map((name) => `${name}_temp_path ${directory}/${name};`).join(" ")} include ${directory}/site.conf; }
`
    )
    const child = spawn(binary, ["-c", config], { stdio: ["ignore", "ignore", "inherit"] })
    const nginx = new Nginx(directory, child, port)
    while (!(await nginx.listens())) {
      if (child.exitCode !== null) throw new Error("nginx did not start")
      await wait(20)
    }
    return nginx
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "close")
    this.child.kill("SIGTERM")
    await ended
    rmSync(this.directory, { recursive: true, force: true })
  }

  private listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, "127.0.0.1")
      socket.once("connect", () => {
        socket.destroy()
        resolve(true)
      })
      socket.once("error", () => resolve(false))
    })
  }
}
