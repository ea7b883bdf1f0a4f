import { once } from "node:events"
import { connect, type Socket } from "node:net"

/** A connection on which a test writes what it likes, and waits for what comes back. */
export class Wire {
  private text = ""
  private ended = false
  private readonly listeners = new Set<() => void>()

  private constructor(private readonly socket: Socket) {
    socket.setEncoding("latin1")
    const notify = () => {
      for (const listener of this.listeners) listener()
    }
    socket.on("data", (chunk) => {
      this.text += chunk
      notify()
    })
    socket.on("error", () => {})
    socket.on("close", () => {
      this.ended = true
      notify()
    })
  }

  /** Connects to a port of loopback; rejects when nobody listens. */
  static async open(port: number): Promise<Wire> {
    const socket = connect(port, "127.0.0.1")
    await once(socket, "connect")
    return new Wire(socket)
  }

  /** Hands bytes to the connection. */
  send(bytes: string): void {
    this.socket.write(bytes, "latin1")
  }

  /** A whole GET request. */
  get(path: string, headers = ""): void {
    this.send(`GET ${path} HTTP/1.1\r\nHost: me.example\r\n${headers}\r\n`)
  }

  /** Everything that came so far. */
  get received(): string {
    return this.text
  }

  /** Waits until this has come, and answers all that came up to then; rejects when the connection ends before. */
  until(part: string | RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.text.search(part) === -1 && !this.ended) return
        this.listeners.delete(look)
        if (this.text.search(part) === -1) reject(new Error(`ended after: ${this.text}`))
        else resolve(this.text)
      }
      this.listeners.add(look)
      look()
    })
  }

  /** Waits until the server has closed the connection, and answers everything that came. Reads again, if it was paused. */
  closed(): Promise<string> {
    this.socket.resume()
    return new Promise((resolve) => {
      const look = () => {
        if (!this.ended) return
        this.listeners.delete(look)
        resolve(this.text)
      }
      this.listeners.add(look)
      look()
    })
  }

  /** Bytes that the other end has left no room for. */
  get unsent(): number {
    return this.socket.writableLength
  }

  /** From now on reads nothing, so that what comes stays with the server. */
  pause(): void {
    this.socket.pause()
  }

  /** Leaves with an RST, as a machine does that knows nothing of the connection any more. */
  reset(): void {
    this.socket.resetAndDestroy()
  }

  /** Leaves. */
  close(): void {
    this.socket.destroy()
  }
}
