import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { isLoopbackHost } from "../../domain/indieauth/Loopback.js"
import type { SettingsValues } from "../../settings/Config.js"
import type { RoutePolicy } from "./RoutePolicy.js"

/**
 * Redirects readers of a former address of the site (`STARPUNK_FORMER_URLS`) to the same path under the current one.
 * Requests that write are handled, because clients do not follow redirects with a body. Loopback addresses are
 * excluded, because a proxy that sends its own name as `Host` would cause a redirect loop; so are probes, which ask a
 * machine, not a site.
 */
export const fromFormerAddress = ({ formerUrls, siteUrl }: Pick<SettingsValues, "formerUrls" | "siteUrl">) => {
  const former = new Set(
    formerUrls
      .map((origin) => new URL(origin))
      .filter(({ host, hostname }) => !isLoopbackHost(hostname) && host !== new URL(siteUrl).host)
      .map(({ host }) => host)
  )
  return (
    request: Pick<HttpServerRequest.HttpServerRequest, "headers" | "method" | "url">,
    { caller }: Pick<RoutePolicy, "caller">
  ): HttpServerResponse.HttpServerResponse | undefined => {
    if (former.size === 0 || (request.method !== "GET" && request.method !== "HEAD")) return undefined
    const host = request.headers.host?.toLowerCase().replace(/:(?:80|443)$/, "")
    if (host === undefined || !former.has(host) || caller === "probe") return undefined
    return HttpServerResponse.redirect(`${siteUrl}${request.url}`, {
      status: 301,
      headers: { "cache-control": "public, max-age=3600" }
    })
  }
}
