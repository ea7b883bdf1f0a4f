import { connect } from "node:net"

/** Response to raw bytes; `status` is 0 without an HTTP response. */
export interface Exchange {
  readonly status: number
  readonly head: string
  readonly body: string
  /** Tells whether the connection stayed open too long. */
  readonly stuck: boolean
}

/** Longer than the server's limit for a request, so that the server always ends it. */
const patience = 45_000

/** Time after which a client with half a request closes its half of the connection. */
const halfClosedAfter = 200

/**
 * Sends bytes on a connection of their own and answers all that came until the server closed it. Where they may be half a
 * request the client closes its half, without which the server would wait for the rest, as long as its limits say.
 */
export const exchange = (port: number, bytes: Uint8Array, mayBeHalf: boolean): Promise<Exchange> =>
  new Promise((resolve) => {
    const chunks: Array<Buffer> = []
    let stuck = false
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => socket.write(bytes))
    const closing = mayBeHalf ? setTimeout(() => socket.end(), halfClosedAfter) : undefined
    const timer = setTimeout(() => {
      stuck = true
      socket.destroy()
    }, patience)
    socket.on("data", (chunk) => chunks.push(chunk))
    socket.on("error", () => {})
    // The server is done: a client that closes now loses nothing.
    socket.on("end", () => socket.end())
    socket.on("close", () => {
      clearTimeout(closing)
      clearTimeout(timer)
      const answer = Buffer.concat(chunks).toString("utf8")
      const end = answer.indexOf("\r\n\r\n")
      const [head, body] = end === -1 ? [answer, ""] : [answer.slice(0, end), answer.slice(end + 4)]
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0), head, body, stuck })
    })
  })

/** A field of the response's head. */
export const fieldOf = ({ head }: Exchange, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim()
