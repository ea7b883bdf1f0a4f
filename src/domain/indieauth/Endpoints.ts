/** Paths of the IndieAuth server. */
export const paths = {
  metadata: "/.well-known/oauth-authorization-server",
  authorization: "/indieauth/authorize",
  consent: "/indieauth/consent",
  token: "/indieauth/token",
  introspection: "/indieauth/introspect",
  revocation: "/indieauth/revoke",
  userinfo: "/indieauth/userinfo"
} as const

/**
 * The issuer, for `iss` (RFC 9207) and the metadata: the home page's address, which is a prefix of the metadata's
 * (IndieAuth §4.1.1).
 */
export const issuer = (site: { readonly siteUrl: string }): string => `${site.siteUrl}/`
