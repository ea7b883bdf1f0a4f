import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import { Clock, Effect, Runtime } from "effect"
import { errorInfo } from "../../src/errors/Catalogue.js"
import {
  AddressMalformed,
  BodyTooLarge,
  ExpectationUnsupported,
  HeadersTooLarge,
  type HttpFailure,
  RequestMalformed,
  RequestTimedOut
} from "../../src/errors/failure/Http.js"
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

/** How long a client that was refused may go on sending before its connection is cut: it should hear the answer first. */
const lingerMillis = 1_000

/** What Node's parser stumbled over, as we call it; nothing when there is nobody left to tell. */
const failureOf = (error: NodeJS.ErrnoException): HttpFailure | undefined => {
  if (error.code === "HPE_HEADER_OVERFLOW") return new HeadersTooLarge({ limitBytes: limits.maxHeaderSize })
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") return new RequestTimedOut()
  if (error.code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return new BodyTooLarge({})
  return error.code?.startsWith("HPE_") === true ? new RequestMalformed({ reason: "syntax" }) : undefined
}

/** A host, or nothing, and perhaps a port (RFC 9112 §3.2); no comma, which proxies take for a list. */
const hostPattern = /^(?:[\w.~!$&'()*+;=%-]*|\[[\da-f:.]+(?:%25[\w.~-]+)?\])(?::\d*)?$/i

/**
 * What Node takes and another program before us may have understood otherwise: versions that are not ours, several hosts
 * (Node keeps the first) or none (which HTTP/1.0 alone may do), chunks in HTTP/1.0 (RFC 9112 §6.1), and more fields than
 * Node hands on.
 */
const faultOf = ({ headers, httpVersion, rawHeaders }: IncomingMessage): HttpFailure | undefined => {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") return new RequestMalformed({ reason: "syntax" })
  if (rawHeaders.length > 2 * limits.maxHeadersCount) return new HeadersTooLarge({ limitBytes: limits.maxHeaderSize })
  if (httpVersion === "1.0" && headers["transfer-encoding"] !== undefined)
    return new RequestMalformed({ reason: "syntax" })
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === "host") hosts++
  }
  const isSound = hosts === 0 ? httpVersion === "1.0" : hosts === 1 && hostPattern.test(headers.host ?? "")
  return isSound ? undefined : new RequestMalformed({ reason: "host" })
}

/** What is written down of a refused request: the fields of every `http.access` line, as far as they are known. */
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

/** The answer on a connection that Node has given up on. */
const sendRaw = (socket: Duplex, { body, headers, status }: Answer): void => {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...fields, "", body].join("\r\n"))
}

/** Refuses requests that never become one for the routes; each is answered, logged and given an id like all others. */
export interface Refusals {
  /** Refuses a request that Node takes and we do not; says whether it did. */
  readonly request: (request: IncomingMessage, response: ServerResponse) => boolean
  /** From now on refuses whatever Node finds without making it a request. */
  readonly attach: (server: Server, connections: Connections) => void
}

/** Refusals in the words of the catalogue. */
export const make: Effect.Effect<Refusals, never, Settings | Logger | SecureRandom> = Effect.gen(function* () {
  const settings = yield* Settings
  const { siteUrl } = settings
  // What was asked for is not always known, so the answer says what a page's would.
  const security = Object.fromEntries(securityHeaders(settings)(publicPage))
  const log = (yield* Logger).named("starpunk.http")
  const fork = Runtime.runFork(yield* Effect.runtime<SecureRandom>())
  const answered = new WeakSet<Duplex>()

  const refuse = (refused: Refused, message: string, failure: HttpFailure, answer: (answer: Answer) => void) =>
    fork(
      Effect.gen(function* () {
        const id = yield* makeRequestId
        const info = errorInfo(failure)
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
        // Whatever else is broken off is counted by the route that is at work on it. This is over as soon as it is seen.
        if (message === "http.access") {
          countRequest({ method: refused.method, status: info.status, seconds: 0, code: info.code })
        }
        const fields = { ...refused, status: info.status, error_code: info.code, aborted: false }
        yield* log.info(message, fields).pipe(annotateRequest(id))
      })
    )

  const refuseRequest = (request: IncomingMessage, response: ServerResponse, failure: HttpFailure) => {
    refuse(requested(request), "http.access", failure, (answer) => send(response, answer))
  }

  const refuseRaw = (socket: Duplex, refused: Refused, message: string, failure: HttpFailure) => {
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
        // A film over a slow line takes longer than any text. Whoever reads it watches that it goes on (`Multipart`).
        if (error.code === "ERR_HTTP_REQUEST_TIMEOUT" && connections.isUploading(socket)) return
        const failure = failureOf(error)
        const answer = connections.answerOn(socket)
        if (failure === undefined || answer === "begun" || socket.bytesRead === 0 || !socket.writable) {
          socket.destroy()
          return
        }
        // A request that a route is at work on gets its access line from there.
        const message = answer === "owed" ? "Request broken off" : "http.access"
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
