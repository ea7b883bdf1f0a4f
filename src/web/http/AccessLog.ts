import type { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { setupPath } from "../../domain/login/SetupLink.js"
import { decodedPath } from "./Address.js"

/** What is known of a request when it is over. */
export interface Access {
  readonly request: HttpServerRequest.HttpServerRequest
  /** Absent when the client left before there was one. */
  readonly response: HttpServerResponse.HttpServerResponse | undefined
  /** The template of the route that answered, such as `/notes/:slug`. */
  readonly route: string | undefined
  /** The code of the failure that was answered. */
  readonly errorCode: string | undefined
  /** The client's address, seen through our own proxies. */
  readonly client: string
  /** From the request's arrival until the last byte was handed to the connection, in nanoseconds. */
  readonly durationNanos: bigint
  /** Whether the client left before it had its answer. */
  readonly aborted: boolean
}

/** The fields of the one `http.access` line that every request gets. Values that may be secrets are masked. */
export const accessFields = (access: Access): Readonly<Record<string, unknown>> => ({
  method: access.request.method,
  route: access.route,
  path: loggablePath(access.request.originalUrl),
  status: access.response?.status ?? 499,
  duration_ms: Number(access.durationNanos / 1000n) / 1000,
  bytes_out: bytesOut(access),
  client_address: access.client,
  user_agent: access.request.headers["user-agent"]?.slice(0, 256),
  error_code: access.errorCode,
  aborted: access.aborted
})

const longest = 512
const plain = /^[\x21-\x3e\x40-\x7e]*$/
const secretName = /code|token|secret|state|verifier|password|key|signature|nonce|session/i

/** A request target for the log: setup keys and secrets in the query masked, printable ASCII only, cut when it is long. */
export const loggablePath = (target: string): string => {
  if (decodedPath(target).startsWith(setupPath)) return `${setupPath}***`
  if (target.length <= longest && plain.test(target)) return target
  const [path = "", query] = split(target.slice(0, 8 * longest))
  const masked = query === undefined ? path : `${path}?${query.split("&").map(maskPair).join("&")}`
  const printable = masked.replace(/[^\x21-\x7e]/g, escapeCharacter)
  return printable.length > longest ? `${printable.slice(0, longest)}...` : printable
}

const split = (target: string): readonly [string, string | undefined] => {
  const at = target.indexOf("?")
  return at === -1 ? [target, undefined] : [target.slice(0, at), target.slice(at + 1)]
}

const maskPair = (pair: string): string => {
  const at = pair.indexOf("=")
  return at !== -1 && secretName.test(pair.slice(0, at)) ? `${pair.slice(0, at)}=***` : pair
}

const escapeCharacter = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`

/** What the body weighed; absent for streams, whose length nobody knows beforehand. */
const bytesOut = ({ request, response }: Access): number | undefined => {
  if (response === undefined || request.method === "HEAD" || response.body._tag === "Empty") return 0
  return response.body._tag === "Stream" ? undefined : response.body.contentLength
}
