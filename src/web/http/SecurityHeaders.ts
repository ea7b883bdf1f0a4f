import type { SettingsValues } from "../../settings/Config.js"
import { isHttps, ownerPolicy, pagePolicy } from "../theme/ContentSecurityPolicy.js"
import type { RoutePolicy } from "./RoutePolicy.js"

/** Settings that headers depend on: the site's address says whether it uses https. */
type Site = Pick<SettingsValues, "siteUrl"> & Partial<Pick<SettingsValues, "hstsSubdomains">>

/** HSTS for a year. Subdomains may belong to other programs, so they are included only if a setting says so. */
const strictTransport = ({ hstsSubdomains = false }: Site): string =>
  `max-age=31536000${hstsSubdomains ? "; includeSubDomains" : ""}`

/** Names of headers that restrict the use of a response, in lower case; a 304 repeats those of its route. */
export const securityHeaderNames: ReadonlyArray<string> = [
  "content-security-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "permissions-policy",
  "referrer-policy",
  "x-frame-options",
  "x-robots-tag"
]

/** Security headers of a response, names in lower case. */
export type SecurityHeaders = ReadonlyArray<readonly [name: string, value: string]>

/**
 * Returns the security headers of a response, which its handler may override, based on OWASP's Secure Headers Project.
 * They depend only on the route, not on status or content, so that a 304 repeats those of its page (caches use the
 * headers of a 304, RFC 9111 §3.2), and an error has those of the page.
 *
 * - Everywhere: a content security policy without `unsafe-inline`, no framing (`X-Frame-Options` for old browsers),
 *   `nosniff`, no powerful features. On https also HSTS (one year), and `Cross-Origin-Opener-Policy`, which browsers
 *   accept from secure origins only.
 * - Personal: the owner's policy, no indexing, and no referrer for other sites. `same-origin` rather than
 *   `no-referrer`, because with the latter browsers send the owner's own forms with `Origin: null` (Fetch standard,
 *   "append a request `Origin` header").
 * - Secret: no indexing, and no referrer at all, because the address is the secret.
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
  const ofSecret = Object.entries({
    ...everywhere,
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow"
  })
  const byClass = { page: ofPages, secret: ofSecret, embeddable: ofEmbeddable, personal: ofPersonal }
  return ({ headers }) => byClass[headers]
}
