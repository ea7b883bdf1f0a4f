import { connect, type Socket } from "node:net"

/** What came back: the status, and how many milliseconds after it was due. */
export interface Reply {
  readonly status: number
  readonly millis: number
}

interface Call {
  readonly dueAt: number
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

/** Connections that were idle for longer are not used again: the server keeps them for five seconds. */
const maxIdleMillis = 4_000

/** One kept connection with one request on it at a time. */
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
    // A server says so when a connection has had its share of requests; one sent on it nevertheless is refused.
    const last = /\r\nconnection: close\r\n/i.test(this.received)
    resolve({ status: Number(this.received.slice(9, 12)), millis: performance.now() - dueAt })
    this.received = ""
    this.call = undefined
    this.freeSince = performance.now()
    if (last) this.end()
    else this.onFree(this)
  }
}

/** A form to post, made anew for each request. */
export interface Form {
  readonly token: string
  readonly body: () => string
}

/**
 * Sends the same GET, or posts forms, over kept connections, as many as it needs. Costs a tenth of `node:http`'s client: on a machine that
 * the server shares with its measurer, the measurer must not be what is measured.
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

  /** Sends one request, which was due at this instant of `performance.now()`. */
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
