import type { SettingsValues } from "../../settings/Config.js"

/** What a policy depends on: the site's own address says whether it is on https. */
type Site = Pick<SettingsValues, "siteUrl">

/** Whether browsers speak to the site over TLS. */
export const isHttps = ({ siteUrl }: Site): boolean => siteUrl.startsWith("https://")

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
export const pagePolicy = (site: Site): string =>
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
