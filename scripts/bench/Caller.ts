import { connect, type Socket } from "node:net"

/** Status of a response, and its latency in milliseconds from the time at which the request was due. */
export interface Reply {
  readonly status: number
  readonly millis: number
}

interface Call {
  readonly dueAt: number
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

/** Longest idle time of a reused connection, in milliseconds; the server closes idle connections after five seconds. */
const maxIdleMillis = 4_000

/** A persistent connection with at most one request in flight. */
class Line {
  private received = ""
  private call: Call | undefined
  private freeSince = performance.now()

  constructor(
    private readonly socket: Socket,
    private readonly message: () => string,
    private readonly onFree: (line: Line) => void
  ) {
    socket.setNoDelay().setEncoding("latin1")
    socket.on("data", (text: string) => this.take(text))
    socket.on("error", (error) => this.call?.reject(error))
    socket.on("close", () => this.call?.reject(new Error("the connection was closed without an answer")))
  }

  get usable(): boolean {
    return this.socket.writable && performance.now() - this.freeSince < maxIdleMillis
  }

  start(call: Call): void {
    this.call = call
    this.socket.write(this.message(), "latin1")
  }

  end(): void {
    this.socket.destroy()
  }

  private take(text: string): void {
    this.received += text
    const head = this.received.indexOf("\r\n\r\n")
    if (head === -1 || this.call === undefined) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.received)?.[1])
    if (this.received.length < head + 4 + length) return
    const { dueAt, resolve } = this.call
    // The server announces the last response on a connection; it would refuse another request on it.
    const last = /\r\nconnection: close\r\n/i.test(this.received)
    resolve({ status: Number(this.received.slice(9, 12)), millis: performance.now() - dueAt })
    this.received = ""
    this.call = undefined
    this.freeSince = performance.now()
    if (last) this.end()
    else this.onFree(this)
  }
}

/** A form to post; each request gets a new body. */
export interface Form {
  readonly token: string
  readonly body: () => string
}

/**
 * Sends one GET or form POST repeatedly over persistent connections, opening as many as needed. Uses a tenth of the CPU
 * of the `node:http` client: the load generator shares the machine with the server and must not distort the result.
 */
export class Caller {
  private readonly idle: Array<Line> = []
  private readonly lines = new Set<Line>()
  private readonly message: () => string

  constructor(
    private readonly url: URL,
    form?: Form
  ) {
    const address = `${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: */*\r\n`
    this.message = () => {
      if (form === undefined) return `GET ${address}\r\n`
      const body = form.body()
      const type = "Content-Type: application/x-www-form-urlencoded"
      return `POST ${address}Authorization: Bearer ${form.token}\r\n${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    }
  }

  /** Sends a request that was due at `dueAt`, in milliseconds of `performance.now()`. */
  call(dueAt: number): Promise<Reply> {
    return new Promise((resolve, reject) => this.freeLine().start({ dueAt, resolve, reject }))
  }

  /** Closes every connection. */
  close(): void {
    for (const line of this.lines) line.end()
  }

  private freeLine(): Line {
    for (;;) {
      const line = this.idle.pop()
      if (line?.usable) return line
      if (line === undefined) break
      line.end()
      this.lines.delete(line)
    }
    const socket = connect(Number(this.url.port), this.url.hostname)
    const line = new Line(socket, this.message, (free) => this.idle.push(free))
    this.lines.add(line)
    return line
  }
}
