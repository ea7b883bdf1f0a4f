/**
 * Returns whether a token or a code may be sent to an address: over https, or over http in development and to hosts
 * that the settings allow.
 */
export const isConfidential = (
  address: string,
  settings: { readonly environment: "development" | "production"; readonly outboundAllow: ReadonlyArray<string> }
): boolean => {
  const { hostname, protocol } = new URL(address)
  if (protocol !== "http:") return protocol === "https:"
  return settings.environment === "development" || settings.outboundAllow.includes(hostname.replace(/^\[|\]$/g, ""))
}
