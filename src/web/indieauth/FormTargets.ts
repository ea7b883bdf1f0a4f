/** CSP sources for loopback hosts with any port; CSP cannot express IPv6 addresses (CSP3 §6.7.2.8). */
const thisComputer = ["http://127.0.0.1:*", "http://localhost:*"]

/**
 * The `form-action` sources of the consent form. Chromium checks every redirect after a form against them, including
 * redirects by the app's servers to further hosts. So all https addresses are allowed, and other schemes only for the
 * app.
 */
export const formTargets = (redirectUri: string): ReadonlyArray<string> => {
  const { hostname, protocol } = new URL(redirectUri)
  if (protocol === "https:") return ["https:"]
  if (protocol !== "http:") return ["https:", protocol]
  return ["https:", ...(hostname === "[::1]" ? ["http:"] : [...new Set([`http://${hostname}:*`, ...thisComputer])])]
}
