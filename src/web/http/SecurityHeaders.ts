import type { SettingsValues } from "../../Config.js"

/**
 * Pages load their own stylesheet and images from anywhere safe, run no script, send forms home and are framed by
 * nobody. No `unsafe-inline`. A route that needs more says so in its own response, whose headers win.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' https: data:",
  "media-src 'self' https:",
  "script-src 'none'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'"
].join("; ")

/** The headers of every response, after OWASP's Secure Headers Project; HSTS (one year) only where the site is on https. */
export const securityHeaders = ({ siteUrl }: Pick<SettingsValues, "siteUrl">): Readonly<Record<string, string>> => ({
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  ...(siteUrl.startsWith("https://") ? { "strict-transport-security": "max-age=31536000" } : {})
})
