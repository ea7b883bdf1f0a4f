import { Headers } from "@effect/platform"
import { memoized } from "../../domain/Memo.js"
import { RequestId } from "../../domain/RequestId.js"
import type { Failure } from "../../errors/Failure.js"
import type { StoredSettings } from "../../services/SiteSettings.js"
import type { SettingsValues } from "../../settings/Config.js"
import { type Site, siteOf } from "../theme/Site.js"
import { errorResponse, wantsPage } from "./ErrorResponse.js"
import { publicPage } from "./RoutePolicy.js"
import { securityHeaders } from "./SecurityHeaders.js"

/** The request id in the prepared text, which the real one replaces. */
const placeholder = RequestId.make(`${"0".repeat(31)}1`)

/** A response that lacks only its request id. */
export interface PreparedError {
  readonly status: number
  readonly code: string
  /** Name, value, name, value; without the request id and the length. */
  readonly rawHeaders: ReadonlyArray<string>
  readonly body: (id: RequestId) => Uint8Array
}

const encoder = new TextEncoder()

/** Puts an id between the pieces of a text. The pieces are encoded once, not for each response. */
const between = (pieces: ReadonlyArray<Uint8Array>): ((id: RequestId) => Uint8Array) => {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return (id) => {
    const inserted = encoder.encode(id)
    const bytes = new Uint8Array(length + inserted.length * (pieces.length - 1))
    let at = 0
    for (const [place, piece] of pieces.entries()) {
      if (place > 0) {
        bytes.set(inserted, at)
        at += inserted.length
      }
      bytes.set(piece, at)
      at += piece.length
    }
    return bytes
  }
}

const prepare = (settings: SettingsValues, site: Site, failure: Failure, accept: string): PreparedError => {
  const request = { method: "GET", originalUrl: "/", headers: Headers.fromInput({ accept }) } as const
  const response = errorResponse(site)(failure, request, placeholder, publicPage)
  const body = response.body._tag === "Uint8Array" ? new TextDecoder().decode(response.body.body) : ""
  const { "content-length": _, ...headers } = response.headers
  const all = { ...headers, ...Object.fromEntries(securityHeaders(settings)(publicPage)) }
  const contentType = response.body.contentType ?? "text/plain"
  return {
    status: response.status,
    code: failure.info.code,
    rawHeaders: Object.entries({ ...all, "content-type": contentType }).flat(),
    body: between(body.split(placeholder).map((piece) => encoder.encode(piece)))
  }
}

/**
 * The response of a failure for a public page, as the pipeline would make it. It is rendered on first use, once for
 * browsers and once for programs, and again when the site's settings have changed. Returns the response that fits an
 * `Accept` header.
 */
export const preparedError = (
  settings: SettingsValues,
  failure: Failure,
  stored: () => StoredSettings
): ((accept: string) => PreparedError) => {
  const siteNow = siteOf(settings)
  const of = (accept: string) => {
    let ready: { readonly site: Site; readonly error: PreparedError } | undefined
    return (site: Site): PreparedError => {
      if (ready?.site !== site) ready = { site, error: prepare(settings, site, failure, accept) }
      return ready.error
    }
  }
  const page = of("text/html")
  const problem = of("application/problem+json")
  const fits = memoized((accept) => wantsPage({ headers: Headers.fromInput(accept === "" ? {} : { accept }) }))
  return (accept) => (fits(accept) ? page : problem)(siteNow(stored()))
}
