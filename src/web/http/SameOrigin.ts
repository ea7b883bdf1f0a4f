import type { HttpServerRequest } from "@effect/platform"
import { OriginForeign } from "../../errors/failure/Access.js"
import type { RoutePolicy } from "./RoutePolicy.js"

const unsafe: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"])

/** Whether a request could change something in the name of whoever's cookies come with it. */
const isGuarded = (request: HttpServerRequest.HttpServerRequest, policy: Pick<RoutePolicy, "origin">): boolean =>
  unsafe.has(request.method) && policy.origin === "site"

/**
 * What is wrong with where an unsafe request comes from, if anything (cross-site request forgery; after Go's
 * `CrossOriginProtection`):
 *
 * 1. `Sec-Fetch-Site`, which pages cannot write and every browser sends to secure origins, has to be `same-origin`, or
 *    `none` for what the person did without any page. `same-site` is not enough: other hosts of a domain may be others'.
 * 2. Without it (http sites but for localhost, older browsers) `Origin` has to be the configured address; never is it
 *    compared with `Host`, which the sender writes. `Origin: null` is nobody's.
 * 3. Without both no browser of today sent it: programs pass, as they bear no cookies but their own. Behind this stands
 *    the session cookie's `SameSite=Lax`, which browsers that old and older ones leave out of foreign POSTs.
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

/** An origin as browsers write it (RFC 6454 §6.2); anything else is not repeated to anybody. */
const wellFormed = (origin: string): string | undefined =>
  origin.length <= 256 && URL.canParse(origin) && new URL(origin).origin === origin ? origin : undefined
