import type { SettingsValues } from "../../settings/Config.js"

/** Settings that a policy depends on: whether the site's address uses https. */
type Site = Pick<SettingsValues, "siteUrl">

/** Returns whether browsers use https for the site. */
export const isHttps = ({ siteUrl }: Site): boolean => siteUrl.startsWith("https://")

/**
 * Sources of pictures and recordings of other sites: https. A site without https also allows http; on https that would
 * be mixed content, which browsers upgrade or block.
 */
const elsewhere = (site: Site): string => (isHttps(site) ? "https:" : "https: http:")

const policy = (directives: ReadonlyArray<string>): string => directives.join("; ")

/**
 * The policy of public pages: own stylesheets and fonts, images from any https source, no scripts, forms to the site only, no
 * framing. No `unsafe-inline`. A route that needs more sets the header itself.
 */
export const pagePolicy = (site: Site): string =>
  policy([
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' ${elsewhere(site)} data:`,
    `media-src 'self' ${elsewhere(site)}`,
    "script-src 'none'",
    // Nothing on a page connects; programs that audit pages read `robots.txt` from within them.
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'"
  ])

/**
 * The policy of the page that previews a look in a frame of the owner's pages. It may contain any CSS that the owner types,
 * so it loads nothing from other sites, and has no scripts and no forms, not even at its own address.
 */
export const previewPolicy = policy([
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "sandbox allow-same-origin"
])

/** Additions to the policy of one owner's page. */
export interface OwnerPolicyOptions {
  /** Whether it shows another page of the site in a frame. */
  readonly hasFrame?: boolean
  /**
   * CSP sources to which its forms may lead besides the site itself (`https://app.example`, `app.example:`). Chromium
   * also checks redirects against `form-action`, so a form whose response redirects to a client's `redirect_uri` needs
   * that client's origin, or its scheme if it is an app's own.
   */
  readonly formTargets?: ReadonlyArray<string>
  /** The site, for pictures in previews on a site without https; when absent, only https pictures are shown. */
  readonly site?: Site
}

/**
 * The policy of the owner's pages: own scripts, which connect to the site only, and chosen pictures (`blob:`, `data:`).
 * No `unsafe-inline`, no `eval`.
 */
export const ownerPolicy = ({
  formTargets = [],
  hasFrame = false,
  site = { siteUrl: "https://" }
}: OwnerPolicyOptions = {}): string =>
  policy([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `img-src 'self' ${elsewhere(site)} data: blob:`,
    `media-src 'self' ${elsewhere(site)} blob:`,
    "manifest-src 'self'",
    ...(hasFrame ? ["frame-src 'self'"] : []),
    ["form-action 'self'", ...formTargets].join(" "),
    "frame-ancestors 'none'",
    "base-uri 'none'"
  ])
