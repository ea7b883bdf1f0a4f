import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { Effect } from "effect"
import { AbandonableResponse } from "./AbandonableResponse.js"
import { type SeatOptions, Seats } from "./Seats.js"

/** Answers a request, sooner or later. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Requests that may wait behind the one being answered on a connection. A client that sends more ahead (pipelining, which
 * no browser does) gets these answered in turn, and then the connection is closed: RFC 9112 §9.3.2 tells clients to expect
 * that and to send the rest again.
 */
const maxWaiting = 16

interface Owed {
  readonly request: IncomingMessage
  /** Whether its turn has come. */
  begun: boolean
}

/**
 * The connections of a server and the answers that are owed on them. It alone listens for requests: a handler may come
 * late (requests wait for it) and stays until the last connection is gone.
 *
 * Requests of one connection are begun one after another, each when the answer before it is sent: their answers leave in
 * that order anyway, and a client that sends thousands ahead gets no more of the server than one that waits.
 */
export class Connections {
  /** The answers that are owed on each connection, the earliest first. */
  private readonly sockets = new Map<Socket, Map<ServerResponse, Owed>>()
  /** Connections that end with an answer that is owed or given already: nothing else that comes on them is answered. */
  private readonly over = new WeakSet<Socket>()
  private readonly waiting: Array<Parameters<Handler>> = []
  private readonly gone: Promise<void>
  private handler: Handler | undefined
  private closing = false

  /** `refuse` answers requests that no handler should see, and says whether it did; `seats` says who may be connected. */
  constructor(
    private readonly server: Server,
    private readonly refuse: (request: IncomingMessage, response: ServerResponse) => boolean,
    seats: Omit<SeatOptions, "isIdle"> = { isProxy: () => false }
  ) {
    this.gone = new Promise((resolve) => server.once("close", resolve))
    const taken = new Seats({ ...seats, isIdle: (socket) => this.answerOn(socket) === "none" })
    server.on("connection", (socket: Socket) => {
      if (!taken.admit(socket)) return
      this.sockets.set(socket, new Map())
      socket.once("close", () => this.abandon(socket))
    })
    server.on("request", (request, response) => {
      if (this.over.has(request.socket)) return
      this.owe(request, response)
      this.next(request.socket)
    })
  }

  /** Open connections. */
  get size(): number {
    return this.sockets.size
  }

  /** Answers that are owed and not sent whole. */
  get inFlight(): number {
    let count = 0
    for (const owed of this.sockets.values()) count += owed.size
    return count
  }

  /** Whether an answer is owed on this connection, and if so, whether it has begun. */
  answerOn(socket: Socket): "none" | "owed" | "begun" {
    for (const response of this.sockets.get(socket)?.keys() ?? []) return response.headersSent ? "begun" : "owed"
    return "none"
  }

  /** Whether somebody on this connection is bringing files and has no answer yet. */
  isUploading(socket: Socket): boolean {
    for (const [response, { request }] of this.sockets.get(socket) ?? []) {
      if (response.headersSent) continue
      return /^multipart\/form-data\b/i.test(request.headers["content-type"] ?? "")
    }
    return false
  }

  /** Hands requests to this handler, those first that came before it. */
  attach(handler: Handler): void {
    this.handler = handler
    for (const [request, response] of this.waiting.splice(0)) if (!response.closed) handler(request, response)
  }

  /** From now on every answer says `Connection: close`, those that are owed included. */
  announceClosing(): void {
    this.closing = true
    for (const owed of this.sockets.values()) {
      for (const response of owed.keys()) if (!response.headersSent) response.shouldKeepAlive = false
    }
  }

  /** Takes no more connections and closes those that are idle; answers what still comes on the others. */
  stopAccepting(): void {
    this.announceClosing()
    this.server.close()
  }

  /** Closes connections on which nothing was ever sent: Node counts them as busy. Browsers open such ahead of need. */
  closeUnused(): void {
    for (const socket of this.sockets.keys()) if (socket.bytesRead === 0) socket.destroy()
  }

  /** Closes every connection, whatever is owed on it. */
  closeAll(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  /** Waits until the server no longer listens and the last connection is gone. */
  readonly closed: Effect.Effect<void> = Effect.promise(() => this.gone)

  private owe(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    const owed = this.sockets.get(socket)
    owed?.set(response, { request, begun: false })
    if (this.closing) response.shouldKeepAlive = false
    if (owed !== undefined && owed.size > maxWaiting) {
      // The last one that is answered on this connection; Node closes it after an answer that says so.
      response.shouldKeepAlive = false
      this.over.add(socket)
    }
    response.once("close", () => {
      owed?.delete(response)
      if (!socket.writable && response instanceof AbandonableResponse) response.abandon()
      this.next(socket)
      // An answer that had begun before the closing was announced leaves its connection open and idle.
      if (this.closing && !this.server.listening) setImmediate(() => this.server.closeIdleConnections())
    })
  }

  /** Begins the earliest request of a connection that is still open, unless it has begun. */
  private next(socket: Socket): void {
    if (!socket.writable) return
    for (const [response, answer] of this.sockets.get(socket) ?? []) {
      if (!answer.begun) this.begin(response, answer)
      break
    }
    // Node reads on when a request is whole, so it is told to stop when it is done with all that it has read.
    if (this.over.has(socket)) process.nextTick(() => socket.pause())
  }

  private begin(response: ServerResponse, answer: Owed): void {
    const { request } = answer
    answer.begun = true
    // The place for pages that are answered from a cache, before any fiber is made.
    if (this.refuse(request, response)) {
      this.over.add(request.socket)
      this.sockets.get(request.socket)?.forEach((owed, waiting) => {
        if (!owed.begun) this.sockets.get(request.socket)?.delete(waiting)
      })
    } else if (this.handler === undefined) this.waiting.push([request, response])
    else this.handler(request, response)
  }

  /** Gives up what is still owed on a connection that is gone. Requests whose turn never came were never begun. */
  private abandon(socket: Socket): void {
    const owed = this.sockets.get(socket)
    this.sockets.delete(socket)
    for (const [response, { begun }] of owed ?? []) {
      if (begun && response instanceof AbandonableResponse) response.abandon()
    }
  }
}

/** Lets the event loop take in once what has already arrived, connections and requests alike. */
export const takeInArrived: Effect.Effect<void> = Effect.async((resume) => {
  setImmediate(() => setImmediate(() => resume(Effect.void)))
})
