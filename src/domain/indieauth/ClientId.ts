import { Either, Schema } from "effect"
import { isLoopbackHost } from "./Loopback.js"

/** Identifier of an app: the normalized address of a page about it (IndieAuth §3.3), such as `https://app.example/`. */
export const ClientId = Schema.String.pipe(Schema.brand("ClientId"))

export type ClientId = typeof ClientId.Type

/** Why a text is not a valid client_id. */
export const ClientIdFault = Schema.Literal(
  "malformed",
  "scheme",
  "insecure",
  "credentials",
  "fragment",
  "dot_segments",
  "host"
)

export type ClientIdFault = typeof ClientIdFault.Type

/** Maximum length of a client's address or redirect in characters. */
export const maxAddressLength = 2048

/**
 * Characters that an address must not contain unencoded: control characters, spaces, backslashes, and anything but
 * ASCII.
 */
export const unsafeCharacters = /[^\x21-\x5b\x5d-\x7e]/

const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/** `URL.hostname` writes every IPv4 address as four decimal numbers, and IPv6 in brackets. */
const isIpAddress = (hostname: string): boolean => hostname.startsWith("[") || /^[\d.]+$/.test(hostname)

/**
 * Parses a `client_id`: https (http for loopback hosts only), a domain name or a loopback host, and no user name,
 * fragment or dot segment. An address without a path gets the path `/`. Equal identifiers have equal results.
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

/**
 * Returns whether the app runs on the user's own computer. Its address means another machine here, so it is never
 * fetched.
 */
export const isLoopbackClient = (clientId: ClientId): boolean => isLoopbackHost(new URL(clientId).hostname)

const authorityOf = (address: string): string =>
  /^[^:]+:\/\/(?<authority>[^/?]*)/.exec(address)?.groups?.authority ?? ""

const pathOf = (address: string): string => (address.split("?", 1)[0] ?? "").replace(/^[^:]+:\/\/[^/]*/, "")
