import { once } from "node:events"
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http"
import type { Balancer } from "./Balancer.js"

/** A server behind the balancer. */
interface Target {
  readonly port: number
  isReady: boolean
}

/** How often readiness is asked, in milliseconds. */
const probeMillis = 100

/**
 * A load balancer without stickiness: each request goes to the next server whose readiness answers 200. A request that
 * reached no server goes to another one; one that broke under way is answered with 502, as by any balancer.
 */
export class RoundRobin implements Balancer {
  private next = 0
  private readonly agent = new Agent({ keepAlive: false })
  private readonly timer: NodeJS.Timeout

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private targets: ReadonlyArray<Target>
  ) {
    server.on("request", (asked, answer) => this.pass(asked, answer, this.targets.length))
    this.timer = setInterval(() => {
      for (const target of this.targets) void this.probe(target)
    }, probeMillis)
  }

  static async start(): Promise<RoundRobin> {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    if (address === null || typeof address === "string") throw new Error("no port")
    return new RoundRobin(server, address.port, [])
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The servers behind it from now on. */
  async use(ports: ReadonlyArray<number>): Promise<void> {
    this.targets = ports.map((port) => ({ port, isReady: false }))
    await Promise.all(this.targets.map((target) => this.probe(target)))
  }

  /** Whether it sends requests to the server at a port. */
  sendsTo(port: number): boolean {
    return this.targets.some((target) => target.port === port && target.isReady)
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.server.closeAllConnections()
    this.server.close()
    this.agent.destroy()
  }

  private async probe(target: Target): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${target.port}/health/ready`).catch(() => undefined)
    await answer?.arrayBuffer().catch(() => undefined)
    target.isReady = answer?.status === 200
  }

  private pass(asked: IncomingMessage, answer: ServerResponse, attempts: number): void {
    const ready = this.targets.filter(({ isReady }) => isReady)
    const target = ready[this.next++ % Math.max(1, ready.length)]
    if (target === undefined || attempts === 0) {
      answer.writeHead(503, { "retry-after": "1" }).end("no server is ready")
      return
    }
    const { headers, method, url: path } = asked
    const onward = request({
      host: "127.0.0.1",
      port: target.port,
      agent: this.agent,
      method,
      path,
      headers: { ...headers, connection: "close" }
    })
    onward.on("response", (found) => {
      answer.writeHead(found.statusCode ?? 502, found.rawHeaders)
      found.pipe(answer)
      found.on("error", () => answer.destroy())
    })
    onward.on("error", (error: NodeJS.ErrnoException) => {
      if (answer.headersSent) return void answer.destroy()
      target.isReady = false
      // Nothing of the request was read yet.
      if (error.code === "ECONNREFUSED") return this.pass(asked, answer, attempts - 1)
      answer.writeHead(502).end("the server closed the connection")
    })
    onward.on("socket", (socket) => socket.on("connect", () => asked.pipe(onward)))
  }
}
