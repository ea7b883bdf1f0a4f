import type { IncomingMessage } from "node:http"
import type { RequestId } from "../../src/domain/RequestId.js"
import { unsafeRequestId } from "../../src/services/Correlation.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import type { TrustedProxies } from "../../src/services/TrustedProxies.js"
import { idFrom } from "../../src/web/http/Client.js"

/** Sender of a request that is answered before a fiber exists. */
export interface Sender {
  /** The peer's address; empty if the connection has none. */
  readonly peer: string
  /** The client's address, as the trusted proxies report it. */
  readonly client: string
}

/** Reads the sender from the connection and the headers. */
export const senderOf = (proxies: TrustedProxies["Type"], { headers, socket }: IncomingMessage): Sender => {
  const peer = socket.remoteAddress ?? ""
  const forwarded = headers["x-forwarded-for"]
  return {
    peer,
    client: proxies.clientAddress(peer, typeof forwarded === "string" ? forwarded : forwarded?.join(", "))
  }
}

/** The request id that a trusted hop sent, or a new one. */
export const requestIdOf = (
  proxies: TrustedProxies["Type"],
  random: SecureRandom["Type"],
  { headers }: IncomingMessage,
  { peer }: Sender
): RequestId => idFrom(proxies, peer, headers["x-request-id"]) ?? unsafeRequestId(random)
