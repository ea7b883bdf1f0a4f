import { Either, Schema } from "effect"
import { type ClientId, isLoopbackClient, maxAddressLength, unsafeCharacters } from "./ClientId.js"
import { isLoopbackHost } from "./Loopback.js"

/** Why a text is no address that anybody may be sent to after signing in. */
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

/** Why a text is no address that anybody may be sent to after signing in. */
export type RedirectUriFault = typeof RedirectUriFault.Type

/** Schemes that browsers act on themselves, instead of handing the address to an app. */
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

/** What an answer adds to the address: where one is there already, programs may read the wrong one of two. */
const answerParameters = ["code", "state", "iss", "error", "error_description"]

const isWeb = (url: URL): boolean => url.protocol === "https:" || url.protocol === "http:"

/**
 * Reads a `redirect_uri`: https, http on this computer only, or an app's own scheme; without user name and fragment
 * (RFC 6749 §3.1.2, RFC 8252 §7). Whether the client may use it is for `permitted` to say.
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

/** The same address; on this computer at any port, since an app there takes the one it gets (RFC 8252 §7.3). */
const matches = (published: URL, asked: URL): boolean => {
  if (published.href === asked.href) return true
  if (!isLoopback(published) || !isLoopback(asked)) return false
  const anyPort = new URL(published)
  anyPort.port = asked.port
  return anyPort.href === asked.href
}

/**
 * Whether a client may have people sent there: where its client_id lives, to an address it publishes as its own, and, for
 * a client on this computer, anywhere on this computer. An app's own scheme has to be published.
 */
export const permitted = (clientId: ClientId, published: ReadonlyArray<string>, asked: URL): boolean => {
  if (published.some((address) => URL.canParse(address) && matches(new URL(address), asked))) return true
  if (!isWeb(asked)) return false
  if (new URL(clientId).origin === asked.origin) return true
  return isLoopbackClient(clientId) && isLoopback(asked)
}

/** The address with more parameters in its query; what stands there already is kept as it is (RFC 6749 §3.1.2). */
export const withParameters = (address: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const added = Object.entries(parameters)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")
  if (!address.includes("?")) return `${address}?${added}`
  return /[?&]$/.test(address) ? `${address}${added}` : `${address}&${added}`
}
