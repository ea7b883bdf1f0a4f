import type { HttpServerRequest } from "@effect/platform"
import { Duration } from "effect"
import { HeaderStripped } from "../../errors/failure/Access.js"

/**
 * Where proxies and CGI put the header that they take away: Apache's rewriting (`REDIRECT_HTTP_AUTHORIZATION`), CGI's
 * variables handed on as headers, and the names that configurations use to save it.
 */
const substitutes = [
  "x-authorization",
  "x-original-authorization",
  "x-forwarded-authorization",
  "http-authorization",
  "http_authorization",
  "redirect-http-authorization",
  "redirect_http_authorization"
] as const

const bearer = /^\s*bearer\s+\S/i

/** How long after a token was given to a client the lack of one is remarkable. */
const memoryMillis = Duration.toMillis("1 hour")

/** Clients that are remembered; the oldest goes first. */
const maxClients = 256

/** When a client last got a token, and last showed that the header gets through; epoch milliseconds. */
interface Seen {
  readonly issuedAt: number
  readonly sentAt: number
}

const never: Seen = { issuedAt: Number.NEGATIVE_INFINITY, sentAt: Number.NEGATIVE_INFINITY }

/**
 * Notices that something between a client and us takes its `Authorization` header away. Two signs are taken for it:
 *
 * - the token stands in a header that only a proxy would write;
 * - a client that got a token from us within the hour comes without one, and has not sent the header in that time. A
 *   client is its address and its `User-Agent`, so that two apps behind one address are two.
 *
 * A mere lack of a token is no sign: probes, crawlers and clients that look around have none either. And whoever has
 * once sent the header and then does not, does it on purpose. What is remembered is this process's alone: after a
 * restart, the first refusals are plain ones.
 */
export class StrippedHeader {
  private readonly clients = new Map<string, Seen>()

  /** Remembers what a request that is over has shown; `issued` when it was answered with a token. */
  observe(request: HttpServerRequest.HttpServerRequest, address: string, issued: boolean, now: number): void {
    const sent = bearer.test(request.headers.authorization ?? "")
    if (!sent && !issued) return
    const client = clientOf(request, address)
    const seen = this.clients.get(client) ?? never
    this.clients.delete(client)
    this.clients.set(client, { issuedAt: issued ? now : seen.issuedAt, sentAt: sent ? now : seen.sentAt })
    const [oldest] = this.clients.keys()
    if (this.clients.size > maxClients && oldest !== undefined) this.clients.delete(oldest)
  }

  /** The failure of a request without a token that should have one, if anything says that it had. */
  suspect(request: HttpServerRequest.HttpServerRequest, address: string, now: number): HeaderStripped | undefined {
    const substitute = substitutes.find((name) => bearer.test(request.headers[name] ?? ""))
    if (substitute !== undefined) return new HeaderStripped({ sign: "substitute", header: substitute })
    const { issuedAt, sentAt } = this.clients.get(clientOf(request, address)) ?? never
    return now - issuedAt < memoryMillis && now - sentAt >= memoryMillis && looksLikeWork(request)
      ? new HeaderStripped({ sign: "recent_token" })
      : undefined
  }
}

const clientOf = (request: HttpServerRequest.HttpServerRequest, address: string): string =>
  `${address} ${(request.headers["user-agent"] ?? "").slice(0, 256)}`

/** A request as Micropub clients make it when they have a token: something to do, or a query. */
const looksLikeWork = ({ method, url }: HttpServerRequest.HttpServerRequest): boolean =>
  method === "POST" || /[?&]q=/.test(url)
