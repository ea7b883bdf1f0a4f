import type { LookupFunction } from "node:net"
import { Effect } from "effect"
import type * as Undici from "undici"
import { OutboundFailed, type OutboundFailure, OutboundRefused } from "../../src/errors/Outbound.js"
import type { OutboundRequest, OutboundResponse } from "../../src/services/SafeHttp.js"
import { codeOf } from "../files/ErrorCode.js"

/** One request over one connection, without redirects. */
export interface Hop {
  readonly url: URL
  readonly method: NonNullable<OutboundRequest["method"]>
  readonly headers: Readonly<Record<string, string>>
  readonly form: OutboundRequest["form"]
  readonly maxBytes: number
  readonly mayCut: boolean
  /** Timeout of the connection; interruption ends everything else. */
  readonly connectMillis: number
  /** Resolves the addresses to connect to, or throws `AddressRefused`. */
  readonly lookup: LookupFunction
}

/** Thrown by a connection's DNS lookup: the name resolves to a forbidden address. */
export class AddressRefused extends Error {}

/** Thrown while a body is read. */
class BodyTooLarge extends Error {}

/** Thrown if a response cannot be decoded. */
class Unreadable extends Error {}

const redirecting = new Set([301, 302, 303, 307, 308])

/** Returns whether a response is a redirect. */
export const isRedirect = ({ headers, status }: Pick<OutboundResponse, "headers" | "status">): boolean =>
  redirecting.has(status) && headers.location !== undefined

/** Sends one request on its own connection, which is closed when the effect ends. */
export const exchange = (undici: typeof Undici, hop: Hop): Effect.Effect<OutboundResponse, OutboundFailure> =>
  Effect.acquireUseRelease(
    Effect.try({ try: () => connection(undici, hop), catch: failureAt(hop.url) }),
    (client) => Effect.tryPromise({ try: (signal) => answerOf(client, hop, signal), catch: failureAt(hop.url) }),
    (client) => Effect.sync(() => client.destroy(null, () => {}))
  )

const connection = (undici: typeof Undici, { connectMillis, lookup, url }: Hop) =>
  new undici.Client(url.origin, {
    pipelining: 0,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup, timeout: connectMillis }
  })

const answerOf = async (client: Undici.Client, hop: Hop, signal: AbortSignal): Promise<OutboundResponse> => {
  const { form, maxBytes, mayCut, method, url } = hop
  const answer = await client.request({
    path: `${url.pathname}${url.search}`,
    method,
    headers: form === undefined ? hop.headers : { ...hop.headers, "content-type": "application/x-www-form-urlencoded" },
    body: form === undefined ? null : new URLSearchParams(form).toString(),
    signal
  })
  const headers = joined(answer.headers)
  const head = { url: url.href, status: answer.statusCode, headers }
  if (isRedirect(head) || method === "HEAD") {
    // The body of a redirect is not needed.
    answer.body.on("error", () => {}).destroy()
    return { ...head, body: new Uint8Array(), text: "" }
  }
  if ((headers["content-encoding"] ?? "identity") !== "identity") throw new Unreadable()
  const chunks: Array<Uint8Array> = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > maxBytes && !mayCut) throw new BodyTooLarge()
    chunks.push(size > maxBytes ? chunk.subarray(0, chunk.length - (size - maxBytes)) : chunk)
    // Leaving the loop closes the connection.
    if (size > maxBytes) break
  }
  const body = new Uint8Array(Buffer.concat(chunks))
  return { ...head, body, text: new TextDecoder().decode(body) }
}

const joined = (headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === "string" ? value : value.join(", ")]]
    )
  )

/** Maps error codes of Node and undici to reasons (Node.js API, Errors; undici, Errors). */
const reasons: ReadonlyArray<readonly [RegExp, OutboundFailed["reason"]]> = [
  [/^(?:ENOTFOUND|ENODATA|EAI_\w+|ESERVFAIL|ETIMEOUT|EREFUSED|EBADNAME|EBADRESP|EFORMERR|ENOTIMP)$/, "name"],
  [/^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$|^ETIMEDOUT$/, "timeout"],
  [/^(?:ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/, "tls"],
  [/^(?:UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW)$/, "too_large"],
  [/^HTTPParserError$|^HPE_|^UND_ERR_RES/, "malformed"]
]

const failureAt =
  (url: URL) =>
  (error: unknown): OutboundFailure => {
    const host = url.hostname
    if (error instanceof AddressRefused) return new OutboundRefused({ host, reason: "address" })
    if (error instanceof BodyTooLarge) return new OutboundFailed({ host, reason: "too_large" })
    if (error instanceof Unreadable) return new OutboundFailed({ host, reason: "malformed" })
    // Some errors of undici's parser have no code.
    const code = codeOf(error) || (error instanceof Error ? error.name : "")
    // A header or a method that is not valid in HTTP.
    if (code === "UND_ERR_INVALID_ARG") return new OutboundRefused({ host, reason: "malformed" })
    return new OutboundFailed({ host, reason: reasons.find(([pattern]) => pattern.test(code))?.[1] ?? "connection" })
  }
