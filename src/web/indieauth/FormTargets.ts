/** CSP sources for loopback hosts with any port; CSP cannot express IPv6 addresses (CSP3 §6.7.2.8). */
const thisComputer = ["http://127.0.0.1:*", "http://localhost:*"]

/**
 * The `form-action` sources of the consent form. Chromium checks every redirect after a form against them, those of the
 * app's own servers included, and apps redirect to further hosts: so all of https is allowed, and everything else as
 * narrowly as possible.
 */
export const formTargets = (redirectUri: string): ReadonlyArray<string> => {
  const { hostname, protocol } = new URL(redirectUri)
  if (protocol === "https:") return ["https:"]
  if (protocol !== "http:") return ["https:", protocol]
  return ["https:", ...(hostname === "[::1]" ? ["http:"] : [...new Set([`http://${hostname}:*`, ...thisComputer])])]
}
