import type { HttpServerRequest } from "@effect/platform"
import { OriginForeign } from "../../errors/Access.js"
import type { RoutePolicy } from "./RoutePolicy.js"

const unsafe: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"])

/** Returns whether a request could change something by the authority of its cookies. */
const isGuarded = (request: HttpServerRequest.HttpServerRequest, policy: Pick<RoutePolicy, "origin">): boolean =>
  unsafe.has(request.method) && policy.origin === "site"

/**
 * Returns the failure of an unsafe request from a foreign origin (cross-site request forgery; after Go's
 * `CrossOriginProtection`):
 *
 * 1. `Sec-Fetch-Site`, which pages cannot set and every browser sends to secure origins, has to be `same-origin`, or
 *    `none` for actions without a page. `same-site` is not enough, because other hosts of a domain may belong to
 *    others.
 * 2. Without it (http sites except localhost, older browsers) `Origin` has to be the configured address. It is never
 *    compared with `Host`, which the sender controls. `Origin: null` is refused.
 * 3. Without both, the request is not from a current browser. Programs pass, because they have no cookies but their
 *    own. In addition the session cookie has `SameSite=Lax`, which old browsers respect in POSTs of other sites.
 */
export const originFault = (
  siteUrl: string
): ((
  request: HttpServerRequest.HttpServerRequest,
  policy: Pick<RoutePolicy, "origin">
) => OriginForeign | undefined) => {
  const expected = new URL(siteUrl).origin
  return (request, policy) => {
    if (!isGuarded(request, policy)) return undefined
    const { origin, "sec-fetch-site": site } = request.headers
    if (site === "same-origin" || site === "none") return undefined
    if (site === undefined && (origin === undefined || origin === expected)) return undefined
    const given = origin === undefined ? undefined : wellFormed(origin)
    return new OriginForeign({ reason: reasonOf(site, origin), expected, ...(given === undefined ? {} : { given }) })
  }
}

const reasonOf = (site: string | undefined, origin: string | undefined): OriginForeign["reason"] => {
  if (site === "same-site") return "same_site"
  if (origin === "null") return "opaque"
  return site === undefined ? "other_origin" : "cross_site"
}

/** A valid origin in the form of browsers (RFC 6454 §6.2); `undefined` for other texts, which are not echoed. */
const wellFormed = (origin: string): string | undefined =>
  origin.length <= 256 && URL.canParse(origin) && new URL(origin).origin === origin ? origin : undefined
