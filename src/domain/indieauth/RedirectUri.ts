import { Either, Schema } from "effect"
import { type ClientId, isLoopbackClient, maxAddressLength, unsafeCharacters } from "./ClientId.js"
import { isLoopbackHost } from "./Loopback.js"

/** Why a text is not a valid redirect_uri. */
export const RedirectUriFault = Schema.Literal(
  "missing",
  "malformed",
  "scheme",
  "insecure",
  "credentials",
  "fragment",
  "reserved",
  "unpublished"
)

export type RedirectUriFault = typeof RedirectUriFault.Type

/** Schemes that browsers handle themselves instead of opening an app. */
const actingSchemes: ReadonlySet<string> = new Set(
  [
    [
      "javascript",
      "vbscript",
      "data",
      "blob",
      "about",
      "file",
      "filesystem",
      "view-source",
      "jar",
      "content",
      "intent"
    ],
    ["ftp", "ws", "wss", "mailto", "tel", "sms", "chrome", "resource", "moz-icon", "ms-appdata", "android-app"]
  ].flatMap((schemes) => schemes.map((scheme) => `${scheme}:`))
)

/** Parameters that the response adds. If the address had one already, programs could read the wrong one of two. */
const answerParameters = ["code", "state", "iss", "error", "error_description"]

const isWeb = (url: URL): boolean => url.protocol === "https:" || url.protocol === "http:"

/**
 * Parses a `redirect_uri`: https, http on loopback hosts only, or an app's own scheme; without user name and fragment
 * (RFC 6749 §3.1.2, RFC 8252 §7). `permitted` checks whether the client may use it.
 */
export const decodeRedirectUri = (given: string): Either.Either<URL, RedirectUriFault> => {
  if (given === "") return Either.left("missing")
  if (given.length > maxAddressLength || unsafeCharacters.test(given) || !URL.canParse(given)) {
    return Either.left("malformed")
  }
  const url = new URL(given)
  if (actingSchemes.has(url.protocol)) return Either.left("scheme")
  if (isWeb(url) && !/^https?:\/\/[^/]/i.test(given)) return Either.left("malformed")
  if (given.includes("#")) return Either.left("fragment")
  if (url.username !== "" || url.password !== "") return Either.left("credentials")
  if (answerParameters.some((name) => url.searchParams.has(name))) return Either.left("reserved")
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) return Either.left("insecure")
  return Either.right(url)
}

const isLoopback = (url: URL): boolean => isWeb(url) && isLoopbackHost(url.hostname)

/**
 * Compares redirect addresses. For loopback hosts the port is ignored, because an app uses the port that it gets (RFC
 * 8252 §7.3).
 */
const matches = (published: URL, asked: URL): boolean => {
  if (published.href === asked.href) return true
  if (!isLoopback(published) || !isLoopback(asked)) return false
  const anyPort = new URL(published)
  anyPort.port = asked.port
  return anyPort.href === asked.href
}

/**
 * Returns whether a client may use a redirect address: on the origin of its client_id, among its published addresses,
 * or, for a loopback client, on any loopback host. An app's own scheme has to be published.
 */
export const permitted = (clientId: ClientId, published: ReadonlyArray<string>, asked: URL): boolean => {
  if (published.some((address) => URL.canParse(address) && matches(new URL(address), asked))) return true
  if (!isWeb(asked)) return false
  if (new URL(clientId).origin === asked.origin) return true
  return isLoopbackClient(clientId) && isLoopback(asked)
}

/** Adds parameters to the query of an address; the existing query stays unchanged (RFC 6749 §3.1.2). */
export const withParameters = (address: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const added = Object.entries(parameters)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")
  if (!address.includes("?")) return `${address}?${added}`
  return /[?&]$/.test(address) ? `${address}${added}` : `${address}&${added}`
}
