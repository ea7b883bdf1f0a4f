import { Option } from "effect"
import { paths } from "../../domain/indieauth/Endpoints.js"
import type { ProviderEndpoints } from "../../services/OwnerProvider.js"
import type { Site } from "./Site.js"

/** A discovery link on the owner's page: a relation and an absolute address. */
export interface DiscoveryLink {
  readonly rel: "indieauth-metadata" | "authorization_endpoint" | "token_endpoint" | "micropub"
  readonly href: string
}

/** Known endpoints of the owner's provider. */
export type KnownProvider = Pick<ProviderEndpoints, "authorization" | "token">

/**
 * Links by which clients find the endpoints (IndieAuth §4.1, Micropub §5.3). If the owner's identity is another site,
 * these are that site's endpoints, so that apps find them from this site's address too.
 */
export const discoveryLinks = (
  site: Pick<Site, "url" | "me">,
  { authorization, token }: KnownProvider = {}
): ReadonlyArray<DiscoveryLink> => {
  const micropub: DiscoveryLink = { rel: "micropub", href: `${site.url}/micropub` }
  if (Option.isSome(site.me)) {
    return [
      ...(authorization === undefined ? [] : [{ rel: "authorization_endpoint", href: authorization } as const]),
      ...(token === undefined ? [] : [{ rel: "token_endpoint", href: token } as const]),
      micropub
    ]
  }
  return [
    { rel: "indieauth-metadata", href: `${site.url}${paths.metadata}` },
    { rel: "authorization_endpoint", href: `${site.url}${paths.authorization}` },
    { rel: "token_endpoint", href: `${site.url}${paths.token}` },
    micropub
  ]
}

/** The discovery links as the value of a `Link` header (RFC 8288), which clients read without parsing the page. */
export const discoveryHeader = (site: Pick<Site, "url" | "me">, provider?: KnownProvider): string =>
  discoveryLinks(site, provider)
    .map(({ href, rel }) => `<${href}>; rel="${rel}"`)
    .join(", ")
