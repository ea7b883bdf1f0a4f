import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { Balancer } from "./Balancer.js"
import { freePorts } from "./Program.js"

const binary = "/usr/sbin/haproxy"

/** Why suites with HAProxy are skipped; absent if they run. */
export const whyNot = existsSync(binary) ? undefined : "there is no HAProxy: run `node scripts/ensure-servers.mjs`"

/** The configuration that the guide ships. */
const shipped = fileURLToPath(new URL("../../docs/deployment/haproxy.cfg", import.meta.url))

/** Makes a certificate for loopback in a directory; returns the file of the key and the certificate, as HAProxy wants it. */
const certificate = (directory: string) => {
  const [key, crt, pem] = ["key", "crt", "pem"].map((name) => join(directory, `blog.${name}`))
  if (key === undefined || crt === undefined || pem === undefined) throw new Error("no paths")
  const subject = ["-subj", "/CN=blog.example", "-addext", "subjectAltName=IP:127.0.0.1"]
  const made = spawnSync("openssl", [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(" "),
    ...[...subject, "-keyout", key, "-out", crt]
  ])
  if (made.status !== 0) throw new Error(String(made.stderr))
  const authority = readFileSync(crt, "utf8")
  writeFileSync(pem, authority + readFileSync(key, "utf8"))
  return { pem, authority }
}

/** HAProxy with the configuration of the guide. Only its addresses and the path of its certificate are replaced. */
export class HaProxy implements Balancer {
  private child: ChildProcess | undefined
  private servers: ReadonlyArray<number> = []

  private constructor(
    private readonly directory: string,
    private readonly port: number,
    private readonly plainPort: number,
    /** File of the key and the certificate. */
    readonly pem: string,
    /** Certificate of the site, for clients to trust. */
    readonly authority: string
  ) {}

  static async create(): Promise<HaProxy> {
    const directory = mkdtempSync(join(tmpdir(), "starpunk-haproxy-"))
    const [port = 0, plainPort = 0] = await freePorts(2)
    const { authority, pem } = certificate(directory)
    return new HaProxy(directory, port, plainPort, pem, authority)
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`
  }

  /** Where requests without TLS are redirected from. */
  get plainUrl(): string {
    return `http://127.0.0.1:${this.plainPort}`
  }

  /** Path of its configuration. */
  get config(): string {
    return join(this.directory, "haproxy.cfg")
  }

  async use(ports: ReadonlyArray<number>): Promise<void> {
    this.servers = ports
    let text = readFileSync(shipped, "utf8")
      .replace("/etc/haproxy/blog.example.pem", this.pem)
      .replace("bind :443", `bind 127.0.0.1:${this.port}`)
      .replace("bind :80", `bind 127.0.0.1:${this.plainPort}`)
      .replace("global\n", `global\n    stats socket ${join(this.directory, "socket")} mode 600\n`)
    ports.forEach((port, at) => {
      text = text.replace(`10.0.0.${11 + at}:8000`, `127.0.0.1:${port}`)
    })
    writeFileSync(this.config, text)
    this.child = spawn(binary, ["-db", "-f", this.config], { stdio: "ignore" })
    while (!existsSync(join(this.directory, "socket"))) {
      if (this.child.exitCode !== null) throw new Error("HAProxy did not start")
      await wait(20)
    }
  }

  async sendsTo(port: number): Promise<boolean> {
    const line = (await this.statistics()).find(([, name]) => name === `blog-${this.servers.indexOf(port) + 1}`)
    return line?.[17] === "UP"
  }

  async stop(): Promise<void> {
    if (this.child !== undefined) {
      const ended = once(this.child, "close")
      this.child.kill("SIGKILL")
      await ended
    }
    rmSync(this.directory, { recursive: true, force: true })
  }

  /** Rows of its statistics: the second field is the name of a server, the eighteenth its state. */
  private async statistics(): Promise<ReadonlyArray<ReadonlyArray<string>>> {
    const socket = connect(join(this.directory, "socket"))
    let text = ""
    socket.setEncoding("utf8").on("data", (chunk) => {
      text += chunk
    })
    socket.end("show stat\n")
    await once(socket, "close")
    return text.split("\n").map((line) => line.split(","))
  }
}
