import type { HttpServerRequest } from "@effect/platform"
import { Duration } from "effect"
import { BoundedMap } from "../../domain/BoundedMap.js"
import { HeaderStripped } from "../../errors/Access.js"
import { bearerToken } from "./BearerToken.js"

/**
 * Headers that proxies and CGI use for a stripped header: Apache's rewriting (`REDIRECT_HTTP_AUTHORIZATION`), CGI
 * variables passed as headers, and names in common configurations.
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

/** Time after which a client with a new token is expected to have used it. */
const memoryMillis = Duration.toMillis("1 hour")

/** Maximum number of clients; the oldest is dropped first. */
const maxClients = 256

/** When a client last got a token, and last sent the header; epoch milliseconds. */
interface Seen {
  readonly issuedAt: number
  readonly sentAt: number
}

const never: Seen = { issuedAt: Number.NEGATIVE_INFINITY, sentAt: Number.NEGATIVE_INFINITY }

/**
 * Detects that something between client and server strips the `Authorization` header. There are two signs:
 *
 * - the token is in a header that only a proxy would set;
 * - a client that got a token within the hour comes without one, and has not sent the header in that time. A client is
 *   identified by its address and `User-Agent`, so that two apps behind one address are two clients.
 *
 * A missing token alone is no sign, because probes, crawlers and discovery requests have none either. A client that has
 * sent the header before omits it on purpose. The state is in memory only: after a restart, the first refusals are
 * ordinary ones.
 */
export class StrippedHeader {
  private readonly clients = new BoundedMap<string, Seen>(maxClients)

  /** Records a finished request; `issued` if the response had a token. */
  observe(request: HttpServerRequest.HttpServerRequest, address: string, issued: boolean, now: number): void {
    const sent = bearerToken(request.headers.authorization) !== undefined
    if (!sent && !issued) return
    const client = clientOf(request, address)
    const seen = this.clients.get(client) ?? never
    this.clients.set(client, { issuedAt: issued ? now : seen.issuedAt, sentAt: sent ? now : seen.sentAt })
  }

  /** The failure for a request without a token, if there is a sign that the header was stripped. */
  suspect(request: HttpServerRequest.HttpServerRequest, address: string, now: number): HeaderStripped | undefined {
    const substitute = substitutes.find((name) => bearerToken(request.headers[name]) !== undefined)
    if (substitute !== undefined) return new HeaderStripped({ sign: "substitute", header: substitute })
    const { issuedAt, sentAt } = this.clients.get(clientOf(request, address)) ?? never
    return now - issuedAt < memoryMillis && now - sentAt >= memoryMillis && looksLikeWork(request)
      ? new HeaderStripped({ sign: "recent_token" })
      : undefined
  }
}

const clientOf = (request: HttpServerRequest.HttpServerRequest, address: string): string =>
  `${address} ${(request.headers["user-agent"] ?? "").slice(0, 256)}`

/** Returns whether a Micropub client would send a token with this request: an action or a query. */
const looksLikeWork = ({ method, url }: HttpServerRequest.HttpServerRequest): boolean =>
  method === "POST" || /[?&]q=/.test(url)
