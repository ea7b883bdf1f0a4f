import type { SettingsValues } from "../../settings/Config.js"
import { isHttps, ownerPolicy, pagePolicy } from "../theme/ContentSecurityPolicy.js"
import type { RoutePolicy } from "./RoutePolicy.js"

/** What a response's headers depend on: the site's own address says whether it is on https. */
type Site = Pick<SettingsValues, "siteUrl"> & Partial<Pick<SettingsValues, "hstsSubdomains">>

/** HSTS for a year. The subdomains belong to programs that the site knows nothing of, so they are included on request only. */
const strictTransport = ({ hstsSubdomains = false }: Site): string =>
  `max-age=31536000${hstsSubdomains ? "; includeSubDomains" : ""}`

/** The headers by which a response says what may be done with it, names in lower case; a 304 repeats a route's own. */
export const securityHeaderNames: ReadonlyArray<string> = [
  "content-security-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "permissions-policy",
  "referrer-policy",
  "x-frame-options",
  "x-robots-tag"
]

/** A response's security headers, names in lower case. */
export type SecurityHeaders = ReadonlyArray<readonly [name: string, value: string]>

/**
 * The headers that a response bears unless its handler says otherwise, after OWASP's Secure Headers Project. They follow
 * from the route alone: not from the status or the kind of content, so that a 304 repeats what the page that it
 * confirms has said (a cache takes over the headers of a 304, RFC 9111 §3.2), and a refusal says what the page would.
 *
 * - Everywhere: a content security policy without `unsafe-inline` (framed by nobody; `X-Frame-Options` says so to
 *   browsers that know no policy), `nosniff`, no powerful features. On https also HSTS (one year), and
 *   `Cross-Origin-Opener-Policy`, which browsers take from secure origins only, and complain of elsewhere.
 * - Personal: the owner's policy, kept in no index, and no address of theirs told to other sites. `same-origin` rather than `no-referrer`, under which browsers
 *   would send the owner's own forms with `Origin: null` (Fetch standard, "append a request `Origin` header").
 * - Embeddable: for other sites' pages.
 */
export const securityHeaders = (site: Site): ((policy: Pick<RoutePolicy, "headers">) => SecurityHeaders) => {
  const everywhere: Readonly<Record<string, string>> = {
    "content-security-policy": pagePolicy(site),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    ...(isHttps(site)
      ? { "cross-origin-opener-policy": "same-origin", "strict-transport-security": strictTransport(site) }
      : {})
  }
  const ofPages = Object.entries(everywhere)
  const ofEmbeddable = Object.entries({ ...everywhere, "cross-origin-resource-policy": "cross-origin" })
  const ofPersonal = Object.entries({
    ...everywhere,
    "content-security-policy": ownerPolicy({ site }),
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex"
  })
  const byClass = { page: ofPages, embeddable: ofEmbeddable, personal: ofPersonal }
  return ({ headers }) => byClass[headers]
}
