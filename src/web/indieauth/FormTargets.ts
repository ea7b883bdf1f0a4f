/** What CSP can say of this computer at any port; of IPv6 addresses it cannot say anything (CSP3 §6.7.2.8). */
const thisComputer = ["http://127.0.0.1:*", "http://localhost:*"]

/**
 * Where the owner may get to from the consent form, for its content security policy. Chromium holds every redirect that
 * follows a form against `form-action`, those of the app's own servers included, and apps do send people on from their
 * `redirect_uri` to other hosts: so all of https is named, and what is not https as narrowly as can be.
 */
export const formTargets = (redirectUri: string): ReadonlyArray<string> => {
  const { hostname, protocol } = new URL(redirectUri)
  if (protocol === "https:") return ["https:"]
  if (protocol !== "http:") return ["https:", protocol]
  return ["https:", ...(hostname === "[::1]" ? ["http:"] : [...new Set([`http://${hostname}:*`, ...thisComputer])])]
}
