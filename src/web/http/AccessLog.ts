import type { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { setupPath } from "../../domain/login/SetupLink.js"
import { draftPath } from "../../domain/posts/DraftPath.js"
import { decodedPath } from "./Address.js"

/** A finished request. */
export interface Access {
  readonly request: HttpServerRequest.HttpServerRequest
  /** Absent if the client disconnected before there was one. */
  readonly response: HttpServerResponse.HttpServerResponse | undefined
  /** Template of the matched route, such as `/notes/:slug`. */
  readonly route: string | undefined
  /** Code of the failure in the response. */
  readonly errorCode: string | undefined
  /** Client address, as the trusted proxies report it. */
  readonly client: string
  /** From the request's arrival until the last byte was passed to the connection, in nanoseconds. */
  readonly durationNanos: bigint
  /** Whether the client disconnected before it had the response. */
  readonly aborted: boolean
}

/** Fields of the `http.access` line of a request. Values that may be secrets are masked. */
export const accessFields = (access: Access): Readonly<Record<string, unknown>> =>
  accessLine({
    method: access.request.method,
    route: access.route,
    path: loggablePath(access.request.originalUrl),
    status: access.response?.status ?? 499,
    durationNanos: access.durationNanos,
    bytesOut: bytesOut(access),
    client: access.client,
    userAgent: access.request.headers["user-agent"],
    errorCode: access.errorCode,
    aborted: access.aborted
  })

/** Values with which the access line begins, in its order. */
export interface AccessBeginning {
  readonly method: string | undefined
  readonly route: string | undefined
  /** As `loggablePath` shows it. */
  readonly path: string
  readonly status: number
}

/** The other values of the access line, in its order. */
export interface AccessEnd {
  readonly durationNanos: bigint
  /** Absent if it is not known in advance. */
  readonly bytesOut: number | undefined
  readonly client: string
  readonly userAgent: string | undefined
  readonly errorCode: string | undefined
  readonly aborted: boolean
}

/** The first fields of the line. */
export const accessBeginning = (values: AccessBeginning): Readonly<Record<string, unknown>> => ({
  method: values.method,
  route: values.route,
  path: values.path,
  status: values.status
})

/** The other fields of the line. */
export const accessEnd = (values: AccessEnd): Readonly<Record<string, unknown>> => ({
  duration_ms: Number(values.durationNanos / 1000n) / 1000,
  bytes_out: values.bytesOut,
  client_address: values.client,
  user_agent: values.userAgent?.slice(0, 256),
  error_code: values.errorCode,
  aborted: values.aborted
})

/** The fields of the line. */
export const accessLine = (values: AccessBeginning & AccessEnd): Readonly<Record<string, unknown>> => ({
  ...accessBeginning(values),
  ...accessEnd(values)
})

const longest = 512
const plain = /^[\x21-\x3e\x40-\x7e]*$/
const secretName = /code|token|secret|state|verifier|password|key|signature|nonce|session/i

/** Paths whose rest is a secret. */
const secretPaths = [setupPath, draftPath]

/** A request target for the log: setup keys, secrets of links to drafts and secrets in the query are masked; printable ASCII only; cut if long. */
export const loggablePath = (target: string): string => {
  const path = decodedPath(target)
  const secret = secretPaths.find((prefix) => path.startsWith(prefix))
  if (secret !== undefined) return `${secret}***`
  if (target.length <= longest && plain.test(target)) return target
  const [shown = "", query] = split(target.slice(0, 8 * longest))
  const masked = query === undefined ? shown : `${shown}?${query.split("&").map(maskPair).join("&")}`
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

/** Size of the body in bytes; `undefined` for streams, whose length is unknown. */
const bytesOut = ({ request, response }: Access): number | undefined => {
  if (response === undefined || request.method === "HEAD" || response.body._tag === "Empty") return 0
  return response.body._tag === "Stream" ? undefined : response.body.contentLength
}
