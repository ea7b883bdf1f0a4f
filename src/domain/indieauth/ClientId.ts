import { Either, Schema } from "effect"
import { isLoopbackHost } from "./Loopback.js"

/** An app's identifier: the normalised address of a page about it (IndieAuth §3.3), such as `https://app.example/`. */
export const ClientId = Schema.String.pipe(Schema.brand("ClientId"))

/** An app's identifier: the normalised address of a page about it (IndieAuth §3.3), such as `https://app.example/`. */
export type ClientId = typeof ClientId.Type

/** Why a text is no client_id. */
export const ClientIdFault = Schema.Literal(
  "malformed",
  "scheme",
  "insecure",
  "credentials",
  "fragment",
  "dot_segments",
  "host"
)

/** Why a text is no client_id. */
export type ClientIdFault = typeof ClientIdFault.Type

/** The longest address that is taken for a client or a redirect, in characters. */
export const maxAddressLength = 2048

/** What an address never holds as it is: controls, spaces, backslashes, and what is not ASCII. */
export const unsafeCharacters = /[^\x21-\x5b\x5d-\x7e]/

const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/** `URL.hostname` writes every IPv4 address in four decimal numbers, and IPv6 in brackets. */
const isIpAddress = (hostname: string): boolean => hostname.startsWith("[") || /^[\d.]+$/.test(hostname)

/**
 * Reads a `client_id`: https (http on this computer only), a host that is a name or loopback, and no user name, fragment
 * or dot segment. An address without a path stands for its root. Equal identifiers come out equal.
 */
export const decodeClientId = (given: string): Either.Either<ClientId, ClientIdFault> => {
  if (given.length > maxAddressLength || unsafeCharacters.test(given) || !URL.canParse(given)) {
    return Either.left("malformed")
  }
  const url = new URL(given)
  if (url.protocol !== "https:" && url.protocol !== "http:") return Either.left("scheme")
  if (!/^https?:\/\/[^/]/i.test(given)) return Either.left("malformed")
  if (given.includes("#")) return Either.left("fragment")
  if (url.username !== "" || url.password !== "" || authorityOf(given).includes("@")) return Either.left("credentials")
  if (dotSegment.test(pathOf(given))) return Either.left("dot_segments")
  const isLoopback = isLoopbackHost(url.hostname)
  if (isIpAddress(url.hostname) && !isLoopback) return Either.left("host")
  if (url.protocol === "http:" && !isLoopback) return Either.left("insecure")
  return Either.right(ClientId.make(url.href))
}

/** Whether the app runs on the computer of whoever signs in. Its address means something else here, so it is never asked. */
export const isLoopbackClient = (clientId: ClientId): boolean => isLoopbackHost(new URL(clientId).hostname)

const authorityOf = (address: string): string =>
  /^[^:]+:\/\/(?<authority>[^/?]*)/.exec(address)?.groups?.authority ?? ""

const pathOf = (address: string): string => (address.split("?", 1)[0] ?? "").replace(/^[^:]+:\/\/[^/]*/, "")
