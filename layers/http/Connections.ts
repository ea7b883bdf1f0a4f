import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { Effect } from "effect"
import { AbandonableResponse } from "./AbandonableResponse.js"
import { Lingering } from "./Lingering.js"
import { type Owed, PendingResponses } from "./PendingResponses.js"
import { type SeatOptions, Seats } from "./Seats.js"

/** Handles a request and sends its response at any time. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Answers a request in place of the handler, at once or later, and returns whether it does. It may still pass the
 * request to `handle`.
 */
export type EarlyAnswer = (request: IncomingMessage, response: ServerResponse, handle: Handler) => boolean

/**
 * Maximum number of requests that wait behind the current one on a connection. If a client pipelines more (no browser
 * does), these are answered in order and then the connection is closed; RFC 9112 §9.3.2 tells clients to expect that
 * and to send the rest again.
 */
const maxWaiting = 16

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0

/**
 * Open connections of a server and their pending responses. It is the only listener for requests: a handler may be
 * attached later (requests wait for it) and stays until the last connection is closed.
 *
 * Requests on one connection are handled one after another, each after the response before it is sent. The responses
 * have to be sent in that order anyway, and a client that pipelines thousands of requests gets no more of the server
 * than one that waits.
 */
export class Connections {
  /** Pending responses of each connection. */
  private readonly sockets = new Map<Socket, PendingResponses>()
  /** Connections that are closed after a pending or sent response; later requests on them are ignored. */
  private readonly over = new WeakSet<Socket>()
  /** Connections whose bodies are read through the stream of their socket. */
  private readonly heldBack = new WeakSet<Socket>()
  private readonly waiting: Array<Parameters<Handler>> = []
  private readonly lingering = new Lingering()
  private readonly gone: Promise<void>
  /** Listener of responses: one function for all, because a closure for each would be most of what a request allocates here. */
  private readonly onClosed: (this: ServerResponse) => void
  private handler: Handler | undefined
  private closing = false

  /**
   * `refuse` answers invalid requests, and returns whether it did; `seats` limits connections; `answerEarly` may answer
   * in place of the handler; `pass` passes all other requests to the handler, or refuses them.
   */
  constructor(
    private readonly server: Server,
    private readonly refuse: (request: IncomingMessage, response: ServerResponse) => boolean,
    seats: Omit<SeatOptions, "isIdle"> = { isProxy: () => false },
    private readonly answerEarly: EarlyAnswer = () => false,
    private readonly pass: (request: IncomingMessage, response: ServerResponse, handle: Handler) => void = (
      request,
      response,
      handle
    ) => handle(request, response)
  ) {
    this.gone = new Promise((resolve) => server.once("close", resolve))
    const isOver = (response: ServerResponse) => this.settle(response)
    this.onClosed = function () {
      isOver(this)
    }
    const taken = new Seats({ ...seats, isIdle: (socket) => this.answerOn(socket) === "none" })
    server.on("connection", (socket: Socket) => {
      if (!taken.admit(socket)) return
      this.sockets.set(socket, new PendingResponses())
      this.closeGently(socket)
      socket.once("close", () => this.abandon(socket))
    })
    server.on("request", (request, response) => {
      if (this.over.has(request.socket)) return
      if (hasBody(request)) this.holdBack(request.socket)
      this.owe(request, response)
      this.next(request.socket)
    })
  }

  /** Number of open connections. */
  get size(): number {
    return this.sockets.size
  }

  /** Number of responses that are not completely sent. */
  get inFlight(): number {
    let count = 0
    for (const owed of this.sockets.values()) count += owed.size
    return count
  }

  /** State of the current response on a connection: none, pending, or begun. */
  answerOn(socket: Socket): "none" | "owed" | "begun" {
    const first = this.sockets.get(socket)?.first
    return first === undefined ? "none" : first.response.headersSent ? "begun" : "owed"
  }

  /** Returns whether a connection has an upload without a response yet. */
  isUploading(socket: Socket): boolean {
    const owed = this.sockets.get(socket)?.all.find(({ response }) => !response.headersSent)
    return owed !== undefined && /^multipart\/form-data\b/i.test(owed.request.headers["content-type"] ?? "")
  }

  /** Passes requests to this handler, first those that arrived before it. */
  attach(handler: Handler): void {
    this.handler = handler
    for (const [request, response] of this.waiting.splice(0)) if (!response.closed) handler(request, response)
  }

  /** Adds `Connection: close` to all responses from now on, pending ones included. */
  announceClosing(): void {
    this.closing = true
    for (const owed of this.sockets.values()) {
      for (const { response } of owed.all) if (!response.headersSent) response.shouldKeepAlive = false
    }
  }

  /** Accepts no more connections and closes idle ones; still answers requests on the others. */
  stopAccepting(): void {
    this.announceClosing()
    this.server.close()
  }

  /**
   * Closes connections on which nothing was ever sent, which Node counts as busy. Browsers open such connections in
   * advance.
   */
  closeUnused(): void {
    for (const socket of this.sockets.keys()) if (socket.bytesRead === 0) socket.destroy()
  }

  /** Closes every connection, with or without pending responses. */
  closeAll(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  /** Waits until the server no longer listens and the last connection is closed. */
  readonly closed: Effect.Effect<void> = Effect.promise(() => this.gone)

  /**
   * Reads the bodies of a connection through the stream of its socket. Otherwise Node's parser reads from the
   * connection itself. If the end of one body and the start of the next arrive together, the parser then continues
   * although it was paused, so all of the second body is in memory before its handler reads it. A `data` listener makes
   * it use the stream.
   */
  private holdBack(socket: Socket): void {
    if (this.heldBack.has(socket)) return
    this.heldBack.add(socket)
    socket.on("data", () => {})
  }

  /**
   * Ends the response side of a connection, and lets `Lingering` close it. Node would call `destroySoon` even while the
   * client is still sending.
   */
  private closeGently(socket: Socket): void {
    const destroySoon = socket.destroySoon.bind(socket)
    socket.destroySoon = () => {
      const current = this.sockets.get(socket)?.first
      if (current === undefined || current.request.complete) return destroySoon()
      this.over.add(socket)
      this.lingering.close(socket, current.request)
    }
  }

  private owe(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    const owed = this.sockets.get(socket)
    owed?.add({ request, response, begun: false })
    if (this.closing) response.shouldKeepAlive = false
    if (owed !== undefined && owed.size > maxWaiting) {
      // The last request that is answered on this connection; Node closes it after the response.
      response.shouldKeepAlive = false
      this.over.add(socket)
    }
    response.on("close", this.onClosed)
  }

  /** A response is sent, or its connection is closed. */
  private settle(response: ServerResponse): void {
    const { socket } = response.req
    this.sockets.get(socket)?.remove(response)
    if (!socket.writable && response instanceof AbandonableResponse) response.abandon()
    this.next(socket)
    // A response that had begun before the announcement leaves its connection open and idle.
    if (this.closing && !this.server.listening) setImmediate(() => this.server.closeIdleConnections())
  }

  /** Begins the earliest request of an open connection, unless it has begun. */
  private next(socket: Socket): void {
    if (!socket.writable) return
    const first = this.sockets.get(socket)?.first
    if (first?.begun === false) this.begin(first)
    // Node continues to read when a request is complete, so the pause has to come after it is done.
    if (this.over.has(socket)) process.nextTick(() => socket.pause())
  }

  private begin(owed: Owed): void {
    const { request, response } = owed
    owed.begun = true
    if (this.refuse(request, response)) {
      this.over.add(request.socket)
      this.sockets.get(request.socket)?.dropWaiting()
    } else if (this.closing || !this.answerEarly(request, response, this.handle)) this.handle(request, response)
  }

  private readonly handle: Handler = (request, response) => {
    if (this.handler === undefined) this.waiting.push([request, response])
    else this.pass(request, response, this.handler)
  }

  /** Abandons the pending responses of a closed connection. Requests that have not begun need no clean-up. */
  private abandon(socket: Socket): void {
    const owed = this.sockets.get(socket)
    this.sockets.delete(socket)
    for (const { begun, response } of owed?.all ?? []) {
      if (begun && response instanceof AbandonableResponse) response.abandon()
    }
  }
}

/** Waits until the event loop has processed connections and requests that have already arrived. */
export const takeInArrived: Effect.Effect<void> = Effect.async((resume) => {
  setImmediate(() => setImmediate(() => resume(Effect.void)))
})
