import type { SettingsValues } from "../../settings/Config.js"
import { decodedPath } from "./Address.js"

/** What a response's headers depend on: the site's own address says whether it is on https. */
type Site = Pick<SettingsValues, "siteUrl"> & Partial<Pick<SettingsValues, "hstsSubdomains">>

/** HSTS for a year. The subdomains belong to programs that the site knows nothing of, so they are included on request only. */
const strictTransport = ({ hstsSubdomains = false }: Site): string =>
  `max-age=31536000${hstsSubdomains ? "; includeSubDomains" : ""}`

const isHttps = ({ siteUrl }: Site): boolean => siteUrl.startsWith("https://")

/**
 * Where pictures and recordings may come from: anywhere safe. On a site without https itself, pictures of other sites
 * without https too; on https they would be mixed content, which browsers upgrade or block by themselves.
 */
const elsewhere = (site: Site): string => (isHttps(site) ? "https:" : "https: http:")

const policy = (directives: ReadonlyArray<string>): string => directives.join("; ")

/**
 * Pages load their own stylesheet and images from anywhere safe, run no script, send forms home and are framed by
 * nobody. No `unsafe-inline`. A route that needs more says so in its own response, whose headers win.
 */
const pagePolicy = (site: Site): string =>
  policy([
    "default-src 'none'",
    "style-src 'self'",
    `img-src 'self' ${elsewhere(site)} data:`,
    `media-src 'self' ${elsewhere(site)}`,
    "script-src 'none'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'"
  ])

/** What one page of the owner's may do beyond the others. */
export interface OwnerPolicyOptions {
  /**
   * Where its forms may lead besides the site itself, as CSP source expressions (`https://app.example`, `app.example:`).
   * Chromium holds redirects against `form-action` too: a form whose answer redirects to a client's `redirect_uri`
   * names that client's origin here, or its scheme where it is an app's own.
   */
  readonly formTargets?: ReadonlyArray<string>
  /** The site, for the pictures of a preview on a site without https; where absent, only https pictures are shown. */
  readonly site?: Site
}

/**
 * The policy of the owner's pages: scripts of our own, talking to us alone, and pictures that were just chosen
 * (`blob:`, `data:`). No `unsafe-inline`, no `eval`.
 */
export const ownerPolicy = ({ formTargets = [], site = { siteUrl: "https://" } }: OwnerPolicyOptions = {}): string =>
  policy([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `img-src 'self' ${elsewhere(site)} data: blob:`,
    `media-src 'self' ${elsewhere(site)} blob:`,
    ["form-action 'self'", ...formTargets].join(" "),
    "frame-ancestors 'none'",
    "base-uri 'none'"
  ])

/** Where the owner works and signs in, and where clients act in the owner's name. */
const personal = /^\/(?:admin|auth|dev|indieauth|micropub)(?:\/|$)/

/** What other sites may embed or load: pictures and recordings (feed readers show them on their pages), feeds, the mark. */
const embeddable = /^\/(?:media\/|(?:tag\/[^/]+\/)?feed(?:[./]|$)|opml\.xml$|favicon\.)/

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
 * The headers that a response bears unless its route says otherwise, after OWASP's Secure Headers Project. They follow
 * from the address alone: not from the status or the kind of content, so that a 304 repeats what the page that it
 * confirms has said (a cache takes over the headers of a 304, RFC 9111 §3.2), and a refusal says what the page would.
 *
 * - Everywhere: a content security policy without `unsafe-inline` (framed by nobody; `X-Frame-Options` says so to
 *   browsers that know no policy), `nosniff`, no powerful features. On https also HSTS (one year), and
 *   `Cross-Origin-Opener-Policy`, which browsers take from secure origins only, and complain of elsewhere.
 * - Personal (`/admin`, `/auth`, `/dev`, `/indieauth`, `/micropub`): the owner's policy, kept by no cache and in no
 *   index, and no address of theirs told to other sites. `same-origin` rather than `no-referrer`, under which browsers
 *   would send the owner's own forms with `Origin: null` (Fetch standard, "append a request `Origin` header").
 * - Pictures, recordings, feeds: for embedding anywhere.
 */
export const securityHeaders = (site: Site): ((target: string) => SecurityHeaders) => {
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
    "cache-control": "no-store",
    "x-robots-tag": "noindex"
  })
  return (target) => {
    const path = decodedPath(target)
    if (personal.test(path)) return ofPersonal
    return embeddable.test(path) ? ofEmbeddable : ofPages
  }
}
