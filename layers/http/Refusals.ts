import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import { Clock, Effect, Runtime } from "effect"
import { AddressMalformed } from "../../src/errors/Address.js"
import type { Failure } from "../../src/errors/Failure.js"
import {
  BodyTooLarge,
  ExpectationUnsupported,
  HeadersTooLarge,
  RequestMalformed,
  RequestTimedOut
} from "../../src/errors/Request.js"
import { countRequest } from "../../src/metrics/Http.js"
import { annotateRequest, makeRequestId } from "../../src/services/Correlation.js"
import { Logger } from "../../src/services/Logger.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import { Settings } from "../../src/settings/Config.js"
import { loggablePath } from "../../src/web/http/AccessLog.js"
import { problem } from "../../src/web/http/ErrorResponse.js"
import { publicPage } from "../../src/web/http/RoutePolicy.js"
import { securityHeaders } from "../../src/web/http/SecurityHeaders.js"
import type { Connections } from "./Connections.js"
import { limits } from "./HttpLimits.js"

/** How long a refused client may continue to send before its connection is cut, so that it receives the answer. */
const lingerMillis = 1_000

/** The failure for an error of Node's parser; `undefined` if no answer is possible. */
const failureOf = (error: NodeJS.ErrnoException): Failure | undefined => {
  if (error.code === "HPE_HEADER_OVERFLOW") return new HeadersTooLarge({ limitBytes: limits.maxHeaderSize })
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") return new RequestTimedOut()
  if (error.code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return new BodyTooLarge({})
  return error.code?.startsWith("HPE_") === true ? new RequestMalformed({ reason: "syntax" }) : undefined
}

/** A host, or nothing, and an optional port (RFC 9112 §3.2); no comma, which proxies treat as a list separator. */
const hostPattern = /^(?:[\w.~!$&'()*+;=%-]*|\[[\da-f:.]+(?:%25[\w.~-]+)?\])(?::\d*)?$/i

/**
 * The failure of a request that Node accepts but a proxy may interpret differently: unknown versions, several hosts
 * (Node keeps the first) or none (allowed in HTTP/1.0 only), chunks in HTTP/1.0 (RFC 9112 §6.1), and more headers than
 * Node passes on.
 */
const faultOf = ({ headers, httpVersion, rawHeaders }: IncomingMessage): Failure | undefined => {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") return new RequestMalformed({ reason: "syntax" })
  if (rawHeaders.length > 2 * limits.maxHeadersCount) return new HeadersTooLarge({ limitBytes: limits.maxHeaderSize })
  if (httpVersion === "1.0" && headers["transfer-encoding"] !== undefined)
    return new RequestMalformed({ reason: "syntax" })
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === "host") hosts++
  }
  const isSound = hosts === 0 ? httpVersion === "1.0" : hosts === 1 && hostPattern.test(headers.host ?? "")
  return isSound ? undefined : new RequestMalformed({ reason: "host" })
}

/** Fields of the `http.access` line of a refused request, as far as they are known. */
interface Refused {
  readonly method?: string | undefined
  readonly path?: string | undefined
  readonly client_address: string | undefined
}

const requested = ({ method, socket, url = "" }: IncomingMessage): Refused => ({
  method,
  path: loggablePath(url),
  client_address: socket.remoteAddress
})

/** The answer to a refused request. */
interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const send = (response: ServerResponse, { body, headers, status }: Answer): void => {
  response.writeHead(status, headers).end(body)
}

/** Sends an answer on a connection that Node no longer handles. */
const sendRaw = (socket: Duplex, { body, headers, status }: Answer): void => {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...fields, "", body].join("\r\n"))
}

/** Refuses requests that never reach a route. Each gets an id, a response and a log line, like all other requests. */
export interface Refusals {
  /** Refuses a request that Node accepts; returns whether it did. */
  readonly request: (request: IncomingMessage, response: ServerResponse) => boolean
  /** From now on, refuses input that Node rejects before it becomes a request. */
  readonly attach: (server: Server, connections: Connections) => void
}

/** Refusals with the texts of the error catalogue. */
export const make: Effect.Effect<Refusals, never, Settings | Logger | SecureRandom> = Effect.gen(function* () {
  const settings = yield* Settings
  const { siteUrl } = settings
  // The path is not always known, so the answer has the headers of a page.
  const security = Object.fromEntries(securityHeaders(settings)(publicPage))
  const log = (yield* Logger).named("starpunk.http")
  const fork = Runtime.runFork(yield* Effect.runtime<SecureRandom>())
  const answered = new WeakSet<Duplex>()

  const refuse = (refused: Refused, message: string, failure: Failure, answer: (answer: Answer) => void) =>
    fork(
      Effect.gen(function* () {
        const id = yield* makeRequestId
        const info = failure.info
        const body = JSON.stringify(problem({ url: siteUrl }, info, id))
        answer({
          status: info.status,
          headers: {
            Date: new Date(yield* Clock.currentTimeMillis).toUTCString(),
            "Content-Type": "application/problem+json",
            "Content-Length": String(Buffer.byteLength(body)),
            "Cache-Control": "no-store",
            "X-Request-ID": id,
            ...(info.retryAfter === undefined ? {} : { "Retry-After": String(info.retryAfter) }),
            ...security,
            Connection: "close"
          },
          body
        })
        // Other broken requests are counted by their route. This one ends here.
        if (message === "http.access") {
          countRequest({ method: refused.method, status: info.status, seconds: 0, code: info.code })
        }
        const fields = { ...refused, status: info.status, error_code: info.code, aborted: false }
        yield* log.info(message, fields).pipe(annotateRequest(id))
      })
    )

  const refuseRequest = (request: IncomingMessage, response: ServerResponse, failure: Failure) => {
    refuse(requested(request), "http.access", failure, (answer) => send(response, answer))
  }

  const refuseRaw = (socket: Duplex, refused: Refused, message: string, failure: Failure) => {
    answered.add(socket)
    socket.on("error", () => socket.destroy())
    const timer = setTimeout(() => socket.destroy(), lingerMillis)
    socket.once("close", () => clearTimeout(timer))
    refuse(refused, message, failure, (answer) => sendRaw(socket, answer))
  }

  return {
    request: (request, response) => {
      const fault = faultOf(request)
      if (fault !== undefined) refuseRequest(request, response, fault)
      return fault !== undefined
    },
    attach: (server, connections) => {
      server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
        if (answered.has(socket)) return
        // An upload over a slow line takes long; its reader checks that it makes progress (`Multipart`).
        if (error.code === "ERR_HTTP_REQUEST_TIMEOUT" && connections.isUploading(socket)) return
        const failure = failureOf(error)
        const answer = connections.answerOn(socket)
        if (failure === undefined || answer === "begun" || socket.bytesRead === 0 || !socket.writable) {
          socket.destroy()
          return
        }
        // A request that a route handles gets its access line there.
        const message = answer === "owed" ? "Request aborted" : "http.access"
        refuseRaw(socket, { client_address: socket.remoteAddress }, message, failure)
      })
      server.on("checkExpectation", (request, response) =>
        refuseRequest(request, response, new ExpectationUnsupported())
      )
      server.on("connect", (request, socket) =>
        refuseRaw(socket, requested(request), "http.access", new AddressMalformed({ reason: "form" }))
      )
    }
  }
})
